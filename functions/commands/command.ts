import { idFromBytes, type IDENTITY_ID_KINDS, type IdKind } from '../../shared/domain/ids.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { fold } from '../../shared/domain/state/fold.ts'
import { refuse, type Decision, type Refused } from '../../shared/domain/refusal.ts'
import type { UnlinkedEvent } from '../../shared/domain/events/event.ts'
import { latestIn, type World } from '../../shared/domain/state/world.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import { sha256OfText, toHex } from '../../shared/ledger/hash.ts'
import { linkEvents, type LinkedEvent } from '../../shared/ledger/link.ts'
import type { Opening } from '../../shared/ledger/seal.ts'
import {
  append,
  loadFirstAnswer,
  MOST_ITEMS,
  type FirstAnswer,
  type LoadedWorld,
  type Once,
} from '../adapters/ledger.ts'
import type { People } from '../adapters/items.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'
import type { Tally } from '../adapters/tallies.ts'
import type { Claim } from '../adapters/transaction.ts'

/**
 * How a change is made, exactly once, however often it is sent and whoever else writes at the same time.
 *
 * The id of what a command makes (its home) is a hash of organisation, route and Idempotency-Key. The first event's
 * item carries the hash of the request and the answer, and its put is conditional on not being there. A command on
 * something that exists already puts an item of its own in the same transaction, under the same hash. So a resend,
 * months later or at the same instant, meets that item and gets the first answer; nothing has to remember keys, and
 * nothing can expire. Refusals are not remembered: they changed nothing, so the same key may be tried again. And no
 * refusal that rests on what is stored comes before the first answer: a phone that sends again after months must learn
 * that its pickup is there, even though its site no longer is.
 */
export interface Command<Extra> {
  readonly once: Once
  /** Who may be limited to sites: what is recorded at another is refused. */
  readonly caller: Pick<Caller, 'sites'>
  readonly request: unknown
  /**
   * What the decision rests on, read strongly; again for every try. What a request names and is not there, or not the
   * caller's, is refused here and not before: it may have gone since the first sending, whose answer still stands.
   * A try that is not the first comes after one that was overtaken: it goes by nothing that was looked up before.
   */
  readonly load: (isRetry: boolean) => Promise<Decision<Loaded<Extra>>>
  /** `now` is when it is decided: never before anything that the world knows of, whatever our clock says. */
  readonly decide: (world: World, extra: Extra, now: string) => Decision<UnlinkedEvent[]>
  /** The answer's body, from all that the command touched. */
  readonly answer: (after: World, events: readonly UnlinkedEvent[]) => unknown
  readonly openings?: Readonly<Record<string, Opening>>
  /** Under whom these are found, until they are erased. */
  readonly people?: People
  /** Items that the same transaction puts beside the events. */
  readonly claims?: (extra: Extra, events: readonly UnlinkedEvent[]) => readonly Claim[]
  /** Holds that change otherwise than by the events alone. */
  readonly holds?: (extra: Extra) => ReadonlyMap<string, readonly string[]>
  /** Of a certificate that is withdrawn; see functions/adapters/tallies.ts. */
  readonly tallies?: (extra: Extra) => readonly Tally[]
}

export interface Loaded<Extra> {
  readonly world: LoadedWorld
  readonly extra: Extra
}

export interface Executed {
  /** JSON text, the same on every resend. */
  readonly answer: string
  readonly replayed: boolean
}

/** Long enough for hundreds of writers to get their turn on one batch, shorter than any caller waits. */
export const DEADLINE_MS = 8_000

export async function execute<Extra>(command: Command<Extra>): Promise<Decision<Executed>> {
  const requestHash = toHex(await sha256OfText(canonicalJson(command.request)))
  const deadline = Date.now() + DEADLINE_MS
  /** An earlier sending of this very command may be why it is refused now, or have been before: its answer stands. */
  const answered = async (refused: Refused): Promise<Decision<Executed>> => {
    const first = await loadFirstAnswer(command.once)
    return first ? replay(first, requestHash) : refused
  }
  for (let attempt = 0; Date.now() < deadline; attempt++) {
    const loaded = await command.load(attempt > 0)
    if (!loaded.ok) return answered(loaded)
    const { world, extra } = loaded.value
    const decided = command.decide(world, extra, nowAfter(world))
    if (!decided.ok) return answered(decided)
    const elsewhere = refuseElsewhere(decided.value, command.caller)
    if (elsewhere) return answered(elsewhere)
    const events = await linkEvents(decided.value, world.subjects)
    const tooLarge = refuseTooLarge(events)
    if (tooLarge) return answered(tooLarge)
    const after = fold(world.subjects, events)
    const answer = JSON.stringify(command.answer({ subjects: after, holds: world.holds }, decided.value))
    const { once, openings, people, claims, holds, tallies } = command
    const beside = { requestHash, answer, ...(openings && { openings }), ...(people && { people }) }
    const outcome = await append({
      events,
      before: world,
      after,
      once,
      beside,
      ...(claims && { claims: claims(extra, decided.value) }),
      ...(holds && { holds: holds(extra) }),
      ...(tallies && { tallies: tallies(extra) }),
    })
    if (outcome.result === 'stored') return { ok: true, value: { answer, replayed: false } }
    if (outcome.result === 'exists') return replay(outcome.first, requestHash)
    if (outcome.result === 'too-large') return refuseTooMany(outcome.items)
    await pauseBeforeRetry(attempt, deadline - Date.now())
  }
  return refuse(
    'busy',
    'Others kept changing the same batches. Nothing was changed; send the same request again.',
  )
}

/**
 * Now, read after loading: what others did meanwhile came first, and is not refused for having come earlier. Clocks of
 * several servers differ by milliseconds; where another's was ahead, its time counts.
 */
function nowAfter(world: World): string {
  const [clock, latest] = [new Date().toISOString(), latestIn(world)]
  return latest > clock ? latest : clock
}

/** Whatever the request names or leaves out: where it happened is where the event says it did. */
function refuseElsewhere(
  events: readonly UnlinkedEvent[],
  { sites }: Pick<Caller, 'sites'>,
): Refused | undefined {
  const outside = sites && events.find(({ site }) => !sites.includes(site))
  if (!outside) return undefined
  const detail = `This would be recorded at ${outside.site}; you record at: ${sites.join(', ')}.`
  return refuse('site-not-allowed', detail)
}

/** Well below DynamoDB's 400 KB an item. Only batches blended from hundreds of places come near it, many at a time. */
const MAX_EVENT_BYTES = 300_000

function refuseTooLarge(events: readonly LinkedEvent[]): Refused | undefined {
  const largest = Math.max(...events.map(({ text }) => text.length))
  if (largest <= MAX_EVENT_BYTES) return undefined
  const detail = `The batches of this request come from so many places and months that one record of them would have ${largest} bytes; at most ${MAX_EVENT_BYTES} are allowed. Charge fewer batches in one call.`
  return refuse('record-too-large', detail)
}

function refuseTooMany(items: number): Refused {
  const detail = `This request would change ${items} things at once, with one for each certificate that its claims rest on; at most ${MOST_ITEMS} are allowed. Charge fewer batches in one call.`
  return refuse('record-too-large', detail)
}

/** A request whose hash was erased with somebody it named is taken for the same: its answer names nobody. */
export function replay(first: FirstAnswer, requestHash: string): Decision<Executed> {
  const { requestHash: known = requestHash } = first
  if (known === requestHash) return { ok: true, value: { answer: first.answer, replayed: true } }
  const detail =
    'This Idempotency-Key was used for a request with another body. Use a new UUID for a new request.'
  return refuse('idempotency-key-reused', detail)
}

/** What tells one command from all others: whose it is, what it does, on what, and the caller's key. */
export interface CommandKey {
  readonly org: string
  readonly route: string
  readonly idempotencyKey: string
  /** What it is done to, where that is named in the path. */
  readonly target?: string
}

/** The id that a command's home has, now and on every resend. */
export async function homeId(kind: IdKind, key: CommandKey): Promise<string> {
  return idFromBytes(kind, await hashOf(key))
}

/** The same for a record of who may do what. */
export async function identityId(kind: keyof typeof IDENTITY_ID_KINDS, key: CommandKey): Promise<string> {
  return idFromBytes(kind, await hashOf(key))
}

/** How a command on something that exists is recognised. */
export async function onceOf(key: CommandKey): Promise<{ readonly commandHash: string }> {
  return { commandHash: toHex(await hashOf(key)) }
}

function hashOf({ org, route, idempotencyKey, target }: CommandKey): Promise<Uint8Array> {
  return sha256OfText([org, route, idempotencyKey, ...(target === undefined ? [] : [target])].join(' '))
}

/** The id of the nth thing that the nth closing of a run makes. */
export async function outputId(run: string, closing: number, index: number): Promise<string> {
  return idFromBytes('batch', await sha256OfText(`${run} ${closing} ${index}`))
}
