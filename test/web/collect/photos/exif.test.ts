import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exifIn } from '../../../../web/collect/photos/exif-block.ts'
import { readExif, type Capture, type Zone } from '../../../../web/collect/photos/exif.ts'
import { heicWith, jpegWith, tiffOf, type Making, type Told } from './camera.ts'

/** What a photo says of when and where it was taken, by its bytes. */
const TAKEN = '2026:08:05 14:29:58'
const told: Told = {
  takenAt: TAKEN,
  offset: '+08:00',
  lat: ['N', 28, 16, 1805],
  lon: ['E', 121, 36, 5544],
}
const capture: Capture = { takenAt: '2026-08-05T06:29:58.000Z', lat: 28.271681, lon: 121.6154 }

const inChina: Zone = (local) => Date.parse(`${local}+08:00`)
const read = (change: Told): Capture => readExif(tiffOf({ ...told, ...change }), inChina)

/** A file of which is noted how much was read. */
function sourceOf(bytes: Uint8Array) {
  const reads: number[] = []
  const read = async (start: number, end: number) => {
    const part = bytes.slice(start, end)
    reads.push(part.length)
    return part
  }
  return { size: bytes.length, read, reads }
}
async function captureOf(bytes: Uint8Array): Promise<Capture> {
  const block = await exifIn(sourceOf(bytes))
  return block ? readExif(block, inChina) : {}
}

describe('EXIF', () => {
  it.each(['MM', 'II'] as const)('says when and where, in either byte order: %s', (order) => {
    expect(readExif(tiffOf(told, order), inChina)).toEqual(capture)
  })

  it('says any second of these years as it was', () => {
    const times = fc.date({
      min: new Date('2015-01-02T00:00:00Z'),
      max: new Date('2099-12-30T00:00:00Z'),
      noInvalidDate: true,
    })
    const offsets = fc.integer({ min: -12 * 4, max: 14 * 4 }).map((quarters) => quarters * 15)
    fc.assert(
      fc.property(times, offsets, (time, minutes) => {
        const local = new Date(time.getTime() + minutes * 60_000).toISOString().slice(0, 19)
        const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
        const offset = `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
        const takenAt = local.replaceAll('-', ':').replace('T', ' ')
        expect(read({ takenAt, offset }).takenAt).toBe(`${time.toISOString().slice(0, 19)}.000Z`)
      }),
    )
  })

  it('says any place between the poles to a metre', () => {
    const angle = (most: number) =>
      fc.tuple(
        fc.integer({ min: 0, max: most }),
        fc.integer({ min: 1, max: 59 }),
        fc.integer({ min: 0, max: 5999 }),
      )
    const decimal = ([degrees, minutes, hundredths]: readonly [number, number, number]): number =>
      degrees + minutes / 60 + hundredths / 360_000
    fc.assert(
      fc.property(
        fc.constantFrom('N', 'S'),
        angle(88),
        fc.constantFrom('E', 'W'),
        angle(178),
        (ns, lat, ew, lon) => {
          const place = read({ lat: [ns, ...lat], lon: [ew, ...lon] })
          expect(place.lat).toBeCloseTo(decimal(lat) * (ns === 'N' ? 1 : -1), 5)
          expect(place.lon).toBeCloseTo(decimal(lon) * (ew === 'E' ? 1 : -1), 5)
        },
      ),
    )
  })

  it('without a zone is read in that of the phone, also where what it says of one is none', () => {
    const { offset: _, ...here } = told
    expect(readExif(tiffOf(here), inChina).takenAt).toBe(capture.takenAt)
    expect(read({ offset: '   :  ' }).takenAt).toBe(capture.takenAt)
    expect(read({ offset: '+99:00' }).takenAt).toBe(capture.takenAt)
    expect(read({ offset: '-03:30' }).takenAt).toBe('2026-08-05T17:59:58.000Z')
  })

  it.each([
    '2026:02:31 10:00:00',
    '2026:13:01 10:00:00',
    '0000:00:00 00:00:00',
    '    :  :     :  :  ',
    '2014:12:30 10:00:00',
    '2026-08-05 14:29:58',
    '2026:08:05 14:29',
    '',
  ])('that says no time that can be right says none: "%s"', (takenAt) => {
    const { takenAt: _, ...place } = capture
    expect(read({ takenAt })).toEqual(place)
  })

  const nowhere: readonly Told[] = [
    { lat: ['N', 0, 0, 0], lon: ['E', 0, 0, 0] },
    { lat: ['N', 90, 0, 0] },
    { lat: ['N', 128, 0, 0] },
    { lon: ['E', 181, 0, 0] },
    { lat: ['', 28, 16, 1805] },
    { lon: ['X', 121, 36, 5544] },
  ]
  it.each(nowhere)('that says no place that can be right says none: %o', (change) => {
    expect(read(change)).toEqual({ takenAt: capture.takenAt })
  })

  it('that knows one coordinate knows no place', () => {
    const { lon: _, ...half } = told
    expect(readExif(tiffOf(half), inChina)).toEqual({ takenAt: capture.takenAt })
  })
})

describe('a file', () => {
  it('has its EXIF in a JPEG behind other segments', async () => {
    const jfif = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xda)
    expect(await captureOf(jpegWith(tiffOf(told)))).toEqual(capture)
    const behind = jpegWith(tiffOf(told), jfif)
    const swapped = Uint8Array.from([...jfif.subarray(0, 8), ...behind.subarray(2, -8), 0xff, 0xda])
    expect(await captureOf(swapped)).toEqual(capture)
  })

  const makings: readonly Making[] = [
    {},
    { iloc: 0 },
    { iloc: 2, infe: 3 },
    { brand: 'heix' },
    { brand: 'mif1' },
    { picture: 3_000_000 },
  ]
  it.each(makings)('has its EXIF in a HEIC where the list of its items says: %o', async (making) => {
    const source = sourceOf(heicWith(tiffOf(told), making))
    const block = await exifIn(source)
    expect(block && readExif(block, inChina)).toEqual(capture)
    expect(source.reads.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(2_000)
  })

  it('is not read whole for it', async () => {
    const large = new Uint8Array(5_000_000).fill(7)
    large.set(jpegWith(tiffOf(told)))
    const source = sourceOf(large)
    expect(await exifIn(source)).toBeDefined()
    expect(Math.max(...source.reads)).toBeLessThan(300_000)
  })

  it('without EXIF has none', async () => {
    for (const bytes of [[], [0xff, 0xd8, 0xff], [0xff, 0xd8, 0xff, 0xe1, 0, 1], [0x89, 0x50, 0x4e, 0x47]])
      expect(await exifIn(sourceOf(Uint8Array.from(bytes)))).toBeUndefined()
  })
})

describe('bytes that are no photo', () => {
  const samples = [
    jpegWith(tiffOf(told)),
    jpegWith(tiffOf(told, 'II')),
    heicWith(tiffOf(told), { picture: 20 }),
    heicWith(tiffOf(told), { iloc: 2, infe: 3, picture: 20 }),
  ]
  const sample = fc.constantFrom(...samples)
  /** Whatever was read could have been so. */
  const isSane = ({ takenAt, lat, lon }: Capture): boolean =>
    (takenAt === undefined || !Number.isNaN(Date.parse(takenAt))) &&
    (lat === undefined) === (lon === undefined) &&
    Math.abs(lat ?? 0) < 90 &&
    Math.abs(lon ?? 0) <= 180

  it('say nothing, or something that can be, and are soon done with', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.option(sample), async (noise, photo) => {
        // Some begin as a photo does, for else nobody would look further.
        const bytes = photo ? Uint8Array.from([...photo.subarray(0, noise.length), ...noise]) : noise
        expect(isSane(await captureOf(bytes))).toBe(true)
        expect(isSane(readExif(bytes, inChina))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('say no more than the photo did that they were the beginning of', async () => {
    await fc.assert(
      fc.asyncProperty(sample, fc.nat({ max: 600 }), async (photo, length) => {
        const cut = await captureOf(photo.subarray(0, length))
        expect(capture).toMatchObject(cut)
      }),
      { numRuns: 300 },
    )
  })

  it('say something that can be, whichever of their bytes are wrong', async () => {
    const wrong = fc.array(fc.tuple(fc.nat({ max: 600 }), fc.constantFrom(0, 1, 127, 128, 254, 255)), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(sample, wrong, async (photo, changes) => {
        const bytes = photo.slice()
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        expect(isSane(await captureOf(bytes))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('are not gone through twice, however many fields and boxes they claim to have', async () => {
    const tiff = new Uint8Array(65_536).fill(255)
    tiff.set([0x4d, 0x4d, 0, 42, 0, 0, 0, 8])
    expect(readExif(tiff, inChina)).toEqual({})
    const empty = [0, 0, 0, 8, ...Buffer.from('free')]
    const boxes = Array.from({ length: 10_000 }, () => empty).flat()
    const source = sourceOf(Uint8Array.from([...heicWith(tiff).subarray(0, 24), ...boxes]))
    expect(await exifIn(source)).toBeUndefined()
    expect(source.reads.length).toBeLessThan(50)
  })
})
