import type { MAX_THUMBNAIL_BYTES } from '../../../shared/contract/requests/photos.ts'
import type { KeptPhoto } from './kept-photo.ts'
import { sha256Hex } from '../sha256.ts'

const LONGEST_SIDE = 640
const QUALITY = 0.78
const MOST_BYTES: typeof MAX_THUMBNAIL_BYTES = 500_000

/**
 * A small copy of a photo: upright, JPEG, and free of EXIF, which knows where and whose phone. Undefined where this browser
 * cannot show the photo, as few can HEIC. Never rejects.
 */
export async function thumbnailOf({ entryId, shotAt, blob }: KeptPhoto): Promise<KeptPhoto | undefined> {
  try {
    const small = await scaled(blob)
    if (small.size > MOST_BYTES) return undefined
    const sha256 = await sha256Hex(new Uint8Array(await small.arrayBuffer()))
    const file = { sha256, mediaType: 'image/jpeg', bytes: small.size, blob: small }
    return { entryId, shotAt, kind: 'thumbnail', ...file }
  } catch {
    return undefined
  }
}

async function scaled(file: Blob): Promise<Blob> {
  const picture = await decoded(file)
  const { width, height } = picture
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('This browser gives no canvas')
  // JPEG has no transparency; without this, see-through parts of a PNG would turn black.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  if ('close' in picture) picture.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  // Cheap phones keep the pixels until the canvas shrinks.
  canvas.width = 0
  canvas.height = 0
  if (!blob) throw new Error('The picture could not be written as JPEG')
  return blob
}

/**
 * Scaled while it is decoded: 48 megapixels are 190 MB as pixels. Only the width is given, as which side is the longer one
 * is not known yet. Older browsers do not know the options, but turn pictures upright in `<img>`.
 */
async function decoded(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(file, {
      imageOrientation: 'from-image',
      resizeWidth: LONGEST_SIDE,
      resizeQuality: 'medium',
    })
  } catch {
    return await decodedByElement(file)
  }
}

async function decodedByElement(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file)
  const image = new Image()
  try {
    image.src = url
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(url)
  }
}
