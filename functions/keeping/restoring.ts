import { gtinLotOf } from '../../shared/domain/gs1/lot.ts'
import { subjectsOf } from '../../shared/domain/events/event.ts'
import { kindOfId } from '../../shared/domain/ids.ts'
import { fold, type Subject } from '../../shared/domain/state/fold.ts'
import { gtinLotItem } from '../adapters/gtin-lots.ts'
import { keyOf, listItems, number, stateItem, type Item, type Loaded } from '../adapters/items.ts'
import { eventKey } from '../adapters/keys.ts'
import { loadMany } from '../adapters/ledger.ts'
import { putCheckpoint, putTiles } from '../adapters/log-objects.ts'
import { signTree } from '../adapters/log-signer.ts'
import { leafItem, offerNewest, readHead } from '../adapters/log-table.ts'
import { passportItem } from '../adapters/passports.ts'
import { itemFrom } from '../adapters/portable.ts'
import { countAgain, tallyItems, type CountedAgain } from '../adapters/tallies.ts'
import { historyItems } from '../adapters/transaction.ts'
import { putAll } from '../adapters/whole-table.ts'
import { fromHex } from '../../shared/ledger/hash.ts'
import { EMPTY_EDGE, growTiles } from '../../shared/ledger/merkle/tiles.ts'
import { onwardFrom, passportOf, readSources, type LoadedBatch } from '../projections.ts'
import type { Head } from '../log/store.ts'
import { lineFrom, linesIn, linkedIn } from './reading.ts'
import type { Line, LineOf } from './lines.ts'

/**
 * Writes a ledger from lines that were checked (reading.ts), into a table that has nothing. First come the log's leaves and
 * head, so that a sequencer that is awake takes no event for a new one; then events with what follows from them, by the folds
 * that made them the first time; then what the holds reach, passports and tallies; records last, so that nobody is let
 * in before all is there. What was begun and not finished is to be begun anew in another empty place.
 */
export async function restoreFrom(file: string, head: Head | undefined, tell: Tell): Promise<Restored> {
  await restoreLog(file, head)
  const restoring: Restoring = {
    revisions: new Map(),
    held: new Set(),
    counted: new Map(),
    batches: [],
    events: 0,
    tell,
  }
  await inChunks(file, ['revision', 'event'], (lines) => restoreChunk(lines, restoring))
  await restoreHolds(restoring)
  await putAll(tallyItems(restoring.counted))
  const { records, checkpoints } = await restoreRecords(file)
  await restorePassports(restoring.batches, tell)
  await signAgain()
  return { events: restoring.events, records, checkpoints, batches: restoring.batches.length }
}

export type Tell = (what: string) => void

export interface Restored {
  readonly events: number
  readonly records: number
  readonly checkpoints: number
  readonly batches: number
}

interface Restoring {
  /** How often each state was written: what callers know as ETags stays true. */
  readonly revisions: Map<string, number>
  /** Batches that were ever held by an event of their own. */
  readonly held: Set<string>
  readonly counted: CountedAgain
  readonly batches: string[]
  events: number
  readonly tell: Tell
}

const CHUNK = 1_000

async function inChunks(
  file: string,
  kinds: readonly Line['kind'][],
  take: (lines: readonly Line[]) => Promise<void>,
): Promise<void> {
  let some: Line[] = []
  let at = 0
  for await (const text of linesIn(file)) {
    const line = lineFrom(text, ++at)
    if (kinds.includes(line.kind)) some.push(line)
    if (some.length < CHUNK) continue
    await take(some)
    some = []
  }
  await take(some)
}

const linesOf = <Kind extends Line['kind']>(lines: readonly Line[], kind: Kind): LineOf<Kind>[] =>
  lines.filter((line): line is LineOf<Kind> => line.kind === kind)

async function restoreLog(file: string, head: Head | undefined): Promise<void> {
  if (!head) return
  let edge = EMPTY_EDGE
  await inChunks(file, ['event', 'ledger'], async (lines) => {
    const linked = await Promise.all(
      linesOf(lines, 'event').map(async (line) => ({ ...(await linkedIn(line)), leaf: line.leaf })),
    )
    const logged = linked.flatMap(({ hash, event, leaf }) =>
      leaf === undefined ? [] : [{ hash, event: event.id, leaf }],
    )
    await putAll(logged.map((entry) => leafItem(entry, BigInt(entry.leaf))))
    // Tiles of the base; those of what the head has appended since follow below, as the sequencer writes them.
    const based = logged.filter(({ leaf }) => BigInt(leaf) < head.base.size)
    const grown = await growTiles(
      edge,
      based.map(({ hash }) => fromHex(hash)),
    )
    await putTiles(grown.tiles)
    edge = grown.edge
    for (const { head: item } of linesOf(lines, 'ledger')) if (item) await putAll([itemFrom(item)])
  })
  await putTiles((await growTiles(edge, head.leaves)).tiles)
}

async function restoreChunk(lines: readonly Line[], restoring: Restoring): Promise<void> {
  const { revisions, held, counted, batches, tell } = restoring
  for (const { id, revision } of linesOf(lines, 'revision')) revisions.set(id, revision)
  const events = linesOf(lines, 'event')
  if (events.length === 0) return
  const linked = await Promise.all(events.map(linkedIn))
  const before = await loadMany(linked.flatMap(({ event }) => subjectsOf(event)))
  const known = new Set(before.map(({ subject }) => subject.id))
  let subjects: ReadonlyMap<string, Subject> = new Map(before.map(({ subject }) => [subject.id, subject]))
  const items: Item[] = []
  for (const [at, one] of linked.entries()) {
    const [home, ...links] = historyItems(one, subjects)
    items.push({ ...home, ...itemFrom(events[at]?.beside ?? {}), ...keyOf(eventKey(one.event.id)) }, ...links)
    countAgain(counted, one.event, subjects)
    if (one.event.type === 'BatchHeld') held.add(one.event.home)
    subjects = fold(subjects, [one])
  }
  for (const subject of subjects.values()) {
    const isNew = !known.has(subject.id)
    if (isNew && subject.kind === 'batch') batches.push(subject.id)
    const lot = subject.kind === 'batch' ? gtinLotOf(subject) : undefined
    items.push(stateItem({ subject, holds: [], revision: revisions.get(subject.id) ?? subject.version }))
    items.push(...listItems(subject, isNew), ...(lot ? [gtinLotItem(lot)] : []))
  }
  await putAll(items)
  restoring.events += events.length
  tell(`${restoring.events} events`)
}

/** What each hold reaches, as the projector carries it: from a batch to the runs it is in, from a run to what it made. */
async function restoreHolds({ held }: Restoring): Promise<void> {
  const holds = new Map<string, Set<string>>()
  const reached = new Map<string, Loaded>()
  const own = await loadMany([...held])
  let level = own.flatMap(({ subject }) =>
    subject.kind === 'batch'
      ? subject.ownHolds.map(({ event }) => ({ id: subject.id, hold: event, isOwn: true }))
      : [],
  )
  while (level.length > 0) {
    const missing = level.map(({ id }) => id).filter((id) => !reached.has(id))
    for (const loaded of await loadMany(missing)) reached.set(loaded.subject.id, loaded)
    level = level.flatMap(({ id, hold, isOwn }) => {
      const subject = reached.get(id)?.subject
      const marks = holds.get(id) ?? new Set()
      const isPassed = subject?.kind === 'batch' && subject.status === 'void' && !isOwn
      if (!subject || marks.has(hold) || isPassed) return []
      holds.set(id, marks.add(hold))
      return onwardFrom(subject).map((next) => ({ id: next, hold, isOwn: false }))
    })
  }
  const items = [...holds].flatMap(([id, marks]) => {
    const loaded = reached.get(id)
    if (!loaded) return []
    // The stream's record of this write has nothing to carry on (holds.ts).
    return [{ ...stateItem({ ...loaded, holds: [...marks].sort() }), walked: number(loaded.revision) }]
  })
  await putAll(items)
}

async function restoreRecords(file: string): Promise<{ records: number; checkpoints: number }> {
  let [records, checkpoints] = [0, 0]
  await inChunks(file, ['record', 'checkpoint'], async (lines) => {
    const notes = linesOf(lines, 'checkpoint')
    for (const { size, note } of notes) await putCheckpoint(BigInt(size), note)
    const items = linesOf(lines, 'record').map(({ item }) => itemFrom(item))
    await putAll(items)
    records += items.length
    checkpoints += notes.length
  })
  return { records, checkpoints }
}

async function restorePassports(batches: readonly string[], tell: Tell): Promise<void> {
  for (let at = 0; at < batches.length; at += CHUNK) {
    const ids = batches.slice(at, at + CHUNK).filter((id) => kindOfId(id) === 'batch')
    const loaded = (await loadMany(ids)).filter(isOfBatch)
    const sources = await readSources(loaded)
    await putAll(loaded.map((one) => passportItem(passportOf(one, sources))))
    tell(`${at + ids.length} passports`)
  }
}

const isOfBatch = (loaded: Loaded): loaded is LoadedBatch => loaded.subject.kind === 'batch'

/** Signs what the head says by the keys of this place; the same note where they are the same. */
async function signAgain(): Promise<void> {
  const { size, root } = await readHead()
  if (size === 0n) return
  const note = await signTree({ size, root })
  await putCheckpoint(size, note)
  await offerNewest(size, note)
}
