import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { KeptAccess } from './access.ts'
import type { KeptPhone } from './keychain.ts'
import type { KeptPhoto } from '../photos/kept-photo.ts'
import type { Entry } from './entries.ts'

/**
 * What the phone keeps, in IndexedDB: it takes photos and keys as they are, and a page that is killed loses nothing of
 * what was committed. The service worker opens the same database, so nothing here may need a document.
 *
 * A transaction ends by itself when nothing is asked of it, so what is awaited within one is the database alone.
 */
export interface Kept extends DBSchema {
  /** The key of this phone and what it is enrolled as, under `enrolled` or `pending`. */
  phone: { key: string; value: KeptPhone }
  /** By what this phone sends, under `current`. */
  access: { key: string; value: KeptAccess }
  /** Entries by their id, sent or not. */
  entries: { key: string; value: Entry }
  /** Photos that were not sent yet, also those of the entry that is still in the form. */
  photos: { key: [entryId: string, sha256: string]; value: KeptPhoto; indexes: { entryId: string } }
}

export type Database = IDBPDatabase<Kept>

const VERSION = 2

/** Opens the database, once a page; rejects where this browser keeps nothing, as in some private windows. */
export function database(): Promise<Database> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

/** Why something could not be kept: `full`, no room on the disk; `unable`, this browser keeps nothing, or not that. */
export const whyUnkept = (error: unknown): 'full' | 'unable' =>
  error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unable'

let opened: Promise<Database> | undefined

function open(): Promise<Database> {
  return openDB<Kept>('tidemark', VERSION, {
    upgrade: (db, from) => {
      if (from < 1) db.createObjectStore('phone')
      if (from < 2) {
        db.createObjectStore('access')
        db.createObjectStore('entries', { keyPath: 'id' })
        db.createObjectStore('photos', { keyPath: ['entryId', 'sha256'] }).createIndex('entryId', 'entryId')
      }
    },
    // A newer page in another tab wants to change it: this one makes way, and opens it again when it needs it.
    blocking: (_current, _next, event) => {
      opened = undefined
      if (event.target instanceof IDBDatabase) event.target.close()
    },
    terminated: () => {
      opened = undefined
    },
  })
}
