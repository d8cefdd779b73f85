/** Timing: rounds of prepared operations, interleaved between contenders, and the figures made from them. */
export type Operation = () => Promise<void>

export interface Contender {
  readonly name: string
  /** Makes the operations of one round beforehand, so that making them is not measured. */
  readonly prepare: (count: number) => Operation[]
}

export interface Plan {
  readonly inFlight: number
  readonly rounds: number
  readonly warmUpRounds: number
  readonly operationsPerRound: number
}

export interface Measured {
  readonly name: string
  /** Operations per second of each round. */
  readonly rates: readonly number[]
  /** Milliseconds of every operation of all rounds. */
  readonly latencies: readonly number[]
}

/**
 * Runs all contenders in turn, round by round (A B C A B C …), so that whatever else the machine does meets all of
 * them alike. Warm-up rounds are run the same way and thrown away.
 */
export async function interleave(contenders: readonly Contender[], plan: Plan): Promise<Measured[]> {
  const results = contenders.map(({ name }) => ({ name, rates: [] as number[], latencies: [] as number[] }))
  for (let round = -plan.warmUpRounds; round < plan.rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const { rate, latencies } = await runRound(contender.prepare(plan.operationsPerRound), plan.inFlight)
      if (round < 0) continue
      results[index]?.rates.push(rate)
      results[index]?.latencies.push(...latencies)
    }
  }
  return results
}

/** Runs operations with so many in flight at any time, until none is left. */
async function runRound(
  operations: readonly Operation[],
  inFlight: number,
): Promise<{ rate: number; latencies: number[] }> {
  const latencies: number[] = []
  const left = operations.values()
  const client = async (): Promise<void> => {
    for (const operation of left) {
      const begun = performance.now()
      await operation()
      latencies.push(performance.now() - begun)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: inFlight }, client))
  const seconds = (performance.now() - begun) / 1000
  return { rate: operations.length / seconds, latencies }
}

/** The value below which the given share of all values lies; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: quantile(values, 0.5),
  lowest: Math.min(...values),
  highest: Math.max(...values),
})
