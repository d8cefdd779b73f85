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

/** What was tried and how it ended, so that one sees that something was tested; told when much is played. */
export interface Tally {
  readonly count: (outcome: string) => void
  /** How often each outcome that ends so came about. */
  readonly endingIn: (end: string) => ReadonlyMap<string, number>
  readonly tell: () => void
}

export function newTally(): Tally {
  const counts = new Map<string, number>()
  return {
    count: (outcome) => void counts.set(outcome, (counts.get(outcome) ?? 0) + 1),
    endingIn: (end) => new Map([...counts].filter(([outcome]) => outcome.endsWith(end))),
    tell: () => {
      const lines = [...counts].map(([outcome, times]) => `${outcome}: ${times}`)
      if (runs !== undefined) console.log(lines.toSorted((a, b) => (a < b ? -1 : 1)).join('\n'))
    },
  }
}
