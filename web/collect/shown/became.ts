import { isRecord } from '../sending/answers.ts'
import type { Entry } from '../kept/entries.ts'
import { formatNumber, formatTime } from './format.ts'
import type { Speech } from '../words/language.ts'

/** What became of an entry: how far its plastic has come, and the products that hold some of it. */
export interface Became {
  /** When the server was asked. */
  readonly askedAt: string
  readonly stage: Stage
  readonly products: readonly Product[]
}

export interface Product {
  readonly id: string
  readonly name: string
  readonly units: number
}

const STAGES = ['collected', 'sorted', 'cleaned', 'pelletized', 'product'] as const
export type Stage = (typeof STAGES)[number]

/** An answer as it is asked for; undefined for anything else. */
export function readBecame(value: unknown, askedAt: string): Became | undefined {
  if (!isRecord(value) || !Array.isArray(value['products'])) return undefined
  const stage = STAGES.find((known) => known === value['stage'])
  const listed: readonly unknown[] = value['products']
  return (
    stage && {
      askedAt,
      stage,
      products: listed.flatMap((product) => {
        if (!isRecord(product)) return []
        const { id, name, units } = product
        return typeof id === 'string' && typeof name === 'string' && typeof units === 'number'
          ? [{ id, name, units }]
          : []
      }),
    }
  )
}

/** Plastic takes weeks to become something: more often than this nobody needs to ask. */
const FRESH_MS = 3_600_000

/** Whether to ask what became of it. */
export const isStale = ({ state, became }: Entry, now: Date): boolean =>
  state.is === 'received' && (!became || now.getTime() - Date.parse(became.askedAt) > FRESH_MS)

/** One sentence for one entry: “Your bottles of 5 August are in 1,204 phone cases.” Undefined before anything is known. */
export function becameText({ became, form, madeAt }: Entry, speech: Speech): string | undefined {
  if (!became || became.stage === 'collected') return undefined
  const { words, language } = speech
  const day = formatTime(madeAt, undefined, language)
  if (became.products.length === 0) return words.becameStage[became.stage]
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  const counted = byName(became.products).map(([name, units]) =>
    words.unitsOf(formatNumber(units, language), name),
  )
  return words.becameProducts(words.collected[form], day, list.format(counted))
}

/** The sum over all entries; a product that holds some of several is counted once. */
export function becameLine(entries: readonly Entry[], { words, language }: Speech): string {
  const products = new Map(
    entries.flatMap(({ became }) => became?.products.map((one) => [one.id, one]) ?? []),
  )
  const units = [...products.values()].reduce((sum, product) => sum + product.units, 0)
  return units === 0 ? '' : words.becameTotal(formatNumber(units, language))
}

function byName(products: readonly Product[]): readonly (readonly [string, number])[] {
  const units = new Map<string, number>()
  for (const { name, units: more } of products) units.set(name, (units.get(name) ?? 0) + more)
  return [...units]
}
