import { refuse, type Decision, type Refused } from '../../shared/domain/refusal.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import { sha256OfText, toHex } from '../../shared/ledger/hash.ts'
import { loadFirstAnswer, MOST_ITEMS, type FirstAnswer, type Once, type Outcome } from '../adapters/ledger.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'

export interface Executed {
  /** JSON text, the same on every resend. */
  readonly answer: string
  readonly replayed: boolean
}

/** A try that was decided: what it would answer, and the one transaction that makes it so. */
export interface Try {
  readonly answer: string
  readonly write: () => Promise<Outcome>
}

interface Sent {
  readonly once: Once
  readonly request: unknown
  /** What others may be changing too, as the refusal names it. */
  readonly what: string
}

/** Long enough for hundreds of writers to get their turn on one batch, shorter than any caller waits. */
const DEADLINE_MS = 8_000

/**
 * Tries until a change is made, once and no more: a resend gets the first answer, another request with the same key is
 * refused, and where somebody else changed the same meanwhile it is decided anew.
 */
export async function exactlyOnce(
  { once, request, what }: Sent,
  attempt: (requestHash: string, isRetry: boolean) => Promise<Decision<Try>>,
): Promise<Decision<Executed>> {
  const requestHash = toHex(await sha256OfText(canonicalJson(request)))
  const deadline = Date.now() + DEADLINE_MS
  for (let tries = 0; Date.now() < deadline; tries++) {
    const decided = await attempt(requestHash, tries > 0)
    if (!decided.ok) {
      // An earlier sending of this very command may be why it is refused now, or have been before: its answer stands.
      const first = await loadFirstAnswer(once)
      return first ? replay(first, requestHash) : decided
    }
    const { answer, write } = decided.value
    const outcome = await write()
    if (outcome.result === 'stored') return { ok: true, value: { answer, replayed: false } }
    if (outcome.result === 'exists') return replay(outcome.first, requestHash)
    if (outcome.result === 'too-large') return refuseTooMany(outcome.items)
    await pauseBeforeRetry(tries, deadline - Date.now())
  }
  return refuse('busy', `Others kept changing ${what}. Nothing was changed; send the same request again.`)
}

function refuseTooMany(items: number): Refused {
  const detail = `This request would change ${items} things at once, with one for each certificate that its claims rest on; at most ${MOST_ITEMS} are allowed. Charge fewer batches in one call.`
  return refuse('record-too-large', detail)
}

/** A request whose hash was erased with somebody it named is taken for the same: its answer names nobody. */
function replay(first: FirstAnswer, requestHash: string): Decision<Executed> {
  const { requestHash: known = requestHash } = first
  if (known === requestHash) return { ok: true, value: { answer: first.answer, replayed: true } }
  const detail =
    'This Idempotency-Key was used for a request with another body. Use a new UUID for a new request.'
  return refuse('idempotency-key-reused', detail)
}
