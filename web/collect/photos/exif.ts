import { textAt, viewOf } from './source.ts'

/**
 * When and where a photo was taken, as its EXIF says (CIPA DC-008: a TIFF with a directory of its own for the camera and
 * one for GPS). Pure, and made for hostile bytes: a value that does not lie within them is not there, nothing is followed
 * twice, and nothing throws.
 */
export interface Capture {
  /** UTC, ISO 8601. */
  readonly takenAt?: string
  /** WGS 84, both or neither. */
  readonly lat?: number
  readonly lon?: number
}

/** The instant (ms since 1970) of a local time such as `2026-08-05T14:30:00` where the photo was taken. */
export type Zone = (local: string) => number

const TAG = {
  camera: 0x8769,
  gps: 0x8825,
  takenAt: 0x9003,
  offset: 0x9011,
  latRef: 1,
  lat: 2,
  lonRef: 3,
  lon: 4,
} as const

/** Bytes of one value: text, number of two or four bytes, fraction. Other types hold nothing that is read here. */
const SIZES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8 }

interface Field {
  readonly type: number
  readonly count: number
  readonly at: number
}

interface Tiff {
  readonly view: DataView
  readonly isLittle: boolean
}

type Directory = ReadonlyMap<number, Field>
const NOTHING: Directory = new Map()

/** Reads a TIFF. Where the camera wrote no zone beside its time, `zone` says what it was. */
export function readExif(bytes: Uint8Array, zone: Zone): Capture {
  const view = viewOf(bytes)
  if (view.byteLength < 8) return {}
  const order = view.getUint16(0)
  const tiff = { view, isLittle: order === 0x4949 }
  if ((order !== 0x4949 && order !== 0x4d4d) || view.getUint16(2, tiff.isLittle) !== 42) return {}
  const main = directoryAt(tiff, view.getUint32(4, tiff.isLittle))
  const camera = directoryIn(tiff, main.get(TAG.camera))
  const takenAt = timeOf(textOf(tiff, camera.get(TAG.takenAt)), textOf(tiff, camera.get(TAG.offset)), zone)
  return { ...(takenAt !== undefined && { takenAt }), ...placeIn(tiff, directoryIn(tiff, main.get(TAG.gps))) }
}

function directoryAt({ view, isLittle }: Tiff, start: number): Directory {
  if (start + 2 > view.byteLength) return NOTHING
  const room = Math.floor((view.byteLength - start - 2) / 12)
  const fields = new Map<number, Field>()
  for (let entry = 0; entry < Math.min(room, view.getUint16(start, isLittle)); entry++) {
    const at = start + 2 + entry * 12
    const type = view.getUint16(at + 2, isLittle)
    const count = view.getUint32(at + 4, isLittle)
    const bytes = count * (SIZES[type] ?? Infinity)
    const value = bytes <= 4 ? at + 8 : view.getUint32(at + 8, isLittle)
    if (value + bytes <= view.byteLength) fields.set(view.getUint16(at, isLittle), { type, count, at: value })
  }
  return fields
}

function directoryIn(tiff: Tiff, field: Field | undefined): Directory {
  if (field?.type !== 4 || field.count !== 1) return NOTHING
  return directoryAt(tiff, tiff.view.getUint32(field.at, tiff.isLittle))
}

/** Text up to its final zero; what is longer than any that is read here is none of it. */
function textOf({ view }: Tiff, field: Field | undefined): string {
  if (field?.type !== 2 || field.count > 64) return ''
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  return textAt(bytes, field.at, field.count).replace(/\0[^]*$/, '')
}

/** A camera whose clock was never set says 1970 or 2000; what it says is then worth nothing. */
const EARLIEST_MS = Date.UTC(2015, 0, 1)

function timeOf(text: string, offset: string, zone: Zone): string | undefined {
  const local = text.replace(/^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/, '$1-$2-$3T$4')
  // 31 February is read as 3 March by some, and refused by others.
  const asIfUtc = Date.parse(`${local}Z`)
  if (Number.isNaN(asIfUtc) || !new Date(asIfUtc).toISOString().startsWith(local)) return undefined
  const isOffset = /^[+-](0\d|1[0-4]):[0-5]\d$/.test(offset)
  const ms = isOffset ? Date.parse(local + offset) : zone(local)
  return ms >= EARLIEST_MS ? new Date(ms).toISOString() : undefined
}

function placeIn(tiff: Tiff, gps: Directory): Pick<Capture, 'lat' | 'lon'> {
  const lat = signed(degreesOf(tiff, gps.get(TAG.lat)), textOf(tiff, gps.get(TAG.latRef)), 'NS')
  const lon = signed(degreesOf(tiff, gps.get(TAG.lon)), textOf(tiff, gps.get(TAG.lonRef)), 'EW')
  // A receiver without a fix writes 0, 0, or a pole.
  const isAnywhere = Math.abs(lat) < 89.9 && Math.abs(lon) <= 180 && Math.abs(lat) + Math.abs(lon) > 0.001
  return isAnywhere ? { lat: rounded(lat), lon: rounded(lon) } : {}
}

/** Degrees, minutes and seconds, as three fractions; NaN where they are not that. */
function degreesOf({ view, isLittle }: Tiff, field: Field | undefined): number {
  if (field?.type !== 5 || field.count !== 3) return NaN
  const [degrees = NaN, minutes = NaN, seconds = NaN] = [0, 8, 16].map((at) => {
    const part = field.at + at
    return view.getUint32(part, isLittle) / view.getUint32(part + 4, isLittle)
  })
  return degrees + minutes / 60 + seconds / 3600
}

const signed = (degrees: number, ref: string, [positive, negative]: string): number =>
  ref === positive ? degrees : ref === negative ? -degrees : NaN

/** To about ten centimetres, which is finer than any phone knows. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
