import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { siteHeaders } from '../headers.ts'

/** The static site from its build folder, packed and with the headers as CloudFront sends it on AWS. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
}

/** What content networks use on the fly, between fastest and smallest. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** `connectOrigins`: where else than here its pages may ask, once that is known. */
export function createSite(root: string, connectOrigins: () => readonly string[] = () => []) {
  /** The site is built before it is served, and never changes after. */
  const packed = new Map<string, Buffer>()
  const packedOf = (path: string, body: Buffer): Buffer => {
    const made = packed.get(path) ?? brotliCompressSync(body, QUALITY)
    packed.set(path, made)
    return made
  }
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const { pathname, search } = new URL(request.url ?? '/', 'http://local')
    const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    const type = TYPES[extname(path)]
    if (type === undefined) return redirectToFolder(root, path, search, response)
    const file = await readFile(join(root, path)).catch(() => undefined)
    if (!file) return false
    const isPacked = type !== 'image/png' && acceptsBrotli(request)
    const body = isPacked ? packedOf(path, file) : file
    // Names in assets/ carry a hash of what is in them; a page, its manifest and its service worker keep theirs.
    const caching = path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    response.writeHead(200, {
      ...siteHeaders(connectOrigins()),
      'content-type': type,
      'cache-control': caching,
      vary: 'accept-encoding',
      ...(isPacked && { 'content-encoding': 'br' }),
      'content-length': body.length,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
    return true
  }
}

const acceptsBrotli = ({ headers }: IncomingMessage): boolean =>
  /\bbr\b/.test(headers['accept-encoding'] ?? '')

async function redirectToFolder(
  root: string,
  path: string,
  search: string,
  response: ServerResponse,
): Promise<boolean> {
  const found = await stat(join(root, path, 'index.html')).catch(() => undefined)
  if (!found) return false
  response.writeHead(308, { location: `${path}/${search}` }).end()
  return true
}
