import type { MAX_PHOTO_BYTES } from '../../../shared/contract/requests/photos.ts'
import type { PhotoClaim } from '../form/entry.ts'
import { exifIn } from './exif-block.ts'
import { readExif, type Capture } from './exif.ts'
import type { KeptPhoto } from './kept-photo.ts'
import { HEAD_BYTES, isPhotoType, mediaTypeOf } from './media-type.ts'
import { sha256Hex } from '../sha256.ts'
import type { Source } from './source.ts'

/** A photo as it is claimed, and the files that are sent for it: the thumbnail, where one could be made, and the original. */
export interface Photo {
  readonly claim: PhotoClaim
  readonly files: readonly KeptPhoto[]
}

/** Why a file is no photo of an entry: the phone does not give it, it is something else, or too much. */
export type Unfit = 'unreadable' | 'foreign' | 'large'

const MOST_BYTES: typeof MAX_PHOTO_BYTES = 30_000_000

/** Takes a file as the original of a photo, byte for byte, whether this browser can show it or not. Never rejects. */
export async function originalOf(
  file: Blob,
  of: Pick<KeptPhoto, 'entryId' | 'shotAt'>,
): Promise<KeptPhoto | Unfit> {
  try {
    const mediaType = mediaTypeOf(await sourceOf(file).read(0, HEAD_BYTES))
    if (file.size === 0) return 'unreadable'
    if (!mediaType) return 'foreign'
    if (file.size > MOST_BYTES) return 'large'
    const bytes = await file.arrayBuffer()
    // What is kept are the bytes that were hashed: a phone may take the file itself away again.
    const blob = new Blob([bytes], { type: mediaType })
    return {
      ...of,
      kind: 'original',
      sha256: await sha256Hex(new Uint8Array(bytes)),
      mediaType,
      bytes: blob.size,
      blob,
    }
  } catch {
    return 'unreadable'
  }
}

/** A photo of its files, in the order in which they are sent; undefined without an original. Never rejects. */
export async function photoOf(files: readonly KeptPhoto[]): Promise<Photo | undefined> {
  const original = files.find(({ kind }) => kind === 'original')
  if (!original || !isPhotoType(original.mediaType)) return undefined
  const { sha256, mediaType, bytes } = original
  const thumbnail = files.find(({ kind }) => kind === 'thumbnail')
  const capture = await captureOf(original.blob)
  const claim: PhotoClaim = {
    sha256,
    mediaType,
    bytes,
    ...capture,
    ...(thumbnail && {
      thumbnail: { sha256: thumbnail.sha256, mediaType: 'image/jpeg', bytes: thumbnail.bytes },
    }),
  }
  return { claim, files: thumbnail ? [thumbnail, original] : [original] }
}

/** What EXIF says; a time without a zone is one of where this phone is. */
async function captureOf(file: Blob): Promise<Capture> {
  try {
    const block = await exifIn(sourceOf(file))
    return block ? readExif(block, (local) => Date.parse(local)) : {}
  } catch {
    return {}
  }
}

const sourceOf = (file: Blob): Source => ({
  size: file.size,
  read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
})
