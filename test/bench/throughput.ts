import {
  interleave,
  quantile,
  spreadOf,
  type Contender,
  type Measured,
  type Plan,
  type Spread,
} from './measure.ts'
import { decimal, percent, section, type Row, type Section } from './report.ts'

/** Ways of doing one thing, beside the floor, mostly the bare client doing the same to the same engine. */
export interface Race {
  readonly title: string
  readonly notes: readonly string[]
  readonly floor: Contender
  /** Held to the target. */
  readonly handlers: readonly Contender[]
  /** Shown without one. */
  readonly gateway?: Contender
  /** The least share of the floor's rate that is to be reached; 60 % unless given. */
  readonly leastShare?: number
  /** Rounds of each, 15 unless given. */
  readonly rounds?: number
}

interface Values {
  readonly inFlight: number
  readonly ratePerSecond: Spread
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of the floor's rate, round by round. */
  readonly shareOfFloor?: Spread
}

/** The least share of the floor's rate that all of our own work may leave. */
const LEAST_SHARE = 0.6

const PLANS: readonly Plan[] = [
  { inFlight: 1, rounds: 15, warmUpRounds: 3, operationsPerRound: 200 },
  { inFlight: 16, rounds: 15, warmUpRounds: 3, operationsPerRound: 400 },
]

const COLUMNS = [
  { heading: 'rate/s', cell: (values: Values) => decimal(values.ratePerSecond.median) },
  { heading: 'lowest–highest', cell: (values: Values) => range(values.ratePerSecond, decimal) },
  { heading: 'p50 ms', cell: (values: Values) => decimal(values.p50Ms, 2) },
  { heading: 'p99 ms', cell: (values: Values) => decimal(values.p99Ms, 2) },
  {
    heading: 'of floor',
    cell: ({ shareOfFloor }: Values) => (shareOfFloor ? percent(shareOfFloor.median) : ''),
  },
  {
    heading: 'lowest–highest',
    cell: ({ shareOfFloor }: Values) => (shareOfFloor ? range(shareOfFloor, percent) : ''),
  },
]

const range = ({ lowest, highest }: Spread, show: (value: number) => string): string =>
  `${show(lowest)}–${show(highest)}`

/** Runs the race with 1 and with 16 requests in flight. */
export async function race({
  title,
  notes,
  floor,
  handlers,
  gateway,
  leastShare = LEAST_SHARE,
  rounds,
}: Race): Promise<Section> {
  const rows: Row<Values>[] = []
  for (const usual of PLANS) {
    const plan = { ...usual, ...(rounds !== undefined && { rounds, warmUpRounds: 1 }) }
    const [base, ...others] = await interleave([floor, ...handlers, ...(gateway ? [gateway] : [])], plan)
    if (!base) throw new Error('the floor has no result')
    rows.push({ label: labelOf(base, plan), values: valuesOf(base, plan) })
    for (const measured of others) {
      const values = valuesOf(measured, plan, base)
      const isHandler = handlers.some(({ name }) => name === measured.name)
      const met = (values.shareOfFloor?.median ?? 0) >= leastShare
      const target = isHandler && { target: { text: `≥ ${percent(leastShare)} of floor`, met } }
      rows.push({ label: labelOf(measured, plan), values, ...target })
    }
  }
  return section({ title, notes, columns: COLUMNS, rows })
}

const labelOf = ({ name }: Measured, { inFlight }: Plan): string => `${inFlight} in flight: ${name}`

function valuesOf({ rates, latencies }: Measured, { inFlight }: Plan, floor?: Measured): Values {
  const shares = floor && rates.map((rate, round) => rate / (floor.rates[round] ?? Number.NaN))
  return {
    inFlight,
    ratePerSecond: spreadOf(rates),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    ...(shares && { shareOfFloor: spreadOf(shares) }),
  }
}
