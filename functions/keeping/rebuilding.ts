import { foldOne, type HashedEvent, type Subject } from '../../shared/domain/state/fold.ts'
import { readHistory } from '../adapters/history.ts'
import { markHold } from '../adapters/holds.ts'
import { listItems, loadedIn, stateItem, type Item, type Loaded } from '../adapters/items.ts'
import { passportKey, stateKey, type Key } from '../adapters/keys.ts'
import { passportItem } from '../adapters/passports.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'
import { putInPlaceOf, saysTheSame } from '../adapters/projected-items.ts'
import { readItem } from '../adapters/read.ts'
import { linkAfter } from '../adapters/transaction.ts'
import { passportOf, readSources, type LoadedBatch } from '../projections.ts'

/**
 * Makes what follows from a subject's events anew, while others write: its state with the attributes of the index, those of links to
 * others' events, entries in lists, its passport, and marks of holds that it lacks. Each item is compared first and put
 * only where it differs, on condition that it still is what was read; so doing it again changes nothing, and whoever was
 * interrupted may begin anywhere. Events themselves, and what no event says, are not touched.
 */
export interface Difference {
  readonly subject: string
  /** `history`: an event or a link to one is lost, so nothing can be made of the others; see {@link isWhole}. */
  readonly what: 'history' | 'state' | 'link' | 'list' | 'passport' | 'hold'
}

const MAX_TRIES = 8

export async function rebuildSubject(id: string, isDry: boolean): Promise<Difference[]> {
  const found = new Map<string, Difference>()
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (await tryOnce(id, isDry, found)) return [...found.values()]
    await pauseBeforeRetry(attempt)
  }
  throw new Error(`${id} changed at each of ${MAX_TRIES} tries`)
}

type Note = (what: Difference['what']) => unknown

/** False where somebody has written meanwhile. The state is read first: what came to its history later has changed it. */
async function tryOnce(id: string, isDry: boolean, found: Map<string, Difference>): Promise<boolean> {
  const note: Note = (what) => found.set(what, { subject: id, what })
  const stored = await readItem(stateKey(id))
  const history = await wholeHistory(id)
  const isKnown = history.length >= Number(stored?.['version']?.N ?? 0)
  const subject = isKnown && isWhole(id, history) ? foldOne(id, history) : undefined
  if (!subject) {
    note('history')
    return true
  }
  const passport = await readItem(passportKey(id))
  const loaded = loadedFrom(stored, subject, passport)
  const put = async (what: Difference['what'], there: Item | undefined, due: Item): Promise<boolean> => {
    if (saysTheSame(there, due)) return true
    note(what)
    return isDry || putInPlaceOf(there, due)
  }
  const due = stateItem(loaded)
  const isState = saysTheSame(stored, due)
  if (!isState) {
    // Somebody may have written between the two reads; then it is the reading that is old.
    if ((await readItem(stateKey(id)))?.['revision']?.N !== stored?.['revision']?.N) return false
    note('state')
    const written = { ...loaded, revision: loaded.revision + 1 }
    if (!isDry && !(await putInPlaceOf(stored, stateItem(written)))) return false
    if (!isDry) return false
  }
  for (const item of dueLinks(id, history)) if (!(await put('link', await there(item), item))) return false
  for (const item of listItems(subject, true)) {
    if (!(await put('list', await there(item), item))) return false
    // An entry has no revision of its own: had its subject changed meanwhile, this is the older one.
    const isPut = found.has('list') && !isDry
    if (isPut && (await readItem(stateKey(id)))?.['revision']?.N !== String(loaded.revision)) return false
  }
  if (!isBatch(loaded)) return true
  await addHolds(loaded, isDry, note)
  return isDry && !isState ? true : rebuildPassport(loaded, passport, put)
}

async function rebuildPassport(
  loaded: LoadedBatch,
  passport: Item | undefined,
  put: (what: 'passport', there: Item | undefined, due: Item) => Promise<boolean>,
): Promise<boolean> {
  // A newer one was made of a state that is newer than the one read here.
  if (Number(passport?.['revision']?.N ?? 0) > loaded.revision) return false
  return put('passport', passport, passportItem(passportOf(loaded, await readSources([loaded]))))
}

const isBatch = (loaded: Loaded): loaded is LoadedBatch => loaded.subject.kind === 'batch'

const there = (item: Item): Promise<Item | undefined> =>
  readItem({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' } satisfies Key)

/** What stands beside a state stays; where nothing does, it is newer than any passport that was made of it. */
function loadedFrom(stored: Item | undefined, subject: Subject, passport: Item | undefined): Loaded {
  const revision =
    Number(stored?.['revision']?.N ?? 0) || Math.max(subject.version, Number(passport?.['revision']?.N ?? 0))
  return { subject, holds: [...(stored?.['holds']?.SS ?? [])].sort(), revision }
}

async function wholeHistory(id: string): Promise<HashedEvent[]> {
  const events: HashedEvent[] = []
  for (let after = 0; ;) {
    const page = await readHistory(id, after, 500)
    events.push(...page.events)
    if (page.nextAfter === undefined) return events
    after = page.nextAfter
  }
}

/**
 * Whether each event follows on the one before. Where a link was lost, the history of another subject has the event and
 * nothing here says which: export and restore write all links anew.
 */
const isWhole = (id: string, history: readonly HashedEvent[]): boolean =>
  history.every(
    ({ event }, at) => event.previous.find(({ subject }) => subject === id)?.hash === history[at - 1]?.hash,
  )

function dueLinks(id: string, history: readonly HashedEvent[]): Item[] {
  return history.flatMap(({ event }, at) =>
    event.home === id ? [] : [linkAfter(id, event, foldOne(id, history.slice(0, at)))],
  )
}

/**
 * Marks a batch with holds of its own, and those of the run that made it, which it lacks. A mark may have been on its way or
 * have gone meanwhile: where the run has it no more after it was made, the batch loses it again. None is taken
 * otherwise; those go by the stream, which keeps their order.
 */
async function addHolds({ subject, holds }: LoadedBatch, isDry: boolean, note: Note): Promise<void> {
  const own = subject.ownHolds.map(({ event }) => event)
  const ofRun = async (): Promise<readonly string[]> => {
    if (subject.status === 'void' || subject.run === undefined) return []
    const item = await readItem(stateKey(subject.run))
    return item ? loadedIn(item).holds : []
  }
  const missing = [...new Set([...own, ...(await ofRun())])].filter((hold) => !holds.includes(hold))
  for (const hold of missing) {
    note('hold')
    if (isDry) continue
    await markHold({ subject: subject.id, hold, change: 'came' })
    if (!own.includes(hold) && !(await ofRun()).includes(hold))
      await markHold({ subject: subject.id, hold, change: 'went' })
  }
}
