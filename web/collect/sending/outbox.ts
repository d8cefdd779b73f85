import { courierFor, type Access } from '../kept/access.ts'
import { drain } from './drain.ts'
import type { Rest } from './rest.ts'
import { whyUnkept } from '../kept/database.ts'
import { heldForMs, inOrder, type Entry } from '../kept/entries.ts'
import type { KeptPhoto } from '../photos/kept-photo.ts'
import { openChannel } from './channel.ts'
import {
  allEntries,
  allFiles,
  changeEntry,
  keepEntry,
  putAway,
  renameEntry,
  retryFiles,
} from '../kept/shelf.ts'

/**
 * The outbox of this page: what is on the phone as the screen shows it, and when it is sent. It sends when something is
 * saved, when the network is back, when the page is shown again, after a while where the server asked for one, and where
 * the browser knows how, when the page is closed. Several tabs tell each other what changes.
 */
export interface Outbox {
  /** Newest first. */
  readonly entries: () => readonly Entry[]
  readonly find: (id: string) => Entry | undefined
  /** The files of an entry that wait. */
  readonly filesOf: (id: string) => readonly KeptPhoto[]
  readonly isSending: (id: string) => boolean
  readonly rest: () => Rest
  /** Keeps an entry; how that went. Only after `kept` may anybody be told that it is saved. */
  readonly post: (entry: Entry, photos: readonly KeptPhoto[]) => Promise<Keeping>
  /** Sends an entry without waiting any longer for somebody to undo it. */
  readonly release: (id: string) => Promise<void>
  /** Puts an entry away that was not sent yet, or was refused; undefined if it is too late. */
  readonly remove: (id: string) => Promise<Entry | undefined>
  /** Gives a refused entry another id. */
  readonly rename: (id: string, next: string) => Promise<void>
  readonly retryPhotos: (id: string) => Promise<void>
  /** Sends what waits, now. */
  readonly send: () => void
  /** Reads again what is kept. */
  readonly refresh: () => Promise<void>
}

/** `taken`: another entry has that id. */
export type Keeping = 'kept' | 'taken' | ReturnType<typeof whyUnkept>

/** Waits between tries that nobody asked for, in seconds; the last one again and again. */
const PAUSES_SECONDS = [5, 15, 30, 60, 120, 300]
const TAG = 'tidemark-outbox'

export function openOutbox(access: () => Access | undefined, changed: () => void): Outbox {
  let entries: readonly Entry[] = []
  let files: readonly KeptPhoto[] = []
  let rest: Rest = { is: 'done' }
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isWaiting = false
  const sending = new Set<string>()

  const refresh = async (): Promise<void> => {
    const read = await Promise.all([allEntries(), allFiles()]).catch(() => undefined)
    if (read) [entries, files] = [inOrder(read[0]), read[1]]
    changed()
  }
  const tellOthers = openChannel((told) => {
    if (told.is === 'sending') sending.add(told.id)
    if (told.is === 'settled') sending.delete(told.id)
    void refresh()
  })
  const tell = async (): Promise<void> => {
    tellOthers({ is: 'changed' })
    await refresh()
  }
  const wake = (afterMs: number): void => {
    clearTimeout(timer)
    timer = setTimeout(send, afterMs)
  }
  /** At most one waits while one is under way: it will see whatever was saved until it begins. */
  const send = (): void => {
    if (isWaiting) return
    isWaiting = true
    running = running.then(sendNow)
  }
  let running: Promise<void> = Promise.resolve()
  const sendNow = async (): Promise<void> => {
    isWaiting = false
    const now = access()
    if (!now) return
    const ended = await drain(courierFor(now), (id, is) => {
      if (is === 'sending') sending.add(id)
      else sending.delete(id)
      tellOthers({ is, id })
      void (is === 'settled' ? tell() : changed())
    }).catch((): Rest => ({ is: 'done' }))
    rest = ended
    failures = ended.is === 'done' ? 0 : failures + 1
    await refresh()
    const next = nextWakeMs(ended, entries, failures)
    if (next !== undefined) wake(next)
  }

  window.addEventListener('online', () => {
    failures = 0
    send()
  })
  window.addEventListener('pageshow', send)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') send()
  })
  return {
    entries: () => entries,
    find: (id) => entries.find((entry) => entry.id === id),
    filesOf: (id) => files.filter(({ entryId }) => entryId === id),
    isSending: (id) => sending.has(id),
    rest: () => rest,
    post: async (entry, photos) => {
      try {
        if (!(await keepEntry(entry, photos))) return 'taken'
      } catch (error) {
        return whyUnkept(error)
      }
      await tell()
      wake(heldForMs(entry, new Date()))
      void askForSync()
      return 'kept'
    },
    release: async (id) => {
      const entry = entries.find((one) => one.id === id)
      if (entry?.holdUntil === undefined) return
      await changeEntry(id, ({ holdUntil: _over, ...rest }) => rest)
      send()
    },
    remove: async (id) => {
      const entry = await putAway(id)
      await tell()
      return entry
    },
    rename: async (id, next) => {
      await renameEntry(id, next)
      await tell()
    },
    retryPhotos: async (id) => {
      await retryFiles(id)
      await tell()
      send()
    },
    send: () => {
      // Seen at once, so that whoever asks for it knows that it is being tried.
      rest = { is: 'done' }
      changed()
      send()
    },
    refresh,
  }
}

/** When to try again: when the next entry's time to be undone is over, or after a pause that grows. */
export function nextWakeMs(rest: Rest, entries: readonly Entry[], failures: number): number | undefined {
  const now = new Date()
  const held = entries.filter(({ state }) => state.is === 'kept').map((entry) => heldForMs(entry, now))
  const soonest = held.filter((ms) => ms > 0).toSorted((a, b) => a - b)[0]
  if (rest.is === 'done') return soonest
  const pause = PAUSES_SECONDS[Math.min(failures, PAUSES_SECONDS.length) - 1] ?? 0
  return Math.max(rest.retryAfterMs ?? 0, pause * 1000)
}

/** Where the browser has Background Sync, it wakes the service worker once there is a network, page or no page. */
async function askForSync(): Promise<void> {
  try {
    const ready: ServiceWorkerRegistration & { readonly sync?: Sync } = await navigator.serviceWorker.ready
    await ready.sync?.register(TAG)
  } catch {
    // The page sends it as soon as it is opened again.
  }
}

/** Not in the standard library's types: https://wicg.github.io/background-sync/spec/ */
interface Sync {
  readonly register: (tag: string) => Promise<void>
}
