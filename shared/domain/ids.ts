/**
 * Identifiers. A batch or run id is one letter for its kind and twelve Crockford base32 characters (60 bits),
 * so it survives being read aloud, typed in lower case, or written with O for 0 and I or L for 1.
 * An event id is its home's id and its place in that home's history: `B7K3M9QXT2ABC-1`.
 */
export const ID_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BODY_LENGTH = 12

/** One letter per kind of thing that has a history. */
export const ID_KINDS = {
  batch: 'B',
  run: 'R',
  shipment: 'S',
  certificate: 'C',
  period: 'P',
  erasure: 'X',
} as const

/** One letter per kind of record of who may do what; these have no history. */
export const IDENTITY_ID_KINDS = {
  key: 'K',
  member: 'M',
  invitation: 'N',
  enrolment: 'E',
  device: 'D',
  grant: 'G',
} as const

export type IdKind = keyof typeof ID_KINDS

const KINDS_BY_LETTER: ReadonlyMap<string, IdKind> = new Map([
  ['B', 'batch'],
  ['R', 'run'],
  ['S', 'shipment'],
  ['C', 'certificate'],
  ['P', 'period'],
  ['X', 'erasure'],
])

/** What an id is the id of, by its first letter. */
export function kindOfId(id: string): IdKind | undefined {
  return KINDS_BY_LETTER.get(id.charAt(0))
}

export const BATCH_ID_PATTERN: RegExp = /^B[0-9A-HJKMNP-TV-Z]{12}$/
export const RUN_ID_PATTERN: RegExp = /^R[0-9A-HJKMNP-TV-Z]{12}$/
export const SHIPMENT_ID_PATTERN: RegExp = /^S[0-9A-HJKMNP-TV-Z]{12}$/
export const ERASURE_ID_PATTERN: RegExp = /^X[0-9A-HJKMNP-TV-Z]{12}$/
export const EVENT_ID_PATTERN: RegExp = /^[BRSCP][0-9A-HJKMNP-TV-Z]{12}-[1-9]\d{0,5}$/

/**
 * Makes an id from at least 8 bytes, which the caller draws at random or takes from a hash. Equal bytes give equal
 * ids: that is how a resent command finds what its first sending made.
 */
export function idFromBytes(kind: IdKind | keyof typeof IDENTITY_ID_KINDS, bytes: Uint8Array): string {
  if (bytes.length < 8) throw new RangeError(`an id needs 8 bytes, got ${bytes.length}`)
  let number = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0) & ((1n << 60n) - 1n)
  let body = ''
  for (let i = 0; i < BODY_LENGTH; i++) {
    body = ID_ALPHABET.charAt(Number(number & 31n)) + body
    number >>= 5n
  }
  return { ...ID_KINDS, ...IDENTITY_ID_KINDS }[kind] + body
}

/** Into which of so many parts an id falls. Ids are hashes, so where `parts` divides 32 all parts get alike many. */
export const partOf = (id: string, parts: number): number => ID_ALPHABET.indexOf(id.slice(-1)) % parts

/**
 * The id in groups, as people compare, say and type it: `B-7K3M-9QXT-2ABC`. The one notation of form, page and paper.
 */
export function groupedId(id: string): string {
  return [id.slice(0, 1), id.slice(1, 5), id.slice(5, 9), id.slice(9)]
    .filter((group) => group !== '')
    .join('-')
}

/** Reads an id as people type it: any case, O for 0, I and L for 1, hyphens and spaces anywhere. Undefined if it is none. */
export function readBatchId(text: string): string | undefined {
  const typed = text.toUpperCase().replaceAll(/[-\s]/g, '')
  if (!typed.startsWith(ID_KINDS.batch)) return undefined
  const id = ID_KINDS.batch + typed.slice(1).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return BATCH_ID_PATTERN.test(id) ? id : undefined
}

export function eventId(homeId: string, sequence: number): string {
  return `${homeId}-${sequence}`
}
