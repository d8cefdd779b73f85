/** Waiting between tries: full jitter, so that racing writers do not meet again (AWS Builders' Library, "Timeouts, retries and backoff with jitter"). */
const FIRST_MS = 8
const LONGEST_MS = 1_000

/**
 * The longest that the nth pause lasts, n counted from 0. It doubles until it is long enough for a crowd to write one
 * after the other: of sixty that wait at most a quarter of a second, most would meet again at every try.
 */
export const longestPauseMs = (attempt: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt)

/** Waits a random time up to {@link longestPauseMs}, but no longer than what is left of the caller's time. */
export async function pauseBeforeRetry(attempt: number, leftMs = Infinity): Promise<void> {
  const pauseMs = Math.random() * Math.min(longestPauseMs(attempt), Math.max(0, leftMs))
  await new Promise((resolve) => setTimeout(resolve, pauseMs))
}
