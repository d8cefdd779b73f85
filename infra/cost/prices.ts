import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** Published prices, all in one file, each with where and when it was read and whether that was AWS's own page. */

export const PRICE_IDS = [
  'writeUnits',
  'readUnits',
  'tableGbMonths',
  'recoveryGbMonths',
  'httpApiRequests',
  'lambdaRequests',
  'lambdaGbSeconds',
  'cdnRequests',
  'cdnGb',
  'cdnToOriginGb',
  'firewallRequests',
  'firewalls',
  'firewallRules',
  'logGb',
  'logGbMonths',
  'alarms',
  'dashboards',
  'metrics',
  'kmsKeys',
  'kmsSignatures',
  'objectPuts',
  'objectGbMonths',
  'signedInUsers',
] as const
export type PriceId = (typeof PRICE_IDS)[number]

const price = z.strictObject({
  id: z.enum(PRICE_IDS),
  what: z.string(),
  /** So many of it cost what a tier says. */
  per: z.number().positive(),
  /** By how much there is of it in a month; the last has no end. */
  tiers: z.array(z.strictObject({ upTo: z.number().positive().optional(), usd: z.number() })).min(1),
  source: z.string(),
  seen: z.iso.date(),
  /** Whether AWS's own page or paper says so. What does not is marked wherever it is printed. */
  confirmed: z.boolean(),
  note: z.string().optional(),
})
export type Price = z.infer<typeof price>

const file = z.strictObject({ region: z.string(), currency: z.literal('USD'), prices: z.array(price) })

export interface Prices {
  readonly region: string
  readonly of: (id: PriceId) => Price
  readonly all: readonly Price[]
}

export const PRICES_FILE = new URL('prices.json', import.meta.url)

export function pricesIn(text: string): Prices {
  const { region, prices } = file.parse(JSON.parse(text))
  const known = new Map(prices.map((one) => [one.id, one]))
  if (known.size !== prices.length) throw new Error('a price is listed twice')
  return {
    region,
    all: prices,
    of: (id) => {
      const found = known.get(id)
      if (!found) throw new Error(`there is no price for ${id}`)
      return found
    },
  }
}

export const readPrices = (): Prices => pricesIn(readFileSync(PRICES_FILE, 'utf8'))

/** What so many cost in a month, tier by tier, in US dollars. Nothing that is free of charge is taken off. */
export function usdFor({ per, tiers }: Pick<Price, 'per' | 'tiers'>, quantity: number): number {
  let [usd, from] = [0, 0]
  for (const { upTo = Infinity, usd: each } of tiers) {
    const inTier = Math.max(0, Math.min(quantity, upTo) - from)
    usd += (inTier / per) * each
    from = upTo
  }
  return usd
}
