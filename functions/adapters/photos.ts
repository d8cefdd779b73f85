import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'

/**
 * Photos in object storage, by their hash: links to put one, to show one, and to remove one. A link is a presigned request
 * (AWS Signature Version 4, query string form). One to put takes exactly the announced bytes: type, length and checksum
 * are signed, so storage itself refuses anything else. Signed by hand because the S3 client would double the function's
 * size to do just this.
 */
export interface PhotoName {
  readonly org: string
  readonly sha256: string
}

export interface PhotoUpload extends PhotoName {
  readonly mediaType: string
  readonly bytes: number
}

export interface SignedUpload {
  readonly method: 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** A photo as a pickup names it: the camera's own file and, of late ones, a small copy of it. */
interface TwoFiles {
  readonly sha256: string
  readonly mediaType: string
  readonly thumbnail?: Omit<TwoFiles, 'thumbnail'> | undefined
}

/** All files of photos. Each lies under its own hash and is known again by it. */
export const filesOf = (photos: readonly TwoFiles[]): Omit<TwoFiles, 'thumbnail'>[] =>
  photos.flatMap(({ sha256, mediaType, thumbnail }) => [
    { sha256, mediaType },
    ...(thumbnail ? [thumbnail] : []),
  ])

/** The hashes of all files of photos: the same copy twice tells that a photo was used twice as well as the photo does. */
export const hashesOf = (photos: readonly TwoFiles[]): string[] => filesOf(photos).map(({ sha256 }) => sha256)

export interface PhotoStorage {
  /** `https://<bucket>.s3.<region>.amazonaws.com`, or the local runtime's stand-in. */
  readonly endpoint: string
  readonly region: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
}

/** How long links are good for: a phone may be slow to send, what is shown is shown now. */
export const TTL_SECONDS = { PUT: 900, GET: 300, DELETE: 60 } as const
type Method = keyof typeof TTL_SECONDS

/** Where a photo lies. One organisation cannot overwrite another's; equal bytes of one organisation are stored once. */
export const photoObjectKey = (org: string, sha256: string): string => `photos/${org}/${sha256}`

/** A link that takes this one photo for 15 minutes from `now`. */
export async function signPhotoUpload(
  upload: PhotoUpload,
  storage: PhotoStorage,
  now: Date,
): Promise<SignedUpload> {
  const headers = {
    'content-type': upload.mediaType,
    'x-amz-checksum-sha256': Buffer.from(upload.sha256, 'hex').toString('base64'),
  }
  const signed = { ...headers, 'content-length': String(upload.bytes) }
  const url = await presign('PUT', upload, { headers: signed }, storage, now)
  return { method: 'PUT', url, headers }
}

/** A link that shows this one photo for five minutes from `now`, as the type that it was announced as. */
export function signPhotoLink(
  { mediaType, ...name }: PhotoName & { readonly mediaType: string },
  storage: PhotoStorage,
  now: Date,
): Promise<string> {
  return presign('GET', name, { query: { 'response-content-type': mediaType } }, storage, now)
}

/** Removes a photo; nothing where there is none. Throws where storage does not do it. */
export async function removePhoto(name: PhotoName, storage: PhotoStorage, now: Date): Promise<void> {
  const { status } = await fetch(await signPhotoRemoval(name, storage, now), { method: 'DELETE' })
  if (status >= 300 && status !== 404) throw new Error(`storage answered ${status} to a removal`)
}

/** What {@link removePhoto} asks. */
export const signPhotoRemoval = (name: PhotoName, storage: PhotoStorage, now: Date): Promise<string> =>
  presign('DELETE', name, {}, storage, now)

/**
 * In place of the body's hash, as S3 has it in whatever is signed by query string: by itself the signer would take the
 * hash of an empty body, and S3 would find another signature. That a photo is the one announced is signed as its checksum.
 */
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'

async function presign(
  method: Method,
  { org, sha256 }: PhotoName,
  { headers = {}, query = {} }: { headers?: Record<string, string>; query?: Record<string, string> },
  storage: PhotoStorage,
  now: Date,
): Promise<string> {
  const { origin, protocol, host, hostname, port, pathname } = new URL(storage.endpoint)
  const path = `${pathname.replace(/\/$/, '')}/${photoObjectKey(org, sha256)}`
  const signer = new SignatureV4({
    service: 's3',
    region: storage.region,
    credentials: storage.credentials,
    sha256: Sha256,
    uriEscapePath: false,
  })
  const signed = await signer.presign(
    {
      method,
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      path,
      query,
      headers: { ...headers, host, 'x-amz-content-sha256': UNSIGNED_PAYLOAD },
    },
    {
      expiresIn: TTL_SECONDS[method],
      signingDate: now,
      unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
      signableHeaders: new Set(['host', 'content-type', 'content-length', 'x-amz-checksum-sha256']),
    },
  )
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(signed.query ?? {})) parameters.set(name, String(value))
  return `${origin}${path}?${parameters.toString()}`
}

/** Storage as the environment names it; throws where it does not, which is a mistake of deployment. */
export function photoStorage(): PhotoStorage {
  const env = (name: string): string => {
    const value = process.env[name]
    if (value === undefined) throw new Error(`${name} is not set`)
    return value
  }
  const region = env('AWS_REGION')
  const sessionToken = process.env['AWS_SESSION_TOKEN']
  return {
    endpoint: process.env['PHOTO_ENDPOINT'] ?? `https://${env('PHOTO_BUCKET')}.s3.${region}.amazonaws.com`,
    region,
    credentials: {
      accessKeyId: env('AWS_ACCESS_KEY_ID'),
      secretAccessKey: env('AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken !== undefined && { sessionToken }),
    },
  }
}
