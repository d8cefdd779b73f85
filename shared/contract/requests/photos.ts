import * as z from 'zod/mini'
import { sha256 } from './fields.ts'
import { noted, wholeUpTo } from './schema.ts'

/** A 48-megapixel JPEG has about 15 to 25 MB. */
export const MAX_PHOTO_BYTES = 30_000_000
export const MAX_THUMBNAIL_BYTES = 500_000

/** What cameras write and galleries keep. */
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif'] as const

/** One file of a photo as it is announced: to get a link for it, and to name it in a pickup. */
export const photo = {
  sha256,
  mediaType: z.enum(
    PHOTO_TYPES,
    'A photo is image/jpeg, image/png, image/webp, image/heic or image/heif; send the file as the camera wrote it',
  ),
  bytes: wholeUpTo(MAX_PHOTO_BYTES),
}

export const photoBody = z.strictObject(photo)

/** The small copy of a photo, which is there long before the photo itself is. */
export const thumbnail = noted(
  z.strictObject({
    sha256,
    mediaType: z.literal('image/jpeg', 'A thumbnail is image/jpeg'),
    bytes: wholeUpTo(MAX_THUMBNAIL_BYTES),
  }),
  'A small upright copy without EXIF, uploaded before the photo itself, so that there is something to see soon',
)
