import type { PhotoClaim } from './entry.ts'
import { sha256Hex } from './sha256.ts'

/** A photo that is ready to go: scaled down, free of EXIF (which knows where and whose phone), and named by its hash. */
export interface Photo {
  readonly claim: PhotoClaim
  readonly blob: Blob
}

const LONGEST_SIDE = 1600
const QUALITY = 0.82

/** Scales a picture to at most 1600 px and writes it as JPEG. Throws if this browser cannot read it. */
export async function preparePhoto(file: Blob): Promise<Photo> {
  const blob = await scaled(file)
  const sha256 = await sha256Hex(new Uint8Array(await blob.arrayBuffer()))
  return { claim: { sha256, mediaType: 'image/jpeg', bytes: blob.size }, blob }
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

/** Older browsers do not know createImageBitmap's options, but turn pictures upright in `<img>`. */
async function decoded(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
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
