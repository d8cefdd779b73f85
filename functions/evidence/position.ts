import { ID_ALPHABET, kindOfId } from '../../shared/domain/ids.ts'

/**
 * Where a walk along a lineage stands, small enough to travel in a cursor, so that any process goes on with any page.
 *
 * `path` is the way down from the batch, in numbers alone: the place in a batch's history; where that leads to the run that
 * made it, the place in the run's history and which of the batches that the event there touches (0 for the event itself);
 * then the place in that batch's history; and so on. Every id is read anew on the way, so a path leads nowhere but up the
 * lineage of the batch that was asked for, whoever wrote it.
 *
 * `done` is what the walk must remember: the batches and runs that can be met again by another way and were given. What is
 * used once needs no memory, and that is most of any lineage. Where it is more than fits, the oldest is forgotten; what is
 * met again then is given again, which costs bytes and does no harm.
 */
export interface Position {
  readonly path: readonly number[]
  readonly done: ReadonlySet<string>
  /** Events that several batches share, such as a load of forty: given last, and so likely to be met again soon. */
  readonly shared: ReadonlySet<string>
}

export const MOST_DONE = 320
export const MOST_SHARED = 120
const MOST_DEPTH = 400

/** The position as bytes: three lists of numbers, ids as the 60 bits that they are. */
export function packPosition({ path, done, shared }: Position): Uint8Array {
  const bytes: number[] = []
  const put = (value: number): void => {
    let left = value
    for (; left > 127; left = Math.floor(left / 128)) bytes.push(128 + (left % 128))
    bytes.push(left)
  }
  const putSubject = (id: string): void => {
    bytes.push(id.charCodeAt(0))
    let bits = 0n
    for (const letter of id.slice(1)) bits = bits * 32n + BigInt(ID_ALPHABET.indexOf(letter))
    for (let shift = 56n; shift >= 0n; shift -= 8n) bytes.push(Number((bits >> shift) & 255n))
  }
  put(path.length)
  path.forEach(put)
  put(done.size)
  done.forEach(putSubject)
  put(shared.size)
  for (const event of shared) {
    putSubject(event.slice(0, ID_LENGTH))
    put(Number(event.slice(ID_LENGTH + 1)))
  }
  return Uint8Array.from(bytes)
}

const ID_LENGTH = 13

/** Reads what {@link packPosition} wrote; undefined for anything else. */
export function unpackPosition(bytes: Uint8Array): Position | undefined {
  let at = 0
  const take = (): number => {
    for (let value = 0, unit = 1; unit < 2 ** 42; unit *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) return Number.NaN
      value += (byte % 128) * unit
      if (byte < 128) return value
    }
    return Number.NaN
  }
  const takeSubject = (): string => {
    const letter = String.fromCharCode(bytes[at++] ?? 0)
    let bits = 0n
    for (let n = 0; n < 8; n++) bits = bits * 256n + BigInt(bytes[at++] ?? 0)
    let body = ''
    for (let n = 0; n < ID_LENGTH - 1; n++, bits >>= 5n) body = ID_ALPHABET.charAt(Number(bits & 31n)) + body
    return letter + body
  }
  const list = <T>(most: number, one: () => T): T[] | undefined => {
    const length = take()
    return length <= most ? Array.from({ length }, one) : undefined
  }
  const path = list(MOST_DEPTH, take)
  const done = list(MOST_DONE, takeSubject)
  const shared = list(MOST_SHARED, () => `${takeSubject()}-${take()}`)
  if (!path || !done || !shared || at !== bytes.length) return undefined
  const isWhole = path.length > 0 && path.every(Number.isSafeInteger)
  const areIds = [...done, ...shared].every((id) => kindOfId(id) !== undefined)
  return isWhole && areIds ? { path, done: new Set(done), shared: new Set(shared) } : undefined
}

export const START: Position = { path: [], done: new Set(), shared: new Set() }
