import * as z from 'zod'
import { sha256 } from './fields.ts'

export const MAX_PHOTO_BYTES = 8_000_000

/** A photo as it is announced: to get a link for it, and to name it in a pickup. */
export const photo = {
  sha256,
  mediaType: z.enum(
    ['image/jpeg', 'image/png', 'image/webp'],
    'A photo is image/jpeg, image/png or image/webp; what a phone keeps as HEIC or HEIF is saved as JPEG first',
  ),
  bytes: z.int().positive().max(MAX_PHOTO_BYTES),
}

export const photoBody = z.strictObject(photo)
