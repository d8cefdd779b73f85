import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signPhotoLink, signPhotoRemoval, signPhotoUpload } from '../../../functions/adapters/photos.ts'

/**
 * Links as S3 checks them: by the description of "Authenticating Requests: Using Query Parameters (AWS Signature Version
 * 4)", written down here once more, and by the example that is given there.
 */
interface Signed {
  readonly method: string
  readonly url: string
  /** What is sent with it; only those named in the link are signed. */
  readonly headers?: Readonly<Record<string, string>>
}

function signatureOf({ method, url, headers = {} }: Signed, secret: string): string {
  const { host, pathname, searchParams } = new URL(url)
  const encoded = (text: string): string =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
  const names = (searchParams.get('X-Amz-SignedHeaders') ?? '').split(';')
  const sent: Readonly<Record<string, string>> = { ...headers, host }
  const canonical = [
    method,
    pathname,
    query.join('&'),
    ...names.map((name) => `${name}:${sent[name]}`),
    '',
    names.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n')
  const [, ...scope] = (searchParams.get('X-Amz-Credential') ?? '').split('/')
  const hash = createHash('sha256').update(canonical).digest('hex')
  const toSign = ['AWS4-HMAC-SHA256', searchParams.get('X-Amz-Date'), scope.join('/'), hash].join('\n')
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
  return hmac(scope.reduce<string | Buffer>(hmac, `AWS4${secret}`), toSign).toString('hex')
}

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const STORAGE = {
  endpoint: 'https://examplebucket.s3.us-east-1.amazonaws.com',
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET, sessionToken: 'a/b+c=' },
}
const NOW = new Date('2026-11-25T04:00:00Z')
const PHOTO = { org: 'coop', sha256: 'ab'.repeat(32), mediaType: 'image/png' }
const given = (url: string): string | null => new URL(url).searchParams.get('X-Amz-Signature')

describe('a link', () => {
  it('of the example has the signature that S3 says', () => {
    const url =
      'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host'
    expect(signatureOf({ method: 'GET', url }, SECRET)).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    )
  })

  it('that shows or removes a photo is signed as S3 would sign it', async () => {
    const shows = await signPhotoLink(PHOTO, STORAGE, NOW)
    expect(given(shows)).toBe(signatureOf({ method: 'GET', url: shows }, SECRET))
    expect(given(shows)).not.toBe(signatureOf({ method: 'DELETE', url: shows }, SECRET))
    const removes = await signPhotoRemoval(PHOTO, STORAGE, NOW)
    expect(given(removes)).toBe(signatureOf({ method: 'DELETE', url: removes }, SECRET))
  })

  it('that takes a photo is signed with its type, length and checksum', async () => {
    const { method, url, headers } = await signPhotoUpload({ ...PHOTO, bytes: 1234 }, STORAGE, NOW)
    expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;x-amz-checksum-sha256',
    )
    const signed = { method, url, headers: { ...headers, 'content-length': '1234' } }
    expect(given(url)).toBe(signatureOf(signed, SECRET))
  })
})
