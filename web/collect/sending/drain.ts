import type { Courier } from './courier.ts'
import { askTime, serverAheadMs } from './clock.ts'
import { isDue, massKgOf, onServerTime, type Entry } from '../kept/entries.ts'
import type { KeptPhoto } from '../photos/kept-photo.ts'
import { keyOf, nextJob } from './next-job.ts'
import type { Rest } from './rest.ts'
import { askReceived, sendPhoto, type Reply } from './send.ts'
import { allEntries, allFiles, changeEntry, dropFile, refuseFile, settleEntry } from '../kept/shelf.ts'

/**
 * Sends what waits on this phone, one after the other: entries first and oldest first, then thumbnails, then originals,
 * which may be large. What is sent is chosen anew each time, so that an entry saved meanwhile does not wait for photos.
 *
 * It may be killed anywhere. What was sent and not noted is sent again, and counts once: an entry by its id and its
 * signed bytes, a file by its hash. Hence two tabs at once would do no harm either; a lock spares them the work.
 */

/** Told before and after something of an entry is sent. */
export type News = (entryId: string, is: 'sending' | 'settled') => void

const NAME = 'tidemark-outbox'

/** Drains, while no other tab does. Rejects where this browser keeps nothing. */
export async function drain(courier: Courier, news: News): Promise<Rest> {
  // Missing on phones of before 2022.
  if (!('locks' in navigator)) return drainAlone(courier, news)
  return navigator.locks.request(NAME, () => drainAlone(courier, news))
}

async function drainAlone(courier: Courier, news: News): Promise<Rest> {
  const tried = new Set<string>()
  let rest: Rest = { is: 'done' }
  let isReached = false
  for (;;) {
    const [entries, files] = await Promise.all([allEntries(), allFiles()])
    const job = nextJob(entries, files, { org: courier.org, tried, failures }, new Date())
    if (!job) return rest
    if (!isReached) {
      isReached = await askTime()
      if (!isReached) return { is: 'waiting', why: 'network' }
      // That may have taken long: what was to be sent may have been undone, and saved otherwise, meanwhile.
      continue
    }
    tried.add(job.is === 'entry' ? job.entry.id : keyOf(job.file))
    const id = job.is === 'entry' ? job.entry.id : job.file.entryId
    news(id, 'sending')
    const reply = await (job.is === 'entry' ? sendEntry(job.entry, courier) : sendFile(job.file, courier))
    news(id, 'settled')
    if (reply?.is !== 'unsent') continue
    const { why, retryAfterMs } = reply
    if (job.is === 'file') failures.set(keyOf(job.file), (failures.get(keyOf(job.file)) ?? 0) + 1)
    rest = { is: 'waiting', why, ...(retryAfterMs !== undefined && { retryAfterMs }) }
    // One entry may make the server stumble and the next not; for all else the next would fare no better.
    if (why !== 'busy' || retryAfterMs !== undefined) return rest
  }
}

/** How often each file did not arrive, since this page was opened. */
const failures = new Map<string, number>()

type Sent = Reply<unknown> | undefined

async function sendEntry(found: Entry, courier: Courier): Promise<Sent> {
  const timely = onServerTime(found, serverAheadMs())
  const signed = await courier.sign(timely)
  const entry = await changeEntry(found.id, (now) =>
    // Undone and perhaps saved anew, or received by way of another tab, while it was being signed.
    isDue(now, new Date()) && now.madeAt === found.madeAt && now.packet && timely.packet
      ? {
          ...now,
          madeAt: timely.madeAt,
          attemptedAt: now.attemptedAt ?? new Date().toISOString(),
          // Kept before it is sent: should the answer be lost, the very same must be sent again.
          packet: { ...timely.packet, signed: signed ?? timely.packet.signed },
        }
      : undefined,
  )
  if (!entry?.packet) return undefined
  const reply = await answerTo(entry, courier.send(entry.id, entry.packet), courier)
  if (reply.is === 'accepted')
    await settleEntry(entry.id, {
      is: 'received',
      receipt: reply.value,
      receivedAt: new Date().toISOString(),
    })
  if (reply.is === 'refused') await settleEntry(entry.id, { is: 'refused', refusal: reply.refusal })
  return reply
}

/**
 * Refused as one that was recorded with another content: where it was signed anew since, by the same phone enrolled
 * again, it is the entry itself that is there. The server is asked, and says so or not.
 */
async function answerTo(
  entry: Entry,
  sent: ReturnType<Courier['send']>,
  courier: Courier,
): ReturnType<Courier['send']> {
  const reply = await sent
  if (reply.is !== 'refused' || reply.refusal.code !== 'idempotency-key-reused') return reply
  const there = await courier.ask((bearer) => askReceived(bearer, entry.batchId))
  if (there.is === 'unsent') return there
  return there.is === 'accepted' && isSameMass(entry, there.value.massKg) ? there : reply
}

/** What was counted has the server's mass; what was weighed must be what was weighed. */
const isSameMass = (entry: Entry, massKg: number): boolean => (massKgOf(entry) ?? massKg) === massKg

async function sendFile(file: KeptPhoto, courier: Courier): Promise<Sent | void> {
  const { sha256, mediaType, bytes, blob } = file
  // Read first: a file that the phone cannot read any more would look like a network that is down, and hold up the rest.
  const content = await blob.arrayBuffer().catch(() => undefined)
  if (!content) return refuseFile(file, 'unreadable').catch(() => ({ is: 'unsent', why: 'busy' }))
  const reply = await courier.ask((bearer) => sendPhoto(bearer, { sha256, mediaType, bytes }, content))
  if (reply.is === 'accepted') await dropFile(file)
  if (reply.is === 'refused') await refuseFile(file, reply.refusal.code)
  return reply
}
