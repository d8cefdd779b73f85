import * as z from 'zod'

export const MAX_PHOTO_BYTES = 8_000_000

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 lower-case hex digits')

/** A photo as it is announced: to get a link for it, and to name it in a pickup. */
export const photoBody = z.strictObject({
  sha256,
  mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  bytes: z.int().positive().max(MAX_PHOTO_BYTES),
})
