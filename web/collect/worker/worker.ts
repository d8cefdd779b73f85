import { courierFor, loadAccess } from '../kept/access.ts'
import { openChannel } from '../sending/channel.ts'
import { drain } from '../sending/drain.ts'
import { heldForMs } from '../kept/entries.ts'
import { allEntries } from '../kept/shelf.ts'

/**
 * The form without a network: this worker keeps every file of it from the first visit on and serves them from there, so
 * that opening it never waits for a signal. A new version is fetched whole behind the scenes, and is what opens next.
 *
 * Where the browser has Background Sync, it also sends what waits when the page is closed.
 */
declare const self: ServiceWorkerGlobalScope

/** What the form consists of, and a hash over all of it; both put in by the build (infra/site.ts). */
declare const FILES: readonly string[]
declare const VERSION: string

const PAGE = '/collect/'
const PREFIX = 'tidemark-form-'
const CACHE = PREFIX + VERSION

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles().then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOld().then(() => self.clients.claim()))
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || !FILES.includes(pathname)) return
  event.respondWith(kept(pathname, request))
})
self.addEventListener('sync', (event) => {
  if (event instanceof ExtendableEvent) event.waitUntil(sendWhatWaits())
})

/** All or nothing: a form of which a part is missing would not open. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE)
  // The page may lie in the browser's own cache in an older version than its files.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: file === PAGE ? 'reload' : 'default' })))
}

async function forgetOld(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function kept(pathname: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(pathname)) ?? fetch(request)
}

/** Rejects where something is left to send, so that the browser tries again later. */
async function sendWhatWaits(): Promise<void> {
  const access = await loadAccess()
  if (!access) return
  // The browser may ask at once: what was saved just now can still be undone.
  const now = new Date()
  const heldMs = Math.max(0, ...(await allEntries()).map((entry) => heldForMs(entry, now)))
  await new Promise((resolve) => setTimeout(resolve, heldMs))
  const tellPages = openChannel()
  const rest = await drain(courierFor(access), (id, is) => tellPages({ is, id }))
  if (rest.is === 'waiting' && (rest.why === 'network' || rest.why === 'busy'))
    throw new Error(`Not all was sent: ${rest.why}`)
}
