import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Context } from 'aws-lambda'
import type { HttpEvent } from '../../functions/http/http.ts'
import type { Match } from '../../shared/contract/matching.ts'
import { routeKey, type Route } from '../../shared/contract/routes.ts'

/** What Lambda hands to a handler, made from a plain HTTP request. */

/** The payload 2.0 event that API Gateway would make of a request to a route, or to none (`$default`). */
export function eventOf(
  request: IncomingMessage,
  url: URL,
  match: Match | undefined,
  body: Buffer,
): HttpEvent {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value
  }
  const key = match ? routeKey(match.route) : '$default'
  const isText = isUtf8(body)
  const now = new Date()
  return {
    version: '2.0',
    routeKey: key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    queryStringParameters: Object.fromEntries(url.searchParams),
    pathParameters: Object.fromEntries(
      Object.entries(match?.path ?? {}).map(([name, value]) => [name, decoded(value)]),
    ),
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      domainName: headers['host'] ?? 'local',
      domainPrefix: 'local',
      http: {
        method: match?.route.method ?? request.method ?? '',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: key,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: !isText,
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const INVOCATION_MS = 10_000

/** The context of one invocation; its request id is the event's. */
export function contextOf({ serves: name }: Pick<Route, 'serves'>, requestId: string): Context {
  const deadline = Date.now() + INVOCATION_MS
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: 'local',
    invokedFunctionArn: `local:${name}`,
    memoryLimitInMB: '512',
    awsRequestId: requestId,
    logGroupName: name,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => deadline - Date.now(),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}
