import { subjectsOf, type DomainEvent } from '../domain/events/event.ts'
import { sequenceOf } from '../domain/decide/correct-run.ts'
import { eventId, kindOfId } from '../domain/ids.ts'
import type { HashedEvent } from '../domain/state/fold.ts'
import { isSampled, type Sample } from './bundle.ts'
import type { BundleFault } from './fault.ts'

/**
 * What a batch was made of, found by nothing but hashes: from its last event back along `previous`.
 *
 * Part of the lineage are the batch; every run that made a batch of it; and every batch that such a run was charged with,
 * unless that was taken back, closing or charge. The history of each must be there whole, from its beginning to the last event that
 * anything in the lineage leads to, in one line. Events also touch others: another run that took the rest of a batch, other
 * batches in a shipment. Those stand by their hash, as part of a history here, and their own histories are not followed.
 */
export interface Lineage {
  /** The batches and runs of it, with how many events of each were reached. */
  readonly subjects: ReadonlyMap<string, number>
  /** Every event that was reached, each after those that it follows. */
  readonly events: readonly HashedEvent[]
  /** Batches that are not in the sample: their pickup is missing, and with it the right to say anything of them. */
  readonly unsampled: ReadonlySet<string>
}

export type Events = ReadonlyMap<string, HashedEvent>

export type Walked = { readonly ok: true; readonly value: Lineage } | Broken
type Broken = { readonly ok: false; readonly fault: BundleFault }

/**
 * Walks the lineage of a batch. Every event is read a bounded number of times, so the work grows with the bundle.
 *
 * Precondition: the keys of `events` are the hashes of their events, worked out from their bytes.
 * Guarantee: `head` commits to all that is returned; each history is one line from the event that began it.
 */
export async function walkLineage(
  batch: string,
  head: string,
  events: Events,
  sample?: Sample,
): Promise<Walked> {
  const walk = beginWalk(events, sample)
  join(walk, batch)
  walk.waiting.push({ subject: batch, hash: head })
  for (let next = walk.waiting.pop(); next; next = walk.waiting.pop()) {
    const fault = await follow(walk, next.subject, next.hash)
    if (fault) return { ok: false, fault }
  }
  const { histories, unsampled } = walk
  const subjects = new Map([...histories].map(([id, { known }]) => [id, known.size]))
  return { ok: true, value: { subjects, events: inOrder(head, walk.reached), unsampled } }
}

/** What was found of one subject's history: a line that ends in its tip. */
interface History {
  readonly known: Set<string>
  tip: string
}

interface Walk {
  readonly events: Events
  readonly sample: Sample | undefined
  readonly histories: Map<string, History>
  readonly reached: Map<string, HashedEvent>
  /** Of subjects that are not part of it so far, the reached events that touch them. */
  readonly touching: Map<string, string[]>
  /** Ids of charges and closings that were taken back. Histories are walked from their ends, so corrections come before what they correct. */
  readonly takenBack: Set<string>
  readonly unsampled: Set<string>
  readonly waiting: { readonly subject: string; readonly hash: string }[]
}

const beginWalk = (events: Events, sample: Sample | undefined): Walk => ({
  events,
  sample,
  histories: new Map(),
  reached: new Map(),
  touching: new Map(),
  takenBack: new Set(),
  unsampled: new Set(),
  waiting: [],
})

/** Makes a subject part of the lineage, with all that is known of it. */
function join(walk: Walk, subject: string): void {
  if (walk.histories.has(subject)) return
  walk.histories.set(subject, { known: new Set(), tip: '' })
  for (const hash of walk.touching.get(subject) ?? []) walk.waiting.push({ subject, hash })
  walk.touching.delete(subject)
}

/** Follows one history back from an event to what is known of it, or to its beginning. */
async function follow(walk: Walk, subject: string, from: string): Promise<BundleFault | undefined> {
  const history = walk.histories.get(subject)
  if (!history || history.known.has(from)) return undefined
  const fresh: string[] = []
  let hash: string | undefined = from
  let next: DomainEvent | undefined
  while (hash !== undefined && !history.known.has(hash)) {
    const found = walk.events.get(hash)
    if (!found) {
      if (!(await isLeftOut(walk, subject))) return missing(walk, subject, hash, next)
      walk.unsampled.add(subject)
      break
    }
    const wrong = placeFault(found.event, subject, hash)
    if (wrong) return wrong
    fresh.push(hash)
    reach(walk, subject, found)
    next = found.event
    hash = linkOf(found.event, subject)
  }
  // A history has one line: new events go on from its tip, or are all there is of it.
  if (history.known.size > 0 && hash !== history.tip && !walk.unsampled.has(subject))
    return { code: 'forked-history', subject, hash: fresh[fresh.length - 1] ?? from }
  for (const one of fresh) history.known.add(one)
  history.tip = from
  return undefined
}

/** What the event is to the lineage, and what it makes part of it. */
function reach(walk: Walk, subject: string, { event, hash }: HashedEvent): void {
  if (!walk.reached.has(hash)) {
    walk.reached.set(hash, { event, hash })
    for (const other of subjectsOf(event)) {
      if (other === subject) continue
      if (walk.histories.has(other)) walk.waiting.push({ subject: other, hash })
      else noteTouch(walk, other, hash)
    }
  }
  for (const other of madeOf(walk, subject, event)) join(walk, other)
}

function noteTouch({ touching }: Walk, subject: string, hash: string): void {
  const hashes = touching.get(subject)
  if (hashes) hashes.push(hash)
  else touching.set(subject, [hash])
}

/** The replay holds these, and none of another kind, to what they say they take back. */
const TAKES_BACK: ReadonlySet<string> = new Set(['RunCharged', 'RunClosed'])

function madeOf({ takenBack }: Walk, subject: string, event: DomainEvent): readonly string[] {
  if (event.type === 'EventCorrected' && TAKES_BACK.has(event.data.undo.of)) takenBack.add(event.data.event)
  if (takenBack.has(event.id)) return []
  if (event.type === 'RunClosed') return [event.home]
  return event.type === 'RunCharged' && subject === event.home
    ? event.data.charges.map(({ batch }) => batch)
    : []
}

const linkOf = ({ previous }: DomainEvent, subject: string): string | undefined =>
  previous.find((link) => link.subject === subject)?.hash

/** An event has its place in a history: it touches the subject, and follows another exactly where it does not begin it. */
function placeFault(event: DomainEvent, subject: string, hash: string): BundleFault | undefined {
  const fits = subjectsOf(event).includes(subject) && begins(event, subject) === !linkOf(event, subject)
  return fits ? undefined : { code: 'wrong-link', event: event.id, subject, hash }
}

/** Whether a subject comes to be by this event. */
function begins(event: DomainEvent, subject: string): boolean {
  if (event.type === 'PickupRecorded' || event.type === 'RunOpened') return event.home === subject
  return event.type === 'RunClosed' && event.home !== subject
}

async function isLeftOut({ sample }: Walk, subject: string): Promise<boolean> {
  return sample !== undefined && kindOfId(subject) === 'batch' && !(await isSampled(subject, sample))
}

/**
 * An event that is missing, or was changed so that its hash is another. In the history of a run or a shipment the next event's
 * id says which one it must be. In that of a batch there is no such telling: where anything of it is left that nothing leads to,
 * the last of that was changed, or what came after it was taken out.
 */
function missing(walk: Walk, subject: string, hash: string, next: DomainEvent | undefined): BundleFault {
  const instead = next && isOfHome(next, hash) ? theOneBefore(walk, next) : lastUnreached(walk, subject)
  return instead
    ? { code: 'changed-event', event: instead.id, subject, hash }
    : { code: 'missing-event', subject, hash }
}

const isOfHome = (event: DomainEvent, hash: string): boolean =>
  kindOfId(event.home) !== 'batch' && linkOf(event, event.home) === hash

function theOneBefore({ events }: Walk, { id, home }: DomainEvent): DomainEvent | undefined {
  const before = eventId(home, sequenceOf(id) - 1)
  return [...events.values()].find(({ event }) => event.id === before)?.event
}

function lastUnreached({ events, reached }: Walk, subject: string): DomainEvent | undefined {
  const left = [...events.values()].filter(
    ({ event, hash }) => !reached.has(hash) && subjectsOf(event).includes(subject),
  )
  const followed = new Set(left.map(({ event }) => linkOf(event, subject)))
  return left.find(({ hash, event }) => !followed.has(hash) && !leadsTo(reached, event, subject))?.event
}

/** Whether an event follows what was reached: then it came later, and is no part of the lineage. */
function leadsTo(reached: Events, event: DomainEvent, subject: string): boolean {
  const before = linkOf(event, subject)
  return before !== undefined && reached.has(before)
}

/** Events each after those that it follows. Nothing follows itself, as no event can name a hash that depends on it. */
function inOrder(head: string, reached: Events): HashedEvent[] {
  const ordered: HashedEvent[] = []
  const seen = new Set<string>([head])
  const open = [{ hash: head, at: 0 }]
  for (let top = open[0]; top; top = open[open.length - 1]) {
    const found = reached.get(top.hash)
    const before = found?.event.previous[top.at]?.hash
    top.at += 1
    if (before === undefined) {
      if (found) ordered.push(found)
      open.pop()
    } else if (reached.has(before) && !seen.has(before)) {
      seen.add(before)
      open.push({ hash: before, at: 0 })
    }
  }
  return ordered
}
