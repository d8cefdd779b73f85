import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { uploadView } from '../../shared/contract/answers/photos.ts'
import { MAX_PHOTO_BYTES, PHOTO_TYPES } from '../../shared/contract/requests/photos.ts'
import { jsonOf, type Answer } from '../client.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Photos go straight to storage, by a link that takes exactly what was announced. */
const runtime = runtimeForTests()

const newPhoto = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(50_000))
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function announce(bytes: Uint8Array, mediaType = 'image/jpeg') {
  const body = { sha256: sha256Of(bytes), mediaType, bytes: bytes.length }
  return uploadView.parse(jsonOf(await runtime.post('/v1/photos', runtime.keys.collector, body)))
}

const put = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array<ArrayBuffer>,
): Promise<Answer> => runtime.send('PUT', url, { headers, body })

const folder = (): string => join(runtime.dataDir, 'objects', 'photos', 'demo-coop')
const storedNames = (): Promise<string[]> => readdir(folder()).catch(() => [])

describe('a photo', () => {
  it('is stored byte for byte under its hash', async () => {
    const photo = newPhoto()
    const { url, headers } = await announce(photo)
    expect((await put(url, headers, photo)).status).toBe(200)
    expect(new Uint8Array(await readFile(join(folder(), sha256Of(photo))))).toEqual(photo)
  })

  it.each(PHOTO_TYPES)('is stored byte for byte as the camera wrote it: %s', async (mediaType) => {
    const photo = newPhoto()
    const { url, headers } = await announce(photo, mediaType)
    expect(headers).toMatchObject({ 'content-type': mediaType })
    expect((await put(url, headers, photo)).status).toBe(200)
    expect(new Uint8Array(await readFile(join(folder(), sha256Of(photo))))).toEqual(photo)
  })

  it('may have as many bytes as a camera of 48 megapixels writes, and no more', async () => {
    const ask = (bytes: number) =>
      runtime.post('/v1/photos', runtime.keys.collector, {
        sha256: sha256Of(newPhoto()),
        mediaType: 'image/heic',
        bytes,
      })
    expect((await ask(MAX_PHOTO_BYTES)).status).toBe(201)
    const says = [String(MAX_PHOTO_BYTES)]
    expectProblem(await ask(MAX_PHOTO_BYTES + 1), {
      status: 400,
      code: 'invalid-request',
      pointer: '/bytes',
      says,
    })
  })

  it('may be sent again, and by several at once, and is stored once', async () => {
    const photo = newPhoto()
    const { url, headers } = await announce(photo)
    const before = await storedNames()
    const answers = await Promise.all(Array.from({ length: 8 }, () => put(url, headers, photo)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(await storedNames()).toEqual([...before, sha256Of(photo)].sort())
  })

  it('is refused and not stored when its bytes are not those announced', async () => {
    const photo = newPhoto()
    const { url, headers } = await announce(photo)
    const before = await storedNames()
    const changed = photo.with(100, (photo[100] ?? 0) ^ 1)
    expect((await put(url, headers, changed)).status).toBe(400)
    expect((await put(url, headers, photo.subarray(1))).status).toBe(403)
    expect(await storedNames()).toEqual(before)
  })

  it('is refused with another type, another signature, another name or a later date', async () => {
    const photo = newPhoto()
    const { url, headers } = await announce(photo)
    const before = await storedNames()
    const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? ''
    const wrong = [
      [url, { ...headers, 'content-type': 'text/html' }],
      [
        url.replace(
          signature,
          signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
        ),
        headers,
      ],
      [url.replace(`X-Amz-Signature=${signature}`, ''), headers],
      [url.replace(sha256Of(photo), sha256Of(newPhoto())), headers],
      [url.replace('/demo-coop/', '/zhoushan-coop/'), headers],
      [url.replace(/X-Amz-Date=\d{4}/, 'X-Amz-Date=2099'), headers],
      [url.replace(/X-Amz-Date=\d{8}T\d{6}Z/, 'X-Amz-Date=never'), headers],
    ] as const
    for (const [where, given] of wrong) expect((await put(where, given, photo)).status).toBe(403)
    expect(await storedNames()).toEqual(before)
  })

  it.each([
    ['GET', 403],
    ['DELETE', 403],
    ['POST', 405],
  ])('cannot be had or removed through the link that it was put with (%s)', async (method, status) => {
    const { url } = await announce(newPhoto())
    expect((await runtime.send(method, url)).status).toBe(status)
  })
})
