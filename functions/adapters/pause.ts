/** Waiting between tries: full jitter, so that racing writers do not meet again (AWS Builders' Library, "Timeouts, retries and backoff with jitter"). */
const FIRST_MS = 8
const LONGEST_MS = 250

/** Waits a random time up to `8 ms × 2^attempt`, at most 250 ms. `attempt` counts from 0. */
export async function pauseBeforeRetry(attempt: number): Promise<void> {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt)
  await new Promise((resolve) => setTimeout(resolve, Math.random() * ceiling))
}
