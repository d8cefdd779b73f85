import { erasePart, type ErasePart } from '../../shared/domain/decide/erase.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { fieldsErasedFor } from '../../shared/domain/privacy/sealed.ts'
import type { Erasure } from '../../shared/domain/state/erasure.ts'
import { fold } from '../../shared/domain/state/fold.ts'
import { linkEvents, type LinkedEvent } from '../../shared/ledger/link.ts'
import { loadEntriesOf, readEntries, type Capacity, type Entry } from '../adapters/entries.ts'
import { actionsOf, eraseEntries, MOST_ACTIONS } from '../adapters/erasures.ts'
import type { Loaded } from '../adapters/items.ts'
import { findLabelled } from '../adapters/labels.ts'
import { loadOne } from '../adapters/ledger.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'
import { hashesOf, removePhoto, photoStorage } from '../adapters/photos.ts'
import { usesWithout, type RemainingUses } from '../adapters/photo-uses.ts'

/**
 * Erases somebody from all entries that name them, in parts of up to a hundred writes. Each part is one transaction, with
 * an event that counts what it removed, and what was removed is found no more. So a call that is cut off has done whole
 * parts, and the next goes on from there; two at once share the work.
 */
export interface Erasing {
  readonly erasure: string
  /** The hash under which the person is found; undefined where the organisation never named anybody. */
  readonly person: string | undefined
  /** As it was asked for: labels are compared with it. */
  readonly name: string
  readonly caller: Caller
  /** Epoch milliseconds at which to stop, with a part of it done. */
  readonly deadline: number
}

/** How things stand at the end: done, or begun where time ran out. */
export async function erase(erasing: Erasing): Promise<Erasure> {
  if (!(await removeLabels(erasing))) return (await loadErasure(erasing)).erasure
  let pending: readonly Entry[] = []
  for await (const part of partsOf(erasing.person)) {
    const isInTime = Date.now() < erasing.deadline && (await removePart(erasing, pending, false))
    if (!isInTime) return (await loadErasure(erasing)).erasure
    pending = part
  }
  await removePart(erasing, pending, true)
  return (await loadErasure(erasing)).erasure
}

const PAGE = 100
const CAPACITIES: readonly Capacity[] = ['person', 'weigher']

/** The entries that name the person, as many at a time as one transaction takes. */
async function* partsOf(person: string | undefined): AsyncGenerator<readonly Entry[]> {
  if (person === undefined) return
  for (const capacity of CAPACITIES) {
    for (let after: string | undefined; ;) {
      const page = await readEntries(capacity, person, { after, limit: PAGE })
      yield* inParts(page.entries)
      after = page.next
      if (after === undefined) break
    }
  }
}

function inParts(entries: readonly Entry[]): Entry[][] {
  const parts: Entry[][] = []
  let room = 0
  for (const entry of entries) {
    const actions = actionsOf(entry)
    if (actions > room) {
      parts.push([])
      room = MOST_ACTIONS
    }
    parts.at(-1)?.push(entry)
    room -= actions
  }
  return parts
}

/** Whether nothing of a part is left to be done; false where others kept changing it until time ran out. */
async function removePart(erasing: Erasing, found: readonly Entry[], isLast: boolean): Promise<boolean> {
  const { person, caller, deadline } = erasing
  for (let attempt = 0; attempt === 0 || Date.now() < deadline; attempt++) {
    // Looked at anew: another call may have erased some of them since they were found.
    const entries = person === undefined ? [] : await loadEntriesOf(person, idsOf(found))
    if (entries.length === 0 && !isLast) return true
    const { erasure, loaded } = await loadErasure(erasing)
    if (erasure.status === 'done') return true
    const photos = await removePhotosOf(entries, caller.org)
    const fields = entries.map(({ part, openings }) => fieldsErasedFor(part, Object.keys(openings)))
    const { event, after } = await nextState(erasure, { fields, labels: 0, isLast }, caller)
    const removed = await eraseEntries({ entries, photos, labels: [], event, before: loaded, after })
    if (removed === 'stored') return true
    await pauseBeforeRetry(attempt, deadline - Date.now())
  }
  return false
}

/** Takes the name off phones, members, and what they were enrolled and invited with; false where time ran out. */
async function removeLabels(erasing: Erasing): Promise<boolean> {
  const { name, caller, deadline } = erasing
  for (let attempt = 0; attempt === 0 || Date.now() < deadline; attempt++) {
    const labels = (await findLabelled(caller.org, name)).slice(0, MOST_ACTIONS)
    const { erasure, loaded } = await loadErasure(erasing)
    if (labels.length === 0 || erasure.status === 'done') return true
    const part = { fields: [], labels: labels.length, isLast: false }
    const { event, after } = await nextState(erasure, part, caller)
    const removed = await eraseEntries({ entries: [], photos: [], labels, event, before: loaded, after })
    if (removed === 'stale') await pauseBeforeRetry(attempt, deadline - Date.now())
  }
  return false
}

const idsOf = (entries: readonly Entry[]): string[] => entries.map(({ event }) => event.id)

/**
 * Removes the photos of entries, with their thumbnails, that nothing else in the organisation uses; the uses that are to be forgotten. Objects go
 * first: should this end in between, the entries still say which photos there are to remove.
 */
async function removePhotosOf(entries: readonly Entry[], org: string): Promise<RemainingUses[]> {
  const own = entries.filter(({ part }) => part.isPerson)
  const hashes = own.flatMap(({ openings }) => hashesOf(openings.photos?.value ?? []))
  const photos = await usesWithout(hashes, new Set(own.map(({ event }) => event.home)))
  for (const { hash, left } of photos) {
    if (left.some((use) => use.org === org)) continue
    await removePhoto({ org, sha256: hash }, photoStorage(), new Date())
  }
  return photos.flatMap(({ seen, ...photo }) => (seen === undefined ? [] : [{ ...photo, seen }]))
}

/** The event of a part, and the erasure after it. */
async function nextState(
  erasure: Erasure,
  part: Omit<ErasePart, 'by'>,
  { org, role, by }: Caller,
): Promise<{ readonly event: LinkedEvent; readonly after: Erasure }> {
  const decided = erasePart(erasure, { by, ...part }, { org, role, now: new Date().toISOString() })
  const before = new Map([[erasure.id, erasure]])
  const events = await linkEvents([decided], before)
  const after = fold(before, events).get(erasure.id)
  const [event] = events
  if (!event || after?.kind !== 'erasure') throw new Error('an erasure goes on by one event')
  return { event, after }
}

async function loadErasure({
  erasure: id,
}: Pick<Erasing, 'erasure'>): Promise<{ readonly erasure: Erasure; readonly loaded: Loaded }> {
  const loaded = await loadOne(id)
  if (loaded?.subject.kind !== 'erasure') throw new Error(`${id} is not there`)
  return { erasure: loaded.subject, loaded }
}
