import type { BatchReceived } from '../events/custody.ts'
import type { DomainEvent, EventType } from '../events/event.ts'
import { isParty } from '../identity/event-reach.ts'
import { refuse, type Refused } from '../refusal.ts'
import type { Batch } from '../state/batch.ts'

export type Histories = ReadonlyMap<string, readonly DomainEvent[]>

/** The events of a subject's history after one of them that still stand, those declared wrong left out. */
export function standingAfter(histories: Histories, subject: string, event: DomainEvent): DomainEvent[] {
  const history = histories.get(subject) ?? []
  const wrong = new Set(
    history.flatMap((later) =>
      later.type === 'EventCorrected' && !('instead' in later.data.undo) ? [later.data.event] : [],
    ),
  )
  const at = history.findIndex(({ id }) => id === event.id)
  return history.slice(at + 1).filter(({ id }) => !wrong.has(id))
}

/**
 * The standing events after one of a batch by which the batch left for others, or came to them. What was rejected came
 * back whole, and nobody relies on it: neither its shipment nor that receipt counts.
 */
export function handOversAfter(histories: Histories, batch: string, event: DomainEvent): DomainEvent[] {
  const handOvers = standingAfter(histories, batch, event).flatMap((later) =>
    later.type === 'BatchShipped' || later.type === 'BatchReceived' ? [later] : [],
  )
  const cameBack = new Set(
    handOvers.flatMap(({ type, data }) =>
      type === 'BatchReceived' && rejects(data, batch) ? [data.shipment] : [],
    ),
  )
  return handOvers.filter(({ data }) => !cameBack.has(data.shipment))
}

const rejects = ({ lines }: BatchReceived['data'], batch: string): boolean =>
  lines.some((line) => line.batch === batch && !line.accepted)

/**
 * Refuses a correction because of later events of some types, which would have to be corrected first: the latest is
 * named first, since that is the order in which it can be done.
 */
export function refuseBecauseOf(
  blockers: readonly DomainEvent[],
  event: DomainEvent,
  what: string,
): Refused | undefined {
  if (blockers.length === 0) return undefined
  const ordered = latestFirst(blockers.filter((blocker) => isParty(blocker, event.org)))
  const others = ordered.length < latestFirst(blockers).length ? OTHERS_FIRST : ''
  const { refusal } = refuse(
    'correct-first',
    `${event.id} cannot be corrected, because since then ${what}. Correct first: ${listOf(ordered, event.org)}.${others}`,
  )
  return { ok: false, refusal: { ...refusal, blockedBy: ordered.map(({ id }) => id) } }
}

/** What others did with it among themselves is not told to whom it was before. */
const OTHERS_FIRST =
  ' Before these, what was done with it since by others, whom only who got it from you can ask.'

/** Each once, the latest first: that is the order in which they can be corrected. */
export const latestFirst = (blockers: readonly DomainEvent[]): DomainEvent[] =>
  [...new Map(blockers.map((blocker) => [blocker.id, blocker])).values()]
    .toReversed()
    .sort((a, b) => (a.recordedAt === b.recordedAt ? 0 : a.recordedAt < b.recordedAt ? 1 : -1))

/** Events as a sentence names them: what they are and, where it is another organisation's, whose. */
export function listOf(events: readonly DomainEvent[], org: string): string {
  const named = events.map(
    ({ id, type, org: whose }) => `${id} (${type}${whose === org ? '' : `, by ${whose}`}${hint(type)})`,
  )
  return named.length > MAX_NAMED
    ? [...named.slice(0, MAX_NAMED), `${named.length - MAX_NAMED} more`].join(', ')
    : named.join(', ')
}

/** A charge is found in the history of its batch, which does not know whether the run was closed since. */
const hint = (type: EventType): string =>
  type === 'RunCharged' ? '; if its run is closed, reopen that before' : ''

const MAX_NAMED = 10

export const ofTypes = (events: readonly DomainEvent[], ...types: readonly EventType[]): DomainEvent[] =>
  events.filter(({ type }) => types.includes(type))

/**
 * Refuses to take back how a batch came to be while somebody holds it: the batch would vanish and its hold with it, and
 * the same material could be recorded anew, unheld. Holds from upstream are no obstacle, as they reach it again.
 */
export function refuseHeld({ id, ownHolds }: Batch, what: string): Refused | undefined {
  if (ownHolds.length === 0) return undefined
  const holds = ownHolds.map(({ event, org, reason }) => `${event} (${reason}, by ${org})`).join(', ')
  return refuse('batch-held', `Batch ${id} is held, so ${what}. Release first: ${holds}.`)
}
