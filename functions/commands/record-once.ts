import { accept, type Decision } from '../../shared/domain/refusal.ts'
import { putOnce, type Put } from '../adapters/ledger.ts'
import { exactlyOnce, type Executed } from './once.ts'

/** What a change of records puts, each item new or on condition of its revision, and what it answers. */
export interface RecordChange {
  readonly puts: readonly Put[]
  /** Kept for resends: never a secret. */
  readonly answer: unknown
}

/** Changes records of who may do what, exactly once, as {@link execute} does for events. */
export async function recordOnce(
  once: { readonly commandHash: string },
  request: unknown,
  decide: () => Promise<Decision<RecordChange>>,
): Promise<Decision<Executed>> {
  return exactlyOnce({ once, request, what: 'the same' }, async (requestHash) => {
    const decided = await decide()
    if (!decided.ok) return decided
    const { puts } = decided.value
    const answer = JSON.stringify(decided.value.answer)
    return accept({ answer, write: () => putOnce(once.commandHash, { requestHash, answer }, puts) })
  })
}
