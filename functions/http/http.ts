import middy, { type MiddlewareObj } from '@middy/core'
import type {
  APIGatewayEventRequestContextV2,
  APIGatewayProxyEventV2WithRequestContext,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda'
import { unmatched } from '../../shared/contract/matching.ts'
import { problemOf } from '../../shared/contract/problem.ts'
import { routeKey, type Route } from '../../shared/contract/route.ts'
import type { RouteName } from '../../shared/contract/routes.ts'
import type { Refusal } from '../../shared/domain/refusal.ts'
import { isPassingError } from './errors.ts'
import { headersOf } from './headers.ts'
import { log } from './log.ts'
import { readRequest, type Request } from './request.ts'
import { gatheringEvents, traceOf } from './trace.ts'

/**
 * The one wrapper around every HTTP handler, and the only file that knows middy. It finds the route, authenticates,
 * checks body and query, turns refusals into problem documents and anything unexpected into a 500 that tells nothing
 * but a request id.
 */
export type HttpEvent = APIGatewayProxyEventV2WithRequestContext<RequestContext>
export type HttpAnswer = APIGatewayProxyStructuredResultV2

/** What the authorizer was told stands here; not there on routes that are open to anyone. */
interface RequestContext extends APIGatewayEventRequestContextV2 {
  readonly authorizer?: { readonly lambda?: { readonly caller?: string; readonly person?: string } }
}

/** What a handler gives back: an answer, or a refusal to be told. */
export type Handled =
  | { readonly answer: HttpAnswer }
  | { readonly refusal: Refusal; readonly headers?: Readonly<Record<string, string>> }

type Endpoint<Name extends RouteName> = (request: Request<Name>) => Promise<Handled>
type Endpoints<Name extends RouteName> = { readonly [Each in Name]: Endpoint<Each> }
type Rows<Name extends RouteName> = Readonly<Record<Name, Route>>

/**
 * A Lambda handler for rows of the route table: exactly one endpoint for each. HEAD is served as GET, whose body nobody
 * sends on. `otherwise` answers for events of no row.
 */
export function serve<Name extends RouteName>(
  rows: Rows<Name>,
  endpoints: Endpoints<NoInfer<Name>>,
  otherwise: (event: HttpEvent) => Promise<Handled> = nothingThere,
) {
  const byKey = new Map(runners(rows, endpoints))
  const events = new WeakMap<object, string[]>()
  return middy<HttpEvent, HttpAnswer>()
    .use(requestLog(events))
    .use(unexpectedErrors())
    .handler(async (event: HttpEvent, context: Context): Promise<HttpAnswer> => {
      const found = byKey.get(event.routeKey.replace(/^HEAD /, 'GET '))
      const made: string[] = []
      events.set(context, made)
      const handled = await gatheringEvents(made, () => (found?.run ?? otherwise)(event))
      const answer =
        'refusal' in handled ? refused(handled.refusal, context, handled.headers) : handled.answer
      return { ...answer, headers: { ...headersOf(found?.route, answer.statusCode), ...answer.headers } }
    })
}

async function nothingThere({ requestContext, rawPath }: HttpEvent): Promise<Handled> {
  return { refusal: unmatched(requestContext.http.method, rawPath, []).refusal }
}

interface Runner {
  readonly route: Route
  readonly run: (event: HttpEvent) => Promise<Handled>
}

function runners<Name extends RouteName>(rows: Rows<Name>, endpoints: Endpoints<Name>): [string, Runner][] {
  const found: [string, Runner][] = []
  for (const name in rows) {
    const route = rows[name]
    found.push([routeKey(route), { route, run: runnerOf(name, route, endpoints[name]) }])
  }
  return found
}

function runnerOf<Name extends RouteName>(name: Name, route: Route, run: Endpoint<Name>): Runner['run'] {
  return async (event) => {
    const request = await readRequest(name, route, event)
    return request.ok ? run(request.value) : { refusal: request.refusal }
  }
}

function refused(
  refusal: Refusal,
  context: Context,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const problem = problemOf(refusal, context.awsRequestId)
  const challenge = problem.status === 401 ? { 'www-authenticate': 'Bearer realm="tidemark"' } : undefined
  const retryAfter = refusal.retryAfterSeconds ?? (isPassing(refusal) ? 1 : undefined)
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...challenge,
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...headers,
    },
    body: JSON.stringify(problem),
  }
}

const isPassing = ({ code }: Refusal): boolean => code === 'unavailable' || code === 'busy'

/** `made`: ids of the events that a request has recorded, by its context. */
function requestLog(made: WeakMap<object, readonly string[]>): MiddlewareObj<HttpEvent, HttpAnswer> {
  const started = new WeakMap<object, number>()
  return {
    before: function requestLogBefore({ context }) {
      started.set(context, performance.now())
    },
    after: function requestLogAfter({ event, context, response }) {
      const ms = Math.round(performance.now() - (started.get(context) ?? performance.now()))
      log('info', 'request', {
        requestId: context.awsRequestId,
        route: event.routeKey,
        status: response?.statusCode ?? 0,
        ms,
        ...traced(event),
        ...((made.get(context)?.length ?? 0) > 0 && { events: made.get(context)?.join(' ') ?? '' }),
      })
    },
  }
}

function traced({ headers }: HttpEvent): { readonly trace?: string } {
  const trace = traceOf(headers)
  return trace === undefined ? {} : { trace }
}

/** The error goes to the log, which only the operator reads; the caller gets the request id to ask with. */
function unexpectedErrors(): MiddlewareObj<HttpEvent, HttpAnswer> {
  return {
    onError: function unexpectedErrorsOnError(request) {
      const { error, context, event } = request
      log('error', 'request failed', {
        requestId: context.awsRequestId,
        route: event.routeKey,
        ...traced(event),
        error: error?.name ?? 'unknown',
        where: error?.stack?.split('\n').slice(1, 4).join(' | ') ?? '',
      })
      const isPassing = error !== null && error !== undefined && isPassingError(error)
      request.response = refused(
        isPassing
          ? {
              code: 'unavailable',
              detail: 'The database does not answer just now. Send the same request again in a moment.',
            }
          : {
              code: 'internal-error',
              detail: 'This was our mistake, not yours. Please quote the request id.',
            },
        context,
      )
    },
  }
}
