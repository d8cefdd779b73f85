/** Files as cameras write them, as far as their EXIF goes: the bytes of a TIFF, of a JPEG and of a HEIC around it. */
export interface Told {
  readonly takenAt?: string
  readonly offset?: string
  /** Degrees, minutes and hundredths of seconds, with the letter of the half of the globe. */
  readonly lat?: readonly [ref: string, degrees: number, minutes: number, hundredths: number]
  readonly lon?: readonly [ref: string, degrees: number, minutes: number, hundredths: number]
  /** How the picture is to be turned: 6 for a phone held upright. */
  readonly orientation?: number
}

export type Bytes = Uint8Array<ArrayBuffer>

const bytesOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))
const u16 = (value: number): number[] => [value >> 8, value & 255]
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 65535)]

/** One field of a directory: its tag, type, count, and value. */
type Field = readonly [tag: number, type: number, count: number, value: readonly number[]]

const text = (tag: number, value: string): Field => [tag, 2, value.length + 1, [...bytesOf(value), 0]]
const long = (tag: number, value: number, order: Order): Field => [tag, 4, 1, order.u32(value)]
const angle = (tag: number, [, ...parts]: NonNullable<Told['lat']>, { u32 }: Order): Field => [
  tag,
  5,
  3,
  parts.flatMap((part, index) => [...u32(part), ...u32(index === 2 ? 100 : 1)]),
]

interface Order {
  readonly u16: typeof u16
  readonly u32: typeof u32
}
const ORDERS = {
  MM: { u16, u32 },
  II: { u16: (value: number) => u16(value).toReversed(), u32: (value: number) => u32(value).toReversed() },
} as const

/** The bytes of a directory that stands at `start`, with the values that are too long for it behind. */
function directory(fields: readonly Field[], start: number, { u16, u32 }: Order): number[] {
  let next = start + 2 + fields.length * 12 + 4
  const behind: number[] = []
  const entries = fields.flatMap(([tag, type, count, value]) => {
    const head = [...u16(tag), ...u16(type), ...u32(count)]
    if (value.length <= 4) return [...head, ...value, ...Array.from({ length: 4 - value.length }, () => 0)]
    const at = next
    next += value.length
    behind.push(...value)
    return [...head, ...u32(at)]
  })
  return [...u16(fields.length), ...entries, ...u32(0), ...behind]
}

export function tiffOf(told: Told, byteOrder: keyof typeof ORDERS = 'MM'): Bytes {
  const order = ORDERS[byteOrder]
  const { takenAt, offset, lat, lon, orientation = 1 } = told
  const camera = [
    ...(takenAt === undefined ? [] : [text(0x9003, takenAt)]),
    ...(offset === undefined ? [] : [text(0x9011, offset)]),
  ]
  const gps = [
    ...(lat ? [text(1, lat[0]), angle(2, lat, order)] : []),
    ...(lon ? [text(3, lon[0]), angle(4, lon, order)] : []),
  ]
  const cameraAt = 8 + 2 + 3 * 12 + 4
  const cameraBytes = directory(camera, cameraAt, order)
  const gpsAt = cameraAt + cameraBytes.length
  const main: Field[] = [
    [0x0112, 3, 1, order.u16(orientation)],
    long(0x8769, cameraAt, order),
    long(0x8825, gpsAt, order),
  ]
  return Uint8Array.from([
    ...bytesOf(byteOrder),
    ...order.u16(42),
    ...order.u32(8),
    ...directory(main, 8, order),
    ...cameraBytes,
    ...directory(gps, gpsAt, order),
  ])
}

/** Puts EXIF into a JPEG, before everything else but the first marker; of no JPEG, so many bytes are a picture of nothing. */
export function jpegWith(tiff: Uint8Array, jpeg: Uint8Array = Uint8Array.of(0xff, 0xd8, 0xff, 0xda)): Bytes {
  const segment = [0xff, 0xe1, ...u16(8 + tiff.length), ...bytesOf('Exif\0\0'), ...tiff]
  return Uint8Array.from([...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2)])
}

const box = (type: string, ...body: readonly (readonly number[])[]): number[] => {
  const all = body.flat()
  return [...u32(8 + all.length), ...bytesOf(type), ...all]
}

/** How the list of items is written, which differs from phone to phone. */
export interface Making {
  readonly brand?: string
  readonly infe?: 2 | 3
  readonly iloc?: 0 | 1 | 2
  /** So many bytes of picture come before the EXIF. */
  readonly picture?: number
}

/** A HEIC without a picture that could be seen: a list of two items, the picture, and the EXIF behind it. */
export function heicWith(tiff: Uint8Array, making: Making = {}): Bytes {
  const { brand = 'heic', infe = 2, iloc = 1, picture = 1000 } = making
  const id = iloc === 2 ? u32 : u16
  const item = (number: number, type: string): number[] =>
    box('infe', [infe, 0, 0, 0], infe === 3 ? u32(number) : u16(number), u16(0), bytesOf(type), [0])
  const exif = [...u32(6), ...bytesOf('Exif\0\0'), ...tiff]
  const file = (exifAt: number): number[] => {
    const place = (number: number, at: number, length: number): number[] => [
      ...id(number),
      ...(iloc === 0 ? [] : u16(0)),
      ...u16(0),
      ...u16(1),
      ...u32(at),
      ...u32(length),
    ]
    const ftyp = box('ftyp', bytesOf(brand), u32(0), bytesOf('mif1'), bytesOf(brand))
    const items = box('iinf', [0, 0, 0, 0], u16(2), item(1, 'hvc1'), item(2, 'Exif'))
    const places = box(
      'iloc',
      [iloc, 0, 0, 0],
      [0x44, 0],
      id(2),
      place(1, exifAt - picture, picture),
      place(2, exifAt, exif.length),
    )
    const meta = box('meta', [0, 0, 0, 0], box('hdlr', bytesOf('....pict')), items, places)
    const pixels = Array.from({ length: picture }, (_, index) => index % 251)
    return [...ftyp, ...meta, ...box('mdat', pixels, exif)]
  }
  const exifAt = file(0).length - exif.length
  return Uint8Array.from(file(exifAt))
}
