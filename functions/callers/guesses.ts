/**
 * Counts wrong guesses by where they come from, in the memory of this process: so many in a window, then none are looked
 * at until it is over. Codes have 80 bits, so this only keeps guessing from costing us reads.
 */
export interface Guesses {
  /** Seconds until guesses from there are looked at again; undefined while they are. */
  readonly blockedSeconds: (source: string, nowMs: number) => number | undefined
  readonly wrong: (source: string, nowMs: number) => void
}

const MOST_SOURCES = 10_000

export function countGuesses({
  most,
  windowSeconds,
}: {
  readonly most: number
  readonly windowSeconds: number
}): Guesses {
  const known = new Map<string, { readonly since: number; readonly count: number }>()
  const current = (source: string, nowMs: number) => {
    const found = known.get(source)
    return found && nowMs - found.since < windowSeconds * 1000 ? found : { since: nowMs, count: 0 }
  }
  return {
    blockedSeconds: (source, nowMs) => {
      const { since, count } = current(source, nowMs)
      return count < most ? undefined : Math.ceil((since + windowSeconds * 1000 - nowMs) / 1000)
    },
    wrong: (source, nowMs) => {
      const { since, count } = current(source, nowMs)
      known.delete(source)
      known.set(source, { since, count: count + 1 })
      const [oldest] = known.keys()
      if (known.size > MOST_SOURCES && oldest !== undefined) known.delete(oldest)
    },
  }
}
