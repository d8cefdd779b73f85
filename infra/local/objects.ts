import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import {
  signPhotoLink,
  signPhotoRemoval,
  signPhotoUpload,
  TTL_SECONDS,
  type PhotoName,
  type PhotoStorage,
} from '../../functions/adapters/photos.ts'

/**
 * Object storage on disk, in the ways we use it: presigned PUT, GET and DELETE. A link is checked as S3 checks it, by
 * signing the same request again; then, of a PUT, type, length and checksum of what arrives must be what was signed.
 */
export const OBJECTS_PATH = '/_objects'
const OBJECT = /^\/_objects\/(photos\/([a-z0-9-]+)\/([0-9a-f]{64}))$/

export type ObjectEndpoint = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

export function createObjectEndpoint(folder: string, storage: () => PhotoStorage): ObjectEndpoint {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://local')
    const [, key, org, sha256] = OBJECT.exec(url.pathname) ?? []
    if (key === undefined || org === undefined || sha256 === undefined) return false
    const asked = { request, url, path: join(folder, key), name: { org, sha256 } }
    const [status, body, type] = await answerTo(asked, storage())
    response.writeHead(status, { 'content-type': type ?? 'text/plain' }).end(body)
    return true
  }
}

interface Asked {
  readonly request: IncomingMessage
  readonly url: URL
  readonly path: string
  readonly name: PhotoName
}

type Answer = readonly [status: number, body: string | Buffer, type?: string]

async function answerTo(asked: Asked, storage: PhotoStorage): Promise<Answer> {
  switch (asked.request.method) {
    case 'PUT':
      return put(asked, storage)
    case 'GET':
      return get(asked, storage)
    case 'DELETE':
      return remove(asked, storage)
    default:
      return [405, 'only PUT, GET and DELETE']
  }
}

const NOT_SIGNED: Answer = [403, 'SignatureDoesNotMatch or Expired']

async function put({ request, url, path, name }: Asked, storage: PhotoStorage): Promise<Answer> {
  const mediaType = request.headers['content-type'] ?? ''
  const bytes = Number(request.headers['content-length'])
  const expected = async (at: Date): Promise<string> =>
    (await signPhotoUpload({ ...name, mediaType, bytes }, storage, at)).url
  if (!Number.isSafeInteger(bytes) || !(await isSigned(url, 'PUT', expected))) return NOT_SIGNED
  const body = Buffer.concat(await request.toArray())
  if (body.length !== bytes || createHash('sha256').update(body).digest('hex') !== name.sha256)
    return [400, 'BadDigest']
  await store(path, body)
  return [200, '']
}

async function get({ url, path, name }: Asked, storage: PhotoStorage): Promise<Answer> {
  const mediaType = url.searchParams.get('response-content-type') ?? ''
  const expected = (at: Date): Promise<string> => signPhotoLink({ ...name, mediaType }, storage, at)
  if (!(await isSigned(url, 'GET', expected))) return NOT_SIGNED
  const body = await readFile(path).catch(() => undefined)
  return body ? [200, body, mediaType] : [404, 'NoSuchKey']
}

async function remove({ url, path, name }: Asked, storage: PhotoStorage): Promise<Answer> {
  if (!(await isSigned(url, 'DELETE', (at) => signPhotoRemoval(name, storage, at)))) return NOT_SIGNED
  await rm(path, { force: true })
  return [204, '']
}

/** Whether a link is the one that would be signed for what is asked, at the time that it says, and is still good. */
async function isSigned(
  url: URL,
  method: keyof typeof TTL_SECONDS,
  expectedAt: (signedAt: Date) => Promise<string>,
): Promise<boolean> {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get('X-Amz-Date') ?? '') ?? []
  const signedAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(signedAt.getTime())) return false
  if (Date.now() > signedAt.getTime() + TTL_SECONDS[method] * 1000) return false
  const expected = new URL(await expectedAt(signedAt))
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
