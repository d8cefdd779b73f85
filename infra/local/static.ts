import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { siteHeaders } from '../headers.ts'

/** The static site from its build folder, with the headers that CloudFront sets on AWS. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
}

/** `connectOrigins`: where else than here its pages may ask, once that is known. */
export function createSite(root: string, connectOrigins: () => readonly string[] = () => []) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const { pathname, search } = new URL(request.url ?? '/', 'http://local')
    const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    const type = TYPES[extname(path)]
    if (type === undefined) return redirectToFolder(root, path, search, response)
    const body = await readFile(join(root, path)).catch(() => undefined)
    if (!body) return false
    const caching = path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable'
    response.writeHead(200, {
      ...siteHeaders(connectOrigins()),
      'content-type': type,
      'cache-control': caching,
      'content-length': body.length,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
    return true
  }
}

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
