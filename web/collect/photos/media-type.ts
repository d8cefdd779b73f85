import type { PHOTO_TYPES } from '../../../shared/contract/requests/photos.ts'

/** What a photo may be. Also the type of the files that are sent for one. */
export type PhotoType = (typeof PHOTO_TYPES)[number]

/** A table, so that the compiler misses none. */
const TYPES: Readonly<Record<PhotoType, true>> = {
  'image/jpeg': true,
  'image/png': true,
  'image/webp': true,
  'image/heic': true,
  'image/heif': true,
}

export const isPhotoType = (type: string): type is PhotoType => type in TYPES

/** So much of a file is looked at to tell what it is. */
export const HEAD_BYTES = 64

/**
 * What a file is by its first bytes; undefined for what is no photo. Neither its name nor what the phone calls it is
 * asked: for HEIC many say nothing at all, and some rename it.
 */
export function mediaTypeOf(head: Uint8Array): PhotoType | undefined {
  const text = String.fromCharCode(...head.subarray(0, HEAD_BYTES))
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'image/webp'
  return text.startsWith('ftyp', 4) ? heifOf(text) : undefined
}

/** ISO 23008-12, Annex B: `heic` and its kin are HEVC, `mif1` any codec. The brands after the first say what it really is. */
function heifOf(text: string): PhotoType | undefined {
  const length = (text.charCodeAt(2) << 8) | text.charCodeAt(3)
  const brands: readonly string[] = text.slice(8, Math.min(length, HEAD_BYTES)).match(/[^]{4}/g) ?? []
  if (brands.some((brand) => /^hei[cxms]$/.test(brand))) return 'image/heic'
  // An AVIF says mif1 too.
  return brands.includes('mif1') && !brands.includes('avif') ? 'image/heif' : undefined
}
