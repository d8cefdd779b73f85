import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_PHOTO_BYTES } from '../../../../shared/contract/requests/photos.ts'
import { pickupBody } from '../../../../shared/contract/requests/pickups.ts'
import type { KeptPhoto } from '../../../../web/collect/photos/kept-photo.ts'
import { originalOf, photoOf } from '../../../../web/collect/photos/photo.ts'
import { heicWith, jpegWith, tiffOf } from './camera.ts'

const OF = { entryId: 'entry', shotAt: 1 }
const told = {
  takenAt: '2026:08:05 14:29:58',
  offset: '+08:00',
  lat: ['N', 28, 16, 1805],
  lon: ['E', 121, 36, 5544],
} as const

async function original(file: Blob): Promise<KeptPhoto> {
  const read = await originalOf(file, OF)
  if (typeof read === 'string') throw new Error(read)
  return read
}
const thumbnail: KeptPhoto = {
  ...OF,
  kind: 'thumbnail',
  sha256: 'f'.repeat(64),
  mediaType: 'image/jpeg',
  bytes: 3,
  blob: new Blob(['abc']),
}

describe('the original of a photo', () => {
  it('is the camera’s own file, byte for byte, whatever the phone calls it', async () => {
    const heic = heicWith(tiffOf(told))
    const file = await original(new File([heic], 'IMG_1.JPG', { type: '' }))
    expect(file).toMatchObject({ ...OF, kind: 'original', mediaType: 'image/heic', bytes: heic.length })
    expect(file.sha256).toBe(createHash('sha256').update(heic).digest('hex'))
    expect(new Uint8Array(await file.blob.arrayBuffer())).toEqual(heic)
  })

  it('may be as large as the contract takes, and no larger', async () => {
    const head = jpegWith(tiffOf({}))
    const rest = (size: number) => new Uint8Array(size - head.length)
    expect(await original(new Blob([head, rest(MAX_PHOTO_BYTES)]))).toMatchObject({ bytes: MAX_PHOTO_BYTES })
    expect(await originalOf(new Blob([head, rest(MAX_PHOTO_BYTES + 1)]), OF)).toBe('large')
  })

  it('is none where the file is something else', async () => {
    expect(await originalOf(new Blob(['Dear diary']), OF)).toBe('foreign')
    expect(await originalOf(new Blob(['GIF89a']), OF)).toBe('foreign')
  })

  it('is none where the phone does not give the file', async () => {
    const gone = new Blob([jpegWith(tiffOf({}))])
    gone.slice = () => {
      throw new DOMException('The file is no longer there', 'NotReadableError')
    }
    expect(await originalOf(gone, OF)).toBe('unreadable')
    expect(await originalOf(new Blob([]), OF)).toBe('unreadable')
  })
})

describe('a photo', () => {
  const pickup = { siteId: 'dachen', form: 'net', massKg: 1 }

  it('is claimed with when and where its EXIF says, and with its thumbnail, which is sent first', async () => {
    const file = await original(new Blob([heicWith(tiffOf(told))]))
    const photo = await photoOf([file, thumbnail])
    expect(photo?.files).toEqual([thumbnail, file])
    expect(photo?.claim).toEqual({
      sha256: file.sha256,
      mediaType: 'image/heic',
      bytes: file.bytes,
      takenAt: '2026-08-05T06:29:58.000Z',
      lat: 28.271681,
      lon: 121.6154,
      thumbnail: { sha256: thumbnail.sha256, mediaType: 'image/jpeg', bytes: 3 },
    })
    expect(pickupBody.safeParse({ ...pickup, photos: [photo?.claim] }).error).toBeUndefined()
  })

  it('without EXIF says neither', async () => {
    const file = await original(new Blob([jpegWith(tiffOf({}))]))
    const { sha256, bytes } = file
    expect((await photoOf([file]))?.claim).toEqual({ sha256, mediaType: 'image/jpeg', bytes })
  })

  it('is none without an original', async () => {
    expect(await photoOf([thumbnail])).toBeUndefined()
  })

  it('is one that the contract takes, whatever bytes follow the first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 200 }), async (noise, at) => {
        const bytes = jpegWith(tiffOf(told))
        bytes.set(noise.subarray(0, bytes.length - 3), 3)
        bytes.set(jpegWith(tiffOf(told)).subarray(0, at))
        const photo = await photoOf([await original(new Blob([bytes]))])
        expect(pickupBody.safeParse({ ...pickup, photos: [photo?.claim] }).error).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })
})
