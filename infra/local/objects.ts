import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { signPhotoUpload, UPLOAD_TTL_SECONDS, type PhotoStorage } from '../../functions/adapters/photos.ts'

/**
 * Object storage on disk, in the one way we use it: a presigned PUT. The link is checked as S3 checks it, by signing
 * the same request again; then type, length and checksum of what arrives must be what was signed.
 */
export const OBJECTS_PATH = '/_objects'
const OBJECT = /^\/_objects\/(photos\/([a-z0-9-]+)\/([0-9a-f]{64}))$/

export type ObjectEndpoint = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

export function createObjectEndpoint(folder: string, storage: () => PhotoStorage): ObjectEndpoint {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://local')
    const [, key, org, sha256] = OBJECT.exec(url.pathname) ?? []
    if (key === undefined || org === undefined || sha256 === undefined) return false
    if (request.method !== 'PUT') {
      end(response, 405, 'only PUT')
      return true
    }
    const mediaType = request.headers['content-type'] ?? ''
    const bytes = Number(request.headers['content-length'])
    if (!(await isSigned(url, { org, sha256, mediaType, bytes }, storage()))) {
      end(response, 403, 'SignatureDoesNotMatch or Expired')
      return true
    }
    const body = Buffer.concat(await request.toArray())
    if (body.length !== bytes || createHash('sha256').update(body).digest('hex') !== sha256) {
      end(response, 400, 'BadDigest')
      return true
    }
    await store(join(folder, key), body)
    end(response, 200, '')
    return true
  }
}

async function isSigned(
  url: URL,
  upload: { org: string; sha256: string; mediaType: string; bytes: number },
  storage: PhotoStorage,
): Promise<boolean> {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get('X-Amz-Date') ?? '') ?? []
  const signedAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(signedAt.getTime()) || !Number.isSafeInteger(upload.bytes)) return false
  if (Date.now() > signedAt.getTime() + UPLOAD_TTL_SECONDS * 1000) return false
  const expected = new URL((await signPhotoUpload(upload, storage, signedAt)).url)
  const given = Buffer.from(url.searchParams.get('X-Amz-Signature') ?? '')
  const right = Buffer.from(expected.searchParams.get('X-Amz-Signature') ?? '')
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Written aside and renamed: a reader sees the whole object or none, also when two send it at once. */
async function store(path: string, body: Buffer): Promise<void> {
  const part = `${path}.${randomUUID()}.part`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(part, body)
  await rename(part, path)
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text)
}
