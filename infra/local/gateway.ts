import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type { Asked, Told } from '../../functions/authorizer.ts'
import { headersOf } from '../../functions/http/headers.ts'
import type { HttpEvent } from '../../functions/http/http.ts'
import { problemOf } from '../../shared/contract/problem.ts'
import { FUNCTIONS, type FunctionName } from '../../shared/contract/functions.ts'
import { matcherOf, type Match } from '../../shared/contract/matching.ts'
import { asksWhoCalls } from '../../shared/contract/route.ts'
import { ROUTES, type Route } from '../../shared/contract/routes.ts'
import type { Refusal } from '../../shared/domain/refusal.ts'
import { counter, tooMany } from '../../functions/callers/limits.ts'
import type { Limit } from '../../shared/domain/identity/limit.ts'
import { contextOf, eventOf } from './event.ts'

/**
 * The local gateway: what API Gateway and CloudFront do on AWS. It matches the one route table, makes payload 2.0
 * events, calls the same handlers in this process, and compresses what CloudFront would.
 */
export type LambdaHandler = (event: HttpEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>

export interface GatewayParts {
  readonly handlers: ReadonlyMap<FunctionName, LambdaHandler>
  /** Asked who calls, before every route that is not open to anyone. */
  readonly authorizer: (asked: Asked) => Promise<Told>
  /** How often one address may ask. */
  readonly addressLimit?: Limit | undefined
  /** Until then the health check says no, while all else is served: the demo story is told through this gateway. */
  readonly isReady: () => boolean
  /** Answers for everything outside the API; false where it has nothing at that path. */
  readonly elsewhere: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
}

const MAX_BODY_BYTES = 2_000_000
const brotli = promisify(brotliCompress)

export function createGateway(parts: GatewayParts): Server {
  const matching = matcherOf(ROUTES)
  const addresses = counter()
  return createServer((request, response) => {
    const address = request.socket.remoteAddress ?? ''
    const { addressLimit } = parts
    const wait = addressLimit && addresses(address, addressLimit, Date.now())
    if (addressLimit && wait !== undefined) return refuse(response, tooMany(addressLimit, wait).refusal)
    void answer(request, response, parts, matching).catch((error: unknown) => {
      // A caller who hangs up in the middle is nobody's fault, and nobody is there to be told.
      if (!request.complete && request.destroyed) return
      process.stderr.write(
        `gateway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      )
      refuse(response, { code: 'internal-error', detail: 'This was our mistake, not yours.' })
    })
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: GatewayParts,
  matching: (pathname: string) => Match[],
): Promise<void> {
  const url = URL.parse(request.url ?? '/', 'http://local')
  if (!url) return refuse(response, { code: 'not-found', detail: 'The address cannot be read.' })
  const matches = matching(url.pathname)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const match = matches.find(({ route }) => route.method === method)
  if (!match) {
    if (matches.length === 0 && (await parts.elsewhere(request, response))) return
    return answerUnrouted(request, response, parts, url)
  }
  if (match.route === ROUTES.health && !parts.isReady()) {
    response.setHeader('retry-after', '1')
    return refuse(response, { code: 'unavailable', detail: 'Tidemark is starting.' })
  }
  const body = await readBody(request)
  if (body === undefined) {
    response.setHeader('connection', 'close')
    const detail = `The body has more than ${MAX_BODY_BYTES} bytes.`
    return refuse(response, { code: 'body-too-large', detail })
  }
  const handler = match.route.serves === 'site' ? undefined : parts.handlers.get(match.route.serves)
  if (!handler) throw new Error(`no handler for ${match.route.path}`)
  const event = await identified(eventOf(request, url, match, body), match.route, parts)
  const result = await handler(event, contextOf(match.route, event.requestContext.requestId))
  await send(request, response, result, event.requestContext.requestId)
}

/** What no row takes goes to the function that has the last word, as API Gateway's default route has it. */
async function answerUnrouted(
  request: IncomingMessage,
  response: ServerResponse,
  { handlers }: GatewayParts,
  url: URL,
): Promise<void> {
  const last = handlers.get(ROUTES.health.serves)
  if (!last) throw new Error('no handler has the last word')
  const event = eventOf(request, url, undefined, Buffer.of())
  const { requestId } = event.requestContext
  await send(request, response, await last(event, contextOf(ROUTES.health, requestId)), requestId)
}

/** The event with what the authorizer says of its caller, as API Gateway puts it there. */
async function identified(event: HttpEvent, route: Route, { authorizer }: GatewayParts): Promise<HttpEvent> {
  if (!asksWhoCalls(route)) return event
  const { headers, requestContext } = event
  const { context } = await authorizer({ headers, requestContext })
  return { ...event, requestContext: { ...requestContext, authorizer: { lambda: context } } }
}

/** The whole body, or undefined where it is larger than API Gateway would take. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk)
    bytes += buffer.length
    if (bytes > MAX_BODY_BYTES) return undefined
    chunks.push(buffer)
  }
  return Buffer.concat(chunks)
}

const COMPRESSIBLE = /^(text\/|application\/(json|problem\+json|linkset\+json|ld\+json)(;|$)|image\/svg)/
const SMALLEST_COMPRESSED_BYTES = 1_000

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  result: APIGatewayProxyStructuredResultV2,
  requestId: string,
): Promise<void> {
  response.statusCode = result.statusCode ?? 200
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value))
  response.setHeader('x-request-id', requestId)
  response.setHeader('x-content-type-options', 'nosniff')
  let body = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8')
  const type = String(result.headers?.['content-type'] ?? '')
  const accepts = request.headers['accept-encoding'] ?? ''
  // As CloudFront: what is compressed already goes on as it is.
  const isPlain = !response.hasHeader('content-encoding') && body.length >= SMALLEST_COMPRESSED_BYTES
  if (isPlain && COMPRESSIBLE.test(type) && /\bbr\b/.test(accepts)) {
    body = await brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
    response.setHeader('content-encoding', 'br')
    // As CloudFront does: what is compressed is no longer the same bytes (RFC 9110, §8.8.3.3).
    const etag = response.getHeader('etag')
    if (typeof etag === 'string' && etag.startsWith('"')) response.setHeader('etag', `W/${etag}`)
    response.setHeader('vary', [response.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', '))
  }
  response.setHeader('content-length', body.length)
  response.end(request.method === 'HEAD' ? undefined : body)
}

export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) return void response.end()
  const problem = problemOf(refusal)
  const { retryAfterSeconds } = refusal
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds))
  const headers = {
    ...headersOf(undefined),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
  response
    .writeHead(problem.status, { ...headers, 'content-type': 'application/problem+json' })
    .end(JSON.stringify(problem))
}

/** Every function that answers HTTP, loaded from its entry point. */
export async function loadHandlers(): Promise<Map<FunctionName, LambdaHandler>> {
  const handlers = new Map<FunctionName, LambdaHandler>()
  for (const name of httpFunctions()) {
    const module: { handler: LambdaHandler } = await import(`../../functions/${name}.ts`)
    handlers.set(name, module.handler)
  }
  return handlers
}

function httpFunctions(): FunctionName[] {
  const names: FunctionName[] = []
  for (const { serves } of Object.values<Route>(ROUTES)) {
    if (serves !== 'site' && FUNCTIONS[serves].trigger === 'http' && !names.includes(serves))
      names.push(serves)
  }
  return names
}
