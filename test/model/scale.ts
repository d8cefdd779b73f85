/**
 * How much is played. By default the same few worlds every time, so that a test that was green stays green; with
 * MODEL_RUNS=20 twenty times as many, other ones each time, or those of MODEL_SEED. A failure prints its seed.
 */
const runs = process.env['MODEL_RUNS']
const seed = process.env['MODEL_SEED']
const SEED = 20_260_820

export const SCALE = Number(runs ?? 1)

export function parametersFor(worlds: number): { readonly numRuns: number; readonly seed?: number } {
  const numRuns = Math.ceil(worlds * SCALE)
  if (seed !== undefined) return { numRuns, seed: Number(seed) }
  return runs === undefined ? { numRuns, seed: SEED } : { numRuns }
}

/** What was tried and how it ended, so that one sees that something was tested. */
export interface Tally {
  readonly count: (what: string, outcome: string) => void
  readonly total: () => number
  /** How often each thing that was tried ended so. */
  readonly with: (outcome: string) => ReadonlyMap<string, number>
  /** Prints it. */
  readonly tell: (of: string) => void
}

export function newTally(): Tally {
  const counts = new Map<string, Map<string, number>>()
  const sum = (times: ReadonlyMap<string, number> = new Map()): number =>
    [...times.values()].reduce((total, count) => total + count, 0)
  const total = (): number => [...counts.values()].reduce((all, times) => all + sum(times), 0)
  return {
    count: (what, outcome) => {
      const times = counts.get(outcome) ?? new Map<string, number>()
      counts.set(outcome, times.set(what, (times.get(what) ?? 0) + 1))
    },
    total,
    with: (outcome) => counts.get(outcome) ?? new Map<string, number>(),
    tell: (of) => {
      const lines = [...counts].map(([outcome, times]) => {
        const each = [...times]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([what, count]) => `${what} ${count}`)
        return `  ${sum(times)} ${outcome}: ${each.join(', ')}`
      })
      console.log([`${of}: ${total()}`, ...lines.toSorted()].join('\n'))
    },
  }
}

/** Of what was tried, what came about less often than it has to, with how often it did. */
export function shortOf(
  floors: Readonly<Record<string, number>>,
  accepted: ReadonlyMap<string, number>,
): string[] {
  return Object.entries(floors)
    .filter(([what, floor]) => (accepted.get(what) ?? 0) < Math.floor(floor * Math.min(1, SCALE)))
    .map(([what, floor]) => `${what} ${accepted.get(what) ?? 0} of ${floor}`)
}
