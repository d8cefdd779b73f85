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

/** Rate and latency of our handler beside the floor, which is the bare client doing the same to the same engine. */
export interface Race {
  readonly floor: Contender
  readonly handler: Contender
  readonly gateway: Contender
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
export async function race(
  title: string,
  { floor, handler, gateway }: Race,
  notes: string[],
): Promise<Section> {
  const rows: Row<Values>[] = []
  for (const plan of PLANS) {
    const [base, own, overHttp] = await interleave([floor, handler, gateway], plan)
    if (!base || !own || !overHttp) throw new Error('a contender has no result')
    const handlerValues = valuesOf(own, plan, base)
    const share = handlerValues.shareOfFloor?.median ?? 0
    rows.push(
      { label: labelOf(base, plan), values: valuesOf(base, plan) },
      {
        label: labelOf(own, plan),
        values: handlerValues,
        target: { text: `≥ ${percent(LEAST_SHARE)} of floor`, met: share >= LEAST_SHARE },
      },
      { label: labelOf(overHttp, plan), values: valuesOf(overHttp, plan, base) },
    )
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
