import { idFromBytes, type IdKind } from '../shared/domain/ids.ts'
import { fold, type Subject, type Subjects } from '../shared/domain/fold.ts'
import { refuse, type Decision } from '../shared/domain/refusal.ts'
import type { UnlinkedEvent } from '../shared/domain/events.ts'
import { canonicalJson } from '../shared/ledger/canonical.ts'
import { sha256OfText, toHex } from '../shared/ledger/hash.ts'
import { linkEvents } from '../shared/ledger/link.ts'
import type { Opening } from '../shared/ledger/seal.ts'
import { append, loadFirstAnswer, loadSubjects, type FirstAnswer } from './adapters/ledger.ts'
import { pauseBeforeRetry } from './adapters/pause.ts'

/**
 * How a change is made, exactly once, however often it is sent and whoever else writes at the same time.
 *
 * The id of what a command makes (its home) is a hash of organisation, route and Idempotency-Key. The first event's
 * item carries the hash of the request and the answer, and its put is conditional on not being there. So a resend,
 * months later or at the same instant, meets that item and gets the first answer; nothing has to remember keys, and
 * nothing can expire. Refusals are not remembered: they changed nothing, so the same key may be tried again.
 */
export interface Command {
  readonly home: string
  readonly request: unknown
  /** Batches that the decision rests on. */
  readonly needs: readonly string[]
  readonly decide: (subjects: Subjects) => Decision<UnlinkedEvent[]>
  /** The answer's body, from all that the command touched. */
  readonly answer: (after: Subjects, events: readonly UnlinkedEvent[]) => unknown
  readonly openings?: Readonly<Record<string, Opening>>
}

export interface Executed {
  /** JSON text, the same on every resend. */
  readonly answer: string
  readonly replayed: boolean
}

/** Long enough for hundreds of writers to get their turn on one batch, shorter than any caller waits. */
const DEADLINE_MS = 8_000

export async function execute(command: Command): Promise<Decision<Executed>> {
  const requestHash = toHex(await sha256OfText(canonicalJson(command.request)))
  const deadline = Date.now() + DEADLINE_MS
  for (let attempt = 0; Date.now() < deadline; attempt++) {
    const before = command.needs.length > 0 ? await loadSubjects(command.needs) : new Map<string, Subject>()
    const decided = command.decide(before)
    if (!decided.ok) {
      // An earlier sending of this very command may be why it is refused now: then its answer stands.
      const first = command.needs.length > 0 ? await loadFirstAnswer(command.home) : undefined
      return first ? replay(first, requestHash) : decided
    }
    const events = await linkEvents(decided.value, before)
    const after = fold(before, events)
    const answer = JSON.stringify(command.answer(after, decided.value))
    const beside = { requestHash, answer, ...(command.openings && { openings: command.openings }) }
    const outcome = await append({ events, before, after, beside })
    if (outcome.result === 'stored') return { ok: true, value: { answer, replayed: false } }
    if (outcome.result === 'exists') return replay(outcome.first, requestHash)
    await pauseBeforeRetry(attempt)
  }
  return refuse(
    'busy',
    'Others kept changing the same batches. Nothing was changed; send the same request again.',
  )
}

function replay(first: FirstAnswer, requestHash: string): Decision<Executed> {
  if (first.requestHash === requestHash) return { ok: true, value: { answer: first.answer, replayed: true } }
  const detail =
    'This Idempotency-Key was used for a request with another body. Use a new UUID for a new request.'
  return refuse('idempotency-key-reused', detail)
}

/** The id that a command's home has, now and on every resend. */
export async function homeId(
  kind: IdKind,
  org: string,
  routeName: string,
  idempotencyKey: string,
): Promise<string> {
  return derivedId(kind, `${org} ${routeName} ${idempotencyKey}`)
}

/** The id of the nth thing that a run makes. */
export async function outputId(run: string, index: number): Promise<string> {
  return derivedId('batch', `${run} ${index}`)
}

async function derivedId(kind: IdKind, seed: string): Promise<string> {
  return idFromBytes(kind, await sha256OfText(seed))
}
