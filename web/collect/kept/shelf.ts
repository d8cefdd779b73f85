import type { IDBPObjectStore } from 'idb'
import { database, type Kept } from './database.ts'
import { isForgotten, isMendable, removed, settled, type Entry, type EntryState } from './entries.ts'
import type { KeptPhoto } from '../photos/kept-photo.ts'

/**
 * What is kept on the phone, and the few ways in which it changes. Each is one transaction, so that whatever kills the
 * page finds all of a change or nothing of it. Both the page and the service worker call these, in any number of tabs at
 * once. All reject where the browser keeps nothing, and `keepEntry` where the disk is full.
 */

/** `strict`: on the disk, not in some buffer, before the screen says that it is saved. */
const DURABLE = { durability: 'strict' } as const

/**
 * Keeps an entry with those of its photos that are not kept yet, all or nothing. False, and nothing is changed, where its
 * id is that of another entry: only one that was refused or taken back is replaced, by its correction.
 */
export async function keepEntry(entry: Entry, photos: readonly KeptPhoto[]): Promise<boolean> {
  const db = await database()
  const change = db.transaction(['entries', 'photos'], 'readwrite', DURABLE)
  const entries = change.objectStore('entries')
  const known = await entries.get(entry.id)
  const isFree = known === undefined || isMendable(known)
  await Promise.all([isFree && putAll(entry, photos, entries, change.objectStore('photos')), change.done])
  return isFree
}

async function putAll(
  entry: Entry,
  photos: readonly KeptPhoto[],
  entries: Store<'entries'>,
  files: Store<'photos'>,
): Promise<void> {
  const put = photos.map(async (photo) => {
    const known = await files.getKey([photo.entryId, photo.sha256])
    if (known === undefined) await files.put(photo)
  })
  await Promise.all([entries.put(entry), ...put])
}

type Store<Name extends 'entries' | 'photos'> = IDBPObjectStore<
  Kept,
  ('entries' | 'photos')[],
  Name,
  'readwrite'
>

export async function allEntries(): Promise<Entry[]> {
  return (await database()).getAll('entries')
}

/** Changes an entry as it stands now, if it is still there; gives what it became. */
export async function changeEntry(
  id: string,
  change: (entry: Entry) => Entry | undefined,
): Promise<Entry | undefined> {
  const db = await database()
  const transaction = db.transaction('entries', 'readwrite', DURABLE)
  const entry = await transaction.store.get(id)
  const next = entry && change(entry)
  if (next && next !== entry) await transaction.store.put(next)
  await transaction.done
  return next
}

/** Notes what became of a sending. */
export const settleEntry = (id: string, state: EntryState): Promise<Entry | undefined> =>
  changeEntry(id, (entry) => settled(entry, state))

/**
 * Puts an entry away that was never sent or was refused, and gives it. It stays on the phone with its photos until it is
 * saved again, so that it outlives the form that it is put into. Undefined if it is too late.
 */
export const putAway = (id: string): Promise<Entry | undefined> =>
  changeEntry(id, (entry) => removed(entry, new Date()))

/** All files that wait. What is in them is not read for that. */
export async function allFiles(): Promise<KeptPhoto[]> {
  return (await database()).getAll('photos')
}

/** The server has it: the phone's copy may go. */
export async function dropFile({ entryId, sha256 }: KeptPhoto): Promise<void> {
  await (await database()).delete('photos', [entryId, sha256])
}

/** The server does not take it: it stays, for somebody to see, and stands in nothing's way. */
export async function refuseFile(file: KeptPhoto, refused: string): Promise<void> {
  await (await database()).put('photos', { ...file, refused })
}

/** Puts the files of an entry that were refused in the queue again. */
export async function retryFiles(entryId: string): Promise<void> {
  const db = await database()
  const change = db.transaction('photos', 'readwrite')
  for (const { refused, ...file } of await change.store.index('entryId').getAll(entryId))
    if (refused !== undefined) await change.store.put(file)
  await change.done
}

/** Gives an entry that was refused another id, under which its files wait for its correction. */
export async function renameEntry(id: string, next: string): Promise<void> {
  const db = await database()
  const change = db.transaction(['entries', 'photos'], 'readwrite', DURABLE)
  const files = change.objectStore('photos')
  for (const file of await files.index('entryId').getAll(id)) {
    await files.put({ ...file, entryId: next })
    await files.delete([id, file.sha256])
  }
  const entry = await change.objectStore('entries').get(id)
  if (entry) await change.objectStore('entries').put({ ...entry, id: next })
  await change.objectStore('entries').delete(id)
  await change.done
}

/** A tab that is open beside this one may still be at its entry. */
const UNCLAIMED_MS = 86_400_000

/** Forgets what was removed a day ago and before, and files of then that belong to no entry and to none of the drafts. */
export async function sweep(isDraft: (entryId: string) => boolean): Promise<void> {
  const db = await database()
  const change = db.transaction(['entries', 'photos'], 'readwrite')
  const known = new Set<string>()
  for (const entry of await change.objectStore('entries').getAll()) {
    if (isForgotten(entry, new Date())) await change.objectStore('entries').delete(entry.id)
    else known.add(entry.id)
  }
  for (const { entryId, sha256, shotAt } of await change.objectStore('photos').getAll()) {
    if (known.has(entryId) || isDraft(entryId) || Date.now() - shotAt < UNCLAIMED_MS) continue
    await change.objectStore('photos').delete([entryId, sha256])
  }
  await change.done
}
