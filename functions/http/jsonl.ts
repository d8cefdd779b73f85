import { promisify } from 'node:util'
import type { HttpAnswer } from './http.ts'

/** Loading zlib takes a tenth of a start, so it waits for the first long answer. */
const compress = async (text: string): Promise<Buffer> =>
  promisify(process.getBuiltinModule('node:zlib').gzip)(text)
const SMALLEST_COMPRESSED = 1_000

/**
 * JSON Lines as an answer, compressed for who takes that: events repeat themselves, and of this type the CDN compresses
 * nothing by itself.
 */
export async function jsonLines(
  type: string,
  text: string,
  acceptEncoding: string | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<HttpAnswer> {
  const common = { 'content-type': `${type}; charset=utf-8`, vary: 'accept-encoding', ...headers }
  if (text.length < SMALLEST_COMPRESSED || !/\bgzip\b/.test(acceptEncoding ?? ''))
    return { statusCode: 200, headers: common, body: text }
  const body = await compress(text)
  return {
    statusCode: 200,
    headers: { ...common, 'content-encoding': 'gzip' },
    body: body.toString('base64'),
    isBase64Encoded: true,
  }
}
