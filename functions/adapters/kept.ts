/** What was read, kept in the memory of this process for some time, so that it is not read for every request. */
export interface Keeper<T> {
  /** The value known under an id, else what is read now. What is not there is not remembered. */
  readonly get: (id: string, read: () => Promise<T | undefined>) => Promise<T | undefined>
  readonly forget: (id: string) => void
}

/**
 * What vouches for a caller, and what they may, is kept this long. Reading it anew for every request would add a third to
 * what a pickup takes, and two thirds with whether the organisation is suspended.
 */
export const VOUCHED_MS = 1_000

/** Beyond so many, the oldest are dropped: who guesses keys must not fill our memory. */
const MOST = 10_000

/**
 * So that what was changed counts, here at once and everywhere once this resolves: what other processes keep of it was
 * read before and is over then. Whoever is told that something was revoked can rely on it. Only on Lambda are there
 * others; `keptMs` is how long they keep it.
 */
export async function forgetEverywhere<T>(
  kept: Keeper<T>,
  id: string,
  keptMs: number = VOUCHED_MS,
): Promise<void> {
  kept.forget(id)
  if (process.env['AWS_LAMBDA_FUNCTION_NAME'] === undefined) return
  await new Promise((resolve) => setTimeout(resolve, keptMs))
  kept.forget(id)
}

export function keeper<T>(keptMs: number): Keeper<T> {
  const known = new Map<string, { readonly until: number; readonly value: T }>()
  return {
    get: async (id, read) => {
      const now = Date.now()
      const found = known.get(id)
      if (found && found.until > now) return found.value
      const value = await read()
      known.delete(id)
      if (value === undefined) return undefined
      known.set(id, { until: now + keptMs, value })
      const [oldest] = known.keys()
      if (known.size > MOST && oldest !== undefined) known.delete(oldest)
      return value
    },
    forget: (id) => void known.delete(id),
  }
}
