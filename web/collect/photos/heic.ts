import { textAt, viewOf, type Source } from './source.ts'

/**
 * Finds the EXIF in a HEIC, which is boxes in boxes (ISO 14496-12): `meta` lists the items of the file and where in it
 * each lies, and one of them is EXIF.
 */

/** Larger lists, and larger EXIF, no camera writes. */
const MAX_BYTES = 1_048_576
/** More boxes than any HEIC has before that list. */
const MAX_BOXES = 32

/** The TIFF; undefined where there is none, or boxes are not what they should be. */
export async function exifInHeic(source: Source): Promise<Uint8Array | undefined> {
  const meta = await metaIn(source)
  // After four bytes of version and flags.
  const boxes = meta && boxesIn(meta, 4)
  const items = boxes?.find(({ type }) => type === 'iinf')?.body
  const places = boxes?.find(({ type }) => type === 'iloc')?.body
  const id = items && lenient(() => exifItemIn(items))
  const place = places && id !== undefined ? lenient(() => placeOf(id, places)) : undefined
  if (!place || place.length < 8 || place.length > MAX_BYTES) return undefined
  const block = await source.read(place.start, place.start + place.length)
  // ISO 23008-12, A.2.1: first how many bytes come before the TIFF, mostly those of `Exif\0\0`.
  return block.length < 4 ? undefined : block.subarray(4 + viewOf(block).getUint32(0))
}

/** Goes from box to box of the file, each of which says how long it is, up to the one of properties. */
async function metaIn({ size, read }: Source): Promise<Uint8Array | undefined> {
  let at = 0
  for (let count = 0; count < MAX_BOXES && at + 8 <= size; count++) {
    const head = await read(at, at + 16)
    const { type, length, start } = boxAt(head, 0, size - at)
    if (length < start) return undefined
    if (type === 'meta') return length > MAX_BYTES ? undefined : read(at + start, at + length)
    at += length
  }
  return undefined
}

interface Box {
  readonly type: string
  readonly body: Uint8Array
}

function boxesIn(bytes: Uint8Array, from: number): Box[] {
  const boxes: Box[] = []
  for (let at = from; at + 8 <= bytes.length;) {
    const { type, length, start } = boxAt(bytes, at, bytes.length - at)
    if (length < start) break
    boxes.push({ type, body: bytes.subarray(at + start, at + length) })
    at += length
  }
  return boxes
}

/** The head of a box (ISO 14496-12, 4.2): its length with the head, 1 if a long one follows, 0 for all that is left. */
function boxAt(bytes: Uint8Array, at: number, left: number) {
  const view = viewOf(bytes)
  const type = textAt(bytes, at + 4, 4)
  const short = at + 8 <= bytes.length ? view.getUint32(at) : 2
  if (short !== 1) return { type, length: short === 0 ? left : short, start: 8 }
  const long = at + 16 <= bytes.length ? view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12) : 0
  return { type, length: long, start: 16 }
}

/** The id of the item that is EXIF (ISO 14496-12, 8.11.6). */
function exifItemIn(items: Uint8Array): number | undefined {
  const entries = boxesIn(items, items[0] === 0 ? 6 : 8).filter(({ type }) => type === 'infe')
  for (const { body } of entries) {
    const isWide = body[0] === 3
    if (body[0] !== 2 && !isWide) continue
    if (textAt(body, isWide ? 10 : 8, 4) === 'Exif')
      return isWide ? viewOf(body).getUint32(4) : viewOf(body).getUint16(4)
  }
  return undefined
}

/** Where in the file an item lies (ISO 14496-12, 8.11.3). Throws a RangeError beyond the bytes. */
function placeOf(
  id: number,
  bytes: Uint8Array,
): { readonly start: number; readonly length: number } | undefined {
  const view = viewOf(bytes)
  const version = view.getUint8(0)
  let at = 4
  const next = (size: number): number => {
    at += size
    if (size === 0) return 0
    if (size === 8) return view.getUint32(at - 8) * 2 ** 32 + view.getUint32(at - 4)
    return size === 2 ? view.getUint16(at - 2) : view.getUint32(at - 4)
  }
  const [sizes, moreSizes] = [view.getUint8(4), view.getUint8(5)]
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, moreSizes >> 4]
  const indexSize = version === 0 ? 0 : moreSizes & 15
  if ([offsetSize, lengthSize, baseSize, indexSize].some((size) => ![0, 4, 8].includes(size)))
    return undefined
  at = 6
  const idSize = version < 2 ? 2 : 4
  for (let left = next(idSize); left > 0; left--) {
    const item = next(idSize)
    const isInFile = version === 0 || (next(2) & 15) === 0
    next(2)
    const base = next(baseSize)
    const extents = next(2)
    const firstAt = at
    if (item !== id) {
      at = firstAt + extents * (indexSize + offsetSize + lengthSize)
      continue
    }
    next(indexSize)
    const start = base + next(offsetSize)
    // In several pieces, or within another box, no camera writes it.
    return isInFile && extents === 1 ? { start, length: next(lengthSize) } : undefined
  }
  return undefined
}

/** What reads beyond its bytes has read nothing. */
function lenient<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
