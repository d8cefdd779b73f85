import type { Link } from '../../shared/domain/events/envelope.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import { eventFromText } from '../../shared/domain/events/upcasting.ts'
import { ID_KINDS } from '../../shared/domain/ids.ts'
import { readEntriesAfter, readTexts, type Entry, type EventText } from '../adapters/chains.ts'
import { noteLost, readHistories, type History } from './histories.ts'
import { MOST_DONE, MOST_SHARED, type Position } from './position.ts'

/**
 * The events of a lineage, one by one: the whole history of a batch, of the run that made it, of all batches that the run
 * drew on, and so on up to the pickups. Whole, and not only up to where the lineage leaves it: a load may later bring
 * together what belongs to it by different ways, and whoever verifies the one then needs the history of the other up to there.
 *
 * Depth first, in an order in which events only ever come at the end of a history; so a page can begin anywhere (position.ts).
 */
export interface Step {
  readonly event: EventText
  /** The walk as it is now, to go on with this event another time. To be asked before the next step is. */
  readonly position: () => Position
}

export interface Asked {
  readonly batch: string
  /** Which pickups are wanted. */
  readonly isWanted: (batch: string) => Promise<boolean>
}

type Steps = AsyncGenerator<Step, void, undefined>

interface Walk {
  readonly asked: Asked
  /** The way down to where the walk is. */
  readonly path: number[]
  /** The rest of the way to where the walk is to go on; empty once it is there. */
  resume: readonly number[]
  readonly done: Set<string>
  readonly shared: Set<string>
  /** Events that this page has already. */
  readonly given: Set<string>
  /** What was read ahead. */
  readonly texts: Map<string, EventText>
}

export async function* walkLineage(asked: Asked, from: Position): Steps {
  const walk: Walk = {
    asked,
    path: [],
    resume: from.path,
    done: new Set(from.done),
    shared: new Set(from.shared),
    given: new Set(),
    texts: new Map(),
  }
  const { batch } = asked
  const [first] = await readEntriesAfter(batch, 0, 1, 'strong')
  if (!first) return
  const start = begin(walk, 0, 1)
  const maker = makerOf(first)
  if (maker !== undefined && start === 1) yield* walkRun(walk, 0, maker)
  // It may be as long as it likes, so it is read page by page.
  for (let after = start - 1; ;) {
    const entries = await readEntriesAfter(batch, after, PAGE, 'strong')
    yield* walkEntries(walk, 0, entries, maker)
    if (entries.length < PAGE) return
    after += PAGE
  }
}

const PAGE = 25

/** Where to begin at this depth: where the walk is to go on, or at the usual place. */
function begin(walk: Walk, depth: number, usual: number): number {
  const at = walk.resume[depth]
  if (depth >= walk.resume.length - 1) walk.resume = []
  return at ?? usual
}

function stand(walk: Walk, depth: number, at: number): void {
  walk.path.length = depth
  walk.path[depth] = at
}

function stepOf({ path, done, shared }: Walk, event: EventText): Step {
  return {
    event,
    position: () => ({ path: [...path], done: new Set(done), shared: new Set(shared) }),
  }
}

/** In whose history an event is at home. */
const homeOf = (event: string): string => event.slice(0, event.lastIndexOf('-'))

/** The run whose end was a batch's beginning; undefined for a pickup. */
const makerOf = ({ event, own }: Entry): string | undefined => (own ? undefined : homeOf(event))

/** Entries of a batch's history; those of the runs that are walked themselves come with these. */
async function* walkEntries(
  walk: Walk,
  depth: number,
  entries: readonly Entry[],
  ...runs: readonly (string | undefined)[]
): Steps {
  const wanted = entries.filter(({ event }) => !runs.includes(homeOf(event)))
  for (let from = 0; from < wanted.length; from += PAGE) {
    const some = wanted.slice(from, from + PAGE)
    await readAhead(walk, some)
    for (const { sequence, event, own } of some) {
      if (isGiven(walk, event)) continue
      const text = own ?? walk.texts.get(event)
      if (!text) {
        noteLost(event)
        continue
      }
      stand(walk, depth, sequence)
      yield stepOf(walk, text)
      walk.given.add(event)
      if (!own) remember(walk.shared, event, MOST_SHARED)
    }
  }
}

const isGiven = ({ given, shared }: Walk, event: string): boolean => given.has(event) || shared.has(event)

/** Reads the events behind links, of many batches at once, each once. */
async function readAhead(walk: Walk, entries: readonly Entry[]): Promise<void> {
  const wanted = entries.flatMap(({ event, own }) =>
    own || isGiven(walk, event) || walk.texts.has(event) ? [] : [event],
  )
  if (wanted.length === 0) return
  if (walk.texts.size > MOST_TEXTS) walk.texts.clear()
  for (const [event, text] of await readTexts(wanted)) walk.texts.set(event, text)
}

const MOST_TEXTS = 200

/** Adds to what is remembered; beyond the most, what was added first is forgotten. */
function remember(known: Set<string>, id: string, most: number): void {
  known.add(id)
  const [oldest] = known
  if (known.size > most && oldest !== undefined) known.delete(oldest)
}

/** The history of the run that begins a history, and with each of its events what that touches. */
async function* walkRun(walk: Walk, above: number, run: string): Steps {
  stand(walk, above, 1)
  const depth = above + 1
  let after = begin(walk, depth, 1) - 1
  let made = 0
  // A walk that goes on in the middle needs little of each run on its way.
  for (let limit = 2, isMore = true; isMore; limit = PAGE) {
    const entries = await readEntriesAfter(run, after, limit)
    for (const { sequence, own } of entries) {
      if (!own) throw new Error(`${run}-${sequence} is not at home in its run`)
      stand(walk, depth, sequence)
      const event = eventIn(own)
      yield* walkEvent(walk, depth + 1, own, event)
      walk.resume = []
      if (event.type === 'RunClosed') made += event.data.outputs.length
    }
    after += entries.length
    isMore = entries.length === limit
  }
  // It is met again only where it made several batches.
  if (made > 1) remember(walk.done, run, MOST_DONE)
}

const eventIn = ({ text }: EventText): DomainEvent => eventFromText(text)

/** An event of a run, then the histories of the batches that it touches and that were there before it. */
async function* walkEvent(walk: Walk, depth: number, own: EventText, event: DomainEvent): Steps {
  const start = begin(walk, depth, 0)
  if (start === 0 && !isGiven(walk, own.id)) {
    stand(walk, depth, 0)
    yield stepOf(walk, own)
    walk.given.add(own.id)
  }
  const links = event.previous.filter(({ subject }) => subject.startsWith(ID_KINDS.batch))
  const from = Math.max(start, 1)
  for await (const [index, history] of historiesOf(walk, links.slice(from - 1), event)) {
    stand(walk, depth, from + index)
    yield* walkHistory(walk, depth + 1, history, event.home)
    walk.resume = []
  }
}

/** The histories of what an event touches; those of pickups that are not wanted are left out. */
async function* historiesOf(
  walk: Walk,
  links: readonly Link[],
  { id, home }: DomainEvent,
): AsyncGenerator<[number, History], void, undefined> {
  for await (const group of readHistories(links, id, walk.asked.isWanted)) {
    const linked = group.flatMap(([, { entries }]) =>
      entries.filter(({ event }) => homeOf(event) !== home).slice(0, PAGE),
    )
    await readAhead(walk, linked)
    yield* group
  }
}

/** The history of a batch that a run drew on. */
async function* walkHistory(
  walk: Walk,
  depth: number,
  { batch, entries, uses }: History,
  user: string,
): Steps {
  const [first] = entries
  if (!first || walk.done.has(batch)) return
  const start = begin(walk, depth, 1)
  const maker = makerOf(first)
  // A correction of a run's end touches what the run made: then it is that run that is being walked.
  if (maker !== undefined && maker !== user && start === 1 && !walk.done.has(maker))
    yield* walkRun(walk, depth, maker)
  const rest = entries.filter(({ sequence }) => sequence >= start)
  yield* walkEntries(walk, depth, rest, maker, user)
  if (uses > 1 && (maker !== undefined || entries.length > MOST_REPEATED))
    remember(walk.done, batch, MOST_DONE)
}

/** So few events of a pickup are sooner given again than remembered. */
const MOST_REPEATED = 8
