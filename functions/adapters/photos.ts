import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'

/**
 * Photo uploads straight to object storage, by their hash. The link is a presigned PUT (AWS Signature Version 4, query
 * string form) that takes exactly the announced bytes: type, length and checksum are signed, so storage itself refuses
 * anything else. Signed by hand because the S3 client would double the function's size to do just this.
 */
export interface PhotoUpload {
  readonly org: string
  readonly sha256: string
  readonly mediaType: string
  readonly bytes: number
}

export interface SignedUpload {
  readonly method: 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

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

export const UPLOAD_TTL_SECONDS = 900

/** Where a photo lies. One organisation cannot overwrite another's; equal bytes of one organisation are stored once. */
export const photoObjectKey = (org: string, sha256: string): string => `photos/${org}/${sha256}`

/** A link that takes this one photo for 15 minutes from `now`. */
export async function signPhotoUpload(
  upload: PhotoUpload,
  storage: PhotoStorage,
  now: Date,
): Promise<SignedUpload> {
  const { origin, protocol, host, hostname, port, pathname } = new URL(storage.endpoint)
  const path = `${pathname.replace(/\/$/, '')}/${photoObjectKey(upload.org, upload.sha256)}`
  const headers = {
    'content-type': upload.mediaType,
    'x-amz-checksum-sha256': Buffer.from(upload.sha256, 'hex').toString('base64'),
  }
  const signer = new SignatureV4({
    service: 's3',
    region: storage.region,
    credentials: storage.credentials,
    sha256: Sha256,
    uriEscapePath: false,
  })
  const signed = await signer.presign(
    {
      method: 'PUT',
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      path,
      query: {},
      headers: { ...headers, host, 'content-length': String(upload.bytes) },
    },
    {
      expiresIn: UPLOAD_TTL_SECONDS,
      signingDate: now,
      unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
      signableHeaders: new Set(['host', 'content-type', 'content-length', 'x-amz-checksum-sha256']),
    },
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(signed.query ?? {})) query.set(name, String(value))
  return { method: 'PUT', url: `${origin}${path}?${query.toString()}`, headers }
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
