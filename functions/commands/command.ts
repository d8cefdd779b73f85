import { commandText, type CommandKey } from '../../shared/contract/command-key.ts'
import { idFromBytes, type IDENTITY_ID_KINDS, type IdKind } from '../../shared/domain/ids.ts'
import type { GtinHolding } from '../../shared/domain/gs1/holding.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { fold } from '../../shared/domain/state/fold.ts'
import { accept, refuse, type Decision, type Refused } from '../../shared/domain/refusal.ts'
import type { UnlinkedEvent } from '../../shared/domain/events/event.ts'
import { latestIn, type World } from '../../shared/domain/state/world.ts'
import { sha256OfText, toHex } from '../../shared/ledger/hash.ts'
import { linkEvents, type LinkedEvent } from '../../shared/ledger/link.ts'
import type { Opening } from '../../shared/ledger/seal.ts'
import { append, type LoadedWorld, type Once } from '../adapters/ledger.ts'
import type { People } from '../adapters/items.ts'
import type { Tally } from '../adapters/tallies.ts'
import type { Claim } from '../adapters/transaction.ts'
import { noteEvent } from '../http/trace.ts'
import { exactlyOnce, type Executed } from './once.ts'

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
  /** Of the GTIN that a batch may be given; see functions/adapters/transaction.ts. */
  readonly holding?: (extra: Extra) => GtinHolding | undefined
}

export interface Loaded<Extra> {
  readonly world: LoadedWorld
  readonly extra: Extra
}

export async function execute<Extra>(command: Command<Extra>): Promise<Decision<Executed>> {
  const { once, openings, people, claims, holds, tallies, holding } = command
  return exactlyOnce(
    { once, request: command.request, what: 'the same batches' },
    async (requestHash, isRetry) => {
      const loaded = await command.load(isRetry)
      if (!loaded.ok) return loaded
      const { world, extra } = loaded.value
      const decided = command.decide(world, extra, nowAfter(world))
      if (!decided.ok) return decided
      const elsewhere = refuseElsewhere(decided.value, command.caller)
      if (elsewhere) return elsewhere
      const events = await linkEvents(decided.value, world.subjects)
      const tooLarge = refuseTooLarge(events)
      if (tooLarge) return tooLarge
      const after = fold(world.subjects, events)
      const answer = JSON.stringify(command.answer({ subjects: after, holds: world.holds }, decided.value))
      const beside = { requestHash, answer, ...(openings && { openings }), ...(people && { people }) }
      const write = async () => {
        const outcome = await append({
          events,
          before: world,
          after,
          once,
          beside,
          ...(claims && { claims: claims(extra, decided.value) }),
          ...(holds && { holds: holds(extra) }),
          ...(tallies && { tallies: tallies(extra) }),
          ...(holding && { holding: holding(extra) }),
        })
        if (outcome.result === 'stored') for (const { event } of events) noteEvent(event.id)
        return outcome
      }
      return accept({ answer, write })
    },
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
  // Not where: a batch that was passed on lies where its holder alone is told.
  const detail = `This would be recorded at another site than yours; you record at: ${sites.join(', ')}.`
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

const hashOf = (key: CommandKey): Promise<Uint8Array> => sha256OfText(commandText(key))

/** The id of the nth thing that the nth closing of a run makes. */
export async function outputId(run: string, closing: number, index: number): Promise<string> {
  return idFromBytes('batch', await sha256OfText(`${run} ${closing} ${index}`))
}
