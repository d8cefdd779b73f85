import { CLOCK_TOLERANCE_MS } from '../kept/entries.ts'

/**
 * How far the server's clock is ahead of the phone's, as far as is known. Phones on boats may be days off, and a token
 * or an entry of the wrong day would be refused, or worse, believed.
 */
let aheadMs = 0

export const serverAheadMs = (): number => aheadMs

/** Milliseconds since 1970 by the server's clock, or by the phone's where they agree. */
export const serverNowMs = (): number => Date.now() + aheadMs

const PATIENCE_MS = 15_000

/** Asks the server for the time, which also tells whether it can be reached. False where it cannot. */
export async function askTime(): Promise<boolean> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS)
  try {
    const { ok, headers } = await fetch('/healthz', { cache: 'no-store', signal: stop.signal })
    const told = Date.parse(headers.get('date') ?? '')
    // Half a second: the header has whole seconds.
    if (ok && !Number.isNaN(told)) aheadMs = roughly(told + 500 - Date.now())
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** Small differences are the network's. */
const roughly = (ms: number): number => (Math.abs(ms) <= CLOCK_TOLERANCE_MS ? 0 : ms)
