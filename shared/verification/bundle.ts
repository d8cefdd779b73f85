import { checked, fault, shown, type Checked } from '../ledger/checked.ts'
import { sha256OfText } from '../ledger/hash.ts'
import type { PublicKey } from '../ledger/jws.ts'
import type { Opening } from '../ledger/seal.ts'

/**
 * The bundle: all that a stranger needs to check a batch's history, as JSON Lines, each ended by a newline.
 *
 *     {"bundle":"tidemark/1","batch":"B…","head":"<hash of its last event>","proof":"c2sp.org/tlog-proof@v1\n…"}
 *     {"data":{…},"home":"B…","id":"B…-1",…,"type":"PickupRecorded","v":1}
 *     {"signed":{"event":"<hash>","opening":{"salt":"…","value":"<JWS>"},"key":{…}}}
 *     {"next":"<cursor>"}
 *     {"end":{"events":7}}
 *
 * The header comes first. An event's line is its canonical JSON, the very bytes that were hashed. Events may come in any
 * order, and twice. `next` ends a page that others follow, of which each but the first may leave the header out; `end` ends
 * the last. All lines of all pages, one after the other, are a bundle too, which is what a saved file is.
 *
 * What must be in it is for the reader to find, see lineage.ts: to send the whole history of every batch and run that the
 * batch was made of is always enough. What no chain leads to is passed over.
 */
export const BUNDLE_TYPE = 'application/jsonl'
export const BUNDLE_VERSION = 'tidemark/1'

export interface BundleHeader {
  readonly batch: string
  /** Hex hash of the batch's last event. */
  readonly head: string
  /** That the log has this event: a proof of c2sp.org/tlog-proof. */
  readonly proof: string
  /** Absent of a bundle that is whole. */
  readonly sample?: Sample
}

/** Which of the pickups are in it: by a share of all, and by what the reader, not the sender, has drawn lots with. */
export interface Sample {
  /** More than 0, at most 1. */
  readonly share: number
  readonly seed: string
}

/** What a collector's device signed, for readers who may see what the event has sealed. */
export interface SignedEntry {
  /** Hex hash of the PickupRecorded. */
  readonly event: string
  readonly opening: Opening
  readonly key: PublicKey
}

export type BundleLine =
  | { readonly kind: 'header'; readonly header: BundleHeader }
  | { readonly kind: 'event'; readonly text: string; readonly value: object }
  | { readonly kind: 'signed'; readonly signed: SignedEntry }
  | { readonly kind: 'next'; readonly cursor: string }
  /** `events`: how many different ones there are in all pages, where the sender knows. */
  | { readonly kind: 'end'; readonly events?: number }

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

export const printHeader = ({ batch, head, proof, sample }: BundleHeader): string =>
  line({ bundle: BUNDLE_VERSION, batch, head, proof, ...(sample && { sample }) })

/** The line of an event, given its canonical JSON. */
export const printEvent = (text: string): string => `${text}\n`

export const printSigned = (signed: SignedEntry): string => line({ signed })

export const printNext = (cursor: string): string => line({ next: cursor })

export const printEnd = (events?: number): string => line({ end: events === undefined ? true : { events } })

/** Reads one line, without its newline. Of an event it says only that it calls itself one; event-shape.ts says more. */
export function parseLine(text: string): Checked<BundleLine> {
  const value = jsonOf(text)
  if (!isRecord(value)) return fault(`a line must be a JSON object; given: ${shown(text)}`)
  if (typeof value['type'] === 'string') return checked({ kind: 'event', text, value })
  if ('bundle' in value) return headerOf(value)
  if ('signed' in value) return signedOf(value['signed'])
  if ('next' in value) {
    const cursor = value['next']
    return isText(cursor) ? checked({ kind: 'next', cursor }) : fault('next must be a cursor')
  }
  if ('end' in value) return endOf(value['end'])
  return fault(`a line must be a header, an event, a signed entry, next or end; given: ${shown(text)}`)
}

function headerOf(value: Members): Checked<BundleLine> {
  const { bundle, batch, head, proof, sample } = value
  if (bundle !== BUNDLE_VERSION)
    return fault(`a bundle must be ${BUNDLE_VERSION}; given: ${shown(String(bundle))}`)
  if (!isText(batch) || !isHash(head) || !isText(proof))
    return fault('a header must have the batch, the hash of its last event, and a proof')
  if (sample === undefined) return checked({ kind: 'header', header: { batch, head, proof } })
  if (!isSample(sample)) return fault('a sample must have a share, more than 0 and at most 1, and a seed')
  return checked({ kind: 'header', header: { batch, head, proof, sample } })
}

function signedOf(value: unknown): Checked<BundleLine> {
  const wrong = fault('a signed entry must have the hash of its event, an opening and a key on P-256')
  if (!isRecord(value)) return wrong
  const { event, opening, key } = value
  if (!isHash(event) || !isRecord(opening) || !isRecord(key)) return wrong
  const { salt } = opening
  const { kty, crv, x, y } = key
  if (!isText(salt) || kty !== 'EC' || crv !== 'P-256' || !isText(x) || !isText(y)) return wrong
  const signed = { event, opening: { salt, value: opening['value'] }, key: { kty, crv, x, y } } as const
  return checked({ kind: 'signed', signed })
}

function endOf(end: unknown): Checked<BundleLine> {
  if (end === true) return checked({ kind: 'end' })
  const events = isRecord(end) ? end['events'] : undefined
  return typeof events === 'number' && Number.isSafeInteger(events) && events > 0
    ? checked({ kind: 'end', events })
    : fault('end must be true or say how many events there are')
}

/**
 * The lines of a text that comes in pieces, without their newlines. What has no newline at its end was cut off, and is not
 * a line: the bundle then lacks its end.
 */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

/**
 * Whether a batch that begins with a pickup is in a sample: where the first 48 bits of SHA-256(seed ‖ "\n" ‖ batch), as a
 * fraction of 2^48, lie below the share.
 */
export async function isSampled(batch: string, { share, seed }: Sample): Promise<boolean> {
  const hash = await sha256OfText(`${seed}\n${batch}`)
  return hash.subarray(0, 6).reduce((number, byte) => number * 256 + byte, 0) / 2 ** 48 < share
}

export function isSample(value: unknown): value is Sample {
  if (!isRecord(value)) return false
  const { share, seed } = value
  return typeof share === 'number' && share > 0 && share <= 1 && isText(seed)
}

type Members = Readonly<Record<string, unknown>>

/** A JSON object, as a line is and what it has in it. */
export const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
