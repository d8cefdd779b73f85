import { LAMBDA, LOG_SHAPE, TODAY, times, type Month } from './assumptions.ts'
import type { FixedFile, StageName } from './fixed.ts'
import type { Measured } from './measured.ts'
import { idle, perMillion, rowsOf, type Row } from './month.ts'
import { usdFor, type PriceId, type Prices } from './prices.ts'
import { entriesOf, plus, type Quantities } from './quantities.ts'

/** The cost table as data; `print.ts` lays it out. Pure. */

/** What a bill is put together to be read by: a price to a column. */
export const GROUPS = {
  database: ['writeUnits', 'readUnits', 'tableGbMonths', 'recoveryGbMonths'],
  api: ['httpApiRequests'],
  functions: ['lambdaRequests', 'lambdaGbSeconds'],
  cdn: ['cdnRequests', 'cdnGb', 'cdnToOriginGb'],
  firewall: ['firewallRequests', 'firewalls', 'firewallRules'],
  logs: ['logGb', 'logGbMonths'],
  other: [
    'alarms',
    'dashboards',
    'metrics',
    'kmsKeys',
    'kmsSignatures',
    'objectPuts',
    'objectGbMonths',
    'signedInUsers',
  ],
} as const satisfies Record<string, readonly PriceId[]>
export type Group = keyof typeof GROUPS

export interface Costed extends Row {
  readonly usd: number
  readonly byGroup: Readonly<Record<Group, number>>
}

export interface CostReport {
  readonly stage: StageName
  readonly region: string
  readonly measuredAt: string
  readonly pricesSeen: string
  readonly unconfirmed: readonly PriceId[]
  readonly perMillion: readonly Costed[]
  readonly months: readonly {
    readonly month: Month
    readonly rows: readonly Costed[]
    readonly total: Costed
  }[]
  readonly idle: Costed
  readonly assumptions: { readonly lambda: typeof LAMBDA; readonly log: typeof LOG_SHAPE }
}

export interface Sources {
  readonly prices: Prices
  readonly measured: Measured
  readonly fixed: FixedFile
}

const THOUSAND = 1_000

export function costReport(stage: StageName, { prices, measured, fixed }: Sources): CostReport {
  const here = fixed[stage]
  const front = { hasFirewall: here.firewalls > 0 }
  const months = [TODAY, times(TODAY, THOUSAND)].map((month) => {
    const rows = rowsOf(month, front, measured, here)
    return { month, ...costedTogether(rows, prices) }
  })
  return {
    stage,
    region: prices.region,
    measuredAt: measured.measuredAt,
    pricesSeen: prices.all.map(({ seen }) => seen).sort()[0] ?? '',
    unconfirmed: prices.all.filter(({ confirmed }) => !confirmed).map(({ id }) => id),
    perMillion: perMillion(front, measured).map((row) => costed(row, prices)),
    months,
    idle: costed({ label: 'idle', quantities: idle(here) }, prices),
    assumptions: { lambda: LAMBDA, log: LOG_SHAPE },
  }
}

/** A row by itself, as if nothing else had been used in the month. */
export function costed({ label, quantities }: Row, prices: Prices): Costed {
  return costedBy({ label, quantities }, (id) => usdFor(prices.of(id), quantities[id] ?? 0))
}

/**
 * Rows of one month. The tiers of a price count what all rows use together, so each row bears its share of that: the
 * rows add up to the total.
 */
export function costedTogether(rows: readonly Row[], prices: Prices): { rows: Costed[]; total: Costed } {
  const whole: Quantities = plus(...rows.map(({ quantities }) => quantities))
  const total = costed({ label: 'total', quantities: whole }, prices)
  return {
    total,
    rows: rows.map((row) =>
      costedBy(row, (id) => {
        const all = whole[id] ?? 0
        return all === 0 ? 0 : (usdFor(prices.of(id), all) * (row.quantities[id] ?? 0)) / all
      }),
    ),
  }
}

function costedBy({ label, quantities }: Row, usdOf: (id: PriceId) => number): Costed {
  const group = (ids: readonly PriceId[]): number => ids.reduce((sum, id) => sum + usdOf(id), 0)
  return {
    label,
    quantities,
    usd: entriesOf(quantities).reduce((sum, [id]) => sum + usdOf(id), 0),
    byGroup: {
      database: group(GROUPS.database),
      api: group(GROUPS.api),
      functions: group(GROUPS.functions),
      cdn: group(GROUPS.cdn),
      firewall: group(GROUPS.firewall),
      logs: group(GROUPS.logs),
      other: group(GROUPS.other),
    },
  }
}
