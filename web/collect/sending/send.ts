import {
  readOrganisation,
  readReceipt,
  readReceived,
  readRefusal,
  readUpload,
  type Organisation,
  type Receipt,
  type Refusal,
} from './answers.ts'
import { readBecame, type Became } from '../shown/became.ts'
import type { PickupBody } from '../form/entry.ts'
import type { KeptPhoto } from '../photos/kept-photo.ts'
import type { Unsent } from './rest.ts'
import { readOwnDevice, type OwnDevice } from './answers.ts'

/** Talking to the server. Every answer is a value: accepted, refused for a reason, or not known to have arrived. */
export type Reply<T> =
  | { readonly is: 'accepted'; readonly value: T }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | { readonly is: 'unsent'; readonly why: Unsent; readonly retryAfterMs?: number }

const PATIENCE_MS = 30_000
const UPLOAD_PATIENCE_MS = 120_000
/** Nobody at sea should wait a day because of a slip; and timers of browsers overflow after 24 days. */
const LONGEST_PAUSE_MS = 3_600_000
/** 20 KB/s; a network below that will hardly carry a photo at all. */
const SLOWEST_BYTES_PER_MS = 20

/** Who the key belongs to. */
export async function askOrganisation(key: string): Promise<Reply<Organisation>> {
  return await ask('/v1/organisation', { headers: bearer(key), cache: 'no-store' }, readOrganisation)
}

/** Sends an entry under its id, so that sending it again is harmless. */
export async function sendPickup(key: string, id: string, body: PickupBody): Promise<Reply<Receipt>> {
  const headers = { ...bearer(key), 'Content-Type': 'application/json', 'Idempotency-Key': id }
  return await ask('/v1/pickups', { method: 'POST', headers, body: JSON.stringify(body) }, readReceipt)
}

/** Sends an entry as this phone has signed it; the signature is all the credential it needs. */
export async function sendSigned(id: string, entry: string): Promise<Reply<Receipt>> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': id }
  const init = { method: 'POST', headers, body: JSON.stringify({ entry }) }
  return await ask('/v1/signed-pickups', init, readReceipt, 'device')
}

/** Registers this phone with a station's code. */
export async function sendEnrolment(id: string, body: object): Promise<Reply<OwnDevice>> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': id }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  return await ask('/v1/devices', init, readOwnDevice, 'device')
}

/** What this phone is enrolled as, if it still is. */
export async function askDevice(token: string): Promise<Reply<OwnDevice>> {
  const init: RequestInit = { headers: bearer(token), cache: 'no-store' }
  return await ask('/v1/devices/me', init, readOwnDevice, 'device')
}

/** The receipt of an entry that was received before. */
export async function askReceived(key: string, batchId: string): Promise<Reply<Receipt>> {
  const init = { headers: bearer(key), cache: 'no-store' } as const
  return await ask(`/v1/batches/${batchId}/became`, init, readReceived)
}

/** What became of a batch that this phone's organisation collected. */
export async function askBecame(key: string, batchId: string): Promise<Reply<Became>> {
  const read = (value: unknown): Became | undefined => readBecame(value, new Date().toISOString())
  return await ask(`/v1/batches/${batchId}/became`, { headers: bearer(key), cache: 'no-store' }, read)
}

/** Sends one file: asks where to, then puts it there. */
export async function sendPhoto(key: string, claim: PhotoFile, body: ArrayBuffer): Promise<Reply<true>> {
  const headers = { ...bearer(key), 'Content-Type': 'application/json' }
  const reply = await ask('/v1/photos', { method: 'POST', headers, body: JSON.stringify(claim) }, readUpload)
  if (reply.is !== 'accepted') return reply
  const { method, url, headers: asked } = reply.value
  try {
    const patienceMs = UPLOAD_PATIENCE_MS + claim.bytes / SLOWEST_BYTES_PER_MS
    const { ok } = await patiently(url, { method, headers: asked, body }, patienceMs)
    // Storage says no when a link has grown old on the way, or is overloaded; neither is the photo's fault.
    return ok ? { is: 'accepted', value: true } : { is: 'unsent', why: 'busy' }
  } catch {
    return { is: 'unsent', why: 'network' }
  }
}

/** What a file is announced as. */
export type PhotoFile = Pick<KeptPhoto, 'sha256' | 'mediaType' | 'bytes'>

function bearer(key: string): { readonly Authorization: string } {
  return { Authorization: `Bearer ${key}` }
}

async function ask<T>(
  path: string,
  init: RequestInit,
  read: (value: unknown) => T | undefined,
  unknown: 'key' | 'device' = 'key',
): Promise<Reply<T>> {
  let answer: Response
  let value: unknown
  try {
    answer = await patiently(path, init, PATIENCE_MS)
    value = await answer.json().catch(() => undefined)
  } catch {
    return { is: 'unsent', why: 'network' }
  }
  if (answer.status === 401) return { is: 'unsent', why: unknown }
  if (answer.ok) {
    const accepted = read(value)
    return accepted === undefined ? { is: 'unsent', why: 'network' } : { is: 'accepted', value: accepted }
  }
  // Only the service's own word is final; what a proxy or an overloaded server says is worth another try.
  const refusal = readRefusal(value)
  const isPassing = answer.status === 429 || answer.status >= 500 || refusal?.code === 'busy'
  // Of whoever sends it, and not of what is sent: it goes when that is over.
  if (refusal?.code === 'organisation-suspended') return { is: 'unsent', why: 'suspended' }
  if (refusal && !isPassing) return { is: 'refused', refusal }
  const seconds = Number(answer.headers.get('Retry-After') ?? Number.NaN)
  const retryAfterMs = Math.min(seconds * 1000, LONGEST_PAUSE_MS)
  return { is: 'unsent', why: 'busy', ...(seconds > 0 && { retryAfterMs }) }
}

/** Fetch that gives up: on a boat, a request can otherwise hang for as long as the radio hopes. */
async function patiently(url: string, init: RequestInit, patienceMs: number): Promise<Response> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patienceMs)
  try {
    const answer = await fetch(url, { ...init, signal: stop.signal })
    // The body is awaited here as well, so that the timer covers it.
    return new Response(await answer.blob(), { status: answer.status, headers: answer.headers })
  } finally {
    clearTimeout(timer)
  }
}
