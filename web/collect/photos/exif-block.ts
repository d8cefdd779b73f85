import { exifInHeic } from './heic.ts'
import { HEAD_BYTES, mediaTypeOf } from './media-type.ts'
import { textAt, viewOf, type Source } from './source.ts'

/** In a JPEG it stands before the picture. */
const JPEG_BYTES = 262_144

/**
 * The TIFF that is the EXIF of a JPEG or HEIC; undefined where there is none, or bytes are not what they should be. Found
 * without reading the file: a photo of 48 megapixels has 25 MB, its EXIF a few kilobytes.
 */
export async function exifIn(source: Source): Promise<Uint8Array | undefined> {
  const type = mediaTypeOf(await source.read(0, HEAD_BYTES))
  if (type === 'image/jpeg') return exifInJpeg(await source.read(0, JPEG_BYTES))
  return type === 'image/heic' || type === 'image/heif' ? exifInHeic(source) : undefined
}

/** The first APP1 segment that is EXIF, of those before the picture (ITU-T T.81, B.1.1.4). */
function exifInJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes)
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]
    const length = view.getUint16(at + 2)
    if (marker === 0xda || length < 2) return undefined
    if (marker === 0xe1 && textAt(bytes, at + 4, 6) === 'Exif\0\0')
      return bytes.subarray(at + 10, at + 2 + length)
    at += 2 + length
  }
  return undefined
}
