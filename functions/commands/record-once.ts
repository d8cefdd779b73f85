import { refuse, type Decision, type Refused } from '../../shared/domain/refusal.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import { sha256OfText, toHex } from '../../shared/ledger/hash.ts'
import { loadFirstAnswer, putOnce, type Put } from '../adapters/ledger.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'
import { DEADLINE_MS, replay, type Executed } from './command.ts'

/** What a change of records puts, each item new or on condition of its revision, and what it answers. */
export interface RecordChange {
  readonly puts: readonly Put[]
  /** Kept for resends: never a secret. */
  readonly answer: unknown
}

/**
 * Changes records of who may do what, exactly once. As {@link execute} does for events: a resend gets the first answer,
 * another request with the same key is refused, and where somebody else changed the same meanwhile it is decided anew.
 */
export async function recordOnce(
  once: { readonly commandHash: string },
  request: unknown,
  decide: () => Promise<Decision<RecordChange>>,
): Promise<Decision<Executed>> {
  const requestHash = toHex(await sha256OfText(canonicalJson(request)))
  const deadline = Date.now() + DEADLINE_MS
  const answered = async (refused: Refused): Promise<Decision<Executed>> => {
    const first = await loadFirstAnswer(once)
    return first ? replay(first, requestHash) : refused
  }
  for (let attempt = 0; Date.now() < deadline; attempt++) {
    const decided = await decide()
    if (!decided.ok) return answered(decided)
    const answer = JSON.stringify(decided.value.answer)
    const outcome = await putOnce(once.commandHash, { requestHash, answer }, decided.value.puts)
    if (outcome.result === 'stored') return { ok: true, value: { answer, replayed: false } }
    if (outcome.result === 'exists') return replay(outcome.first, requestHash)
    await pauseBeforeRetry(attempt, deadline - Date.now())
  }
  return refuse('busy', 'Others kept changing the same. Nothing was changed; send the same request again.')
}
