import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { describe, expect, it, vi } from 'vitest'
import { handler as contract } from '../../functions/contract.ts'
import { handler as scan } from '../../functions/scan.ts'
import { contextOf, eventOf } from '../../infra/local/event.ts'
import { ROUTES } from '../../shared/contract/routes.ts'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'

/** What API Gateway sends to the function that has the last word, and for HEAD, which the local gateway makes a GET. */
function eventFor(routeKey: string, method: string, path: string): APIGatewayProxyEventV2 {
  const url = new URL(path, 'http://local')
  const event = eventOf(
    new IncomingMessage(new Socket()),
    url,
    { route: ROUTES.health, path: {} },
    Buffer.of(),
  )
  const http = { ...event.requestContext.http, method, path }
  return {
    ...event,
    routeKey,
    rawPath: url.pathname,
    requestContext: { ...event.requestContext, http, routeKey },
  }
}

vi.stubEnv('LOG_LEVEL', 'error')

const told = (
  event: APIGatewayProxyEventV2,
  handler = contract,
): Promise<APIGatewayProxyStructuredResultV2> =>
  handler(event, contextOf(ROUTES.health, event.requestContext.requestId))

describe('what no route takes', () => {
  it.each(['/v1/nope', '/v1/batches/', '/batches'])('is 404 with a problem document at %s', async (path) => {
    const { statusCode, headers, body } = await told(eventFor('$default', 'GET', path))
    expect([statusCode, headers?.['content-type']]).toEqual([404, 'application/problem+json'])
    expect(JSON.parse(body ?? '')).toMatchObject({
      code: 'not-found',
      detail: `There is nothing at GET ${path}.`,
    })
  })

  it.each([
    ['PUT', '/v1/pickups', 'POST'],
    ['PATCH', '/v1/runs', 'POST, GET, HEAD'],
    ['DELETE', '/b/B0000000000A0', 'GET, HEAD, OPTIONS'],
    ['POST', '/01/09506000134352/10/A', 'GET, HEAD, OPTIONS'],
    ['OPTIONS', '/v1/pickups', 'POST'],
  ])('is 405 for %s %s, with what is allowed', async (method, path, allow) => {
    const { statusCode, headers, body } = await told(eventFor('$default', method, path))
    expect([statusCode, headers?.['allow']]).toEqual([405, allow])
    expect(JSON.parse(body ?? '')).toMatchObject({ code: 'method-not-allowed' })
  })
})

it.each(['/b/B0000000000A0', '/01/09506000134352', '/.well-known/gs1resolver', '/v1/rules'])(
  'answers OPTIONS at %s, which other sites may read, to browsers that ask first',
  async (path) => {
    const { statusCode, headers, body } = await told(eventFor('$default', 'OPTIONS', path))
    expect([statusCode, body]).toEqual([204, undefined])
    expect(headers).toMatchObject({
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    })
  },
)

it('answers HEAD as it answers GET', async () => {
  expect(await told(eventFor('HEAD /healthz', 'HEAD', '/healthz'))).toMatchObject({ statusCode: 200 })
  const { statusCode } = await told(eventFor('HEAD /b/{id}', 'HEAD', '/b/zzz'), scan)
  expect(statusCode).toBe(400)
})

describe('near the addresses that stand in codes', () => {
  const asked = (path: string, headers: Readonly<Record<string, string>>, method = 'GET') => {
    const event = eventFor('$default', method, path)
    return told({ ...event, headers })
  }
  const PEOPLE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'zh-CN' }
  const OPEN = { 'access-control-allow-origin': '*' }

  it.each([
    ['/b/B0000000000A0/', '/b/B0000000000A0'],
    ['/b/B0000000000A0//', '/b/B0000000000A0'],
    ['/b/B0000000000A0/?lang=zh&utm=1', '/b/B0000000000A0?lang=zh&utm=1'],
    ['/b/zzz/', '/b/zzz'],
  ])('a slash too many leads on: %s', async (path, location) => {
    for (const method of ['GET', 'HEAD']) {
      const { statusCode, headers } = await asked(path, PEOPLE, method)
      expect([statusCode, headers?.['location']]).toEqual([308, location])
      expect(headers).toMatchObject(OPEN)
    }
  })

  it.each(['/b', '/b/', '/b//', '/b/a/b', '/b/B0000000000A0/x', '/01', '/01/'])(
    '%s is 400: on a page for people, in JSON for who asks for it, and other sites may read it',
    async (path) => {
      const page = await asked(path, PEOPLE)
      expect([page.statusCode, page.headers?.['content-type']]).toEqual([400, 'text/html; charset=utf-8'])
      expect(page.body).toContain('<html lang="zh')
      expect(page.headers).toMatchObject({ ...OPEN, 'cache-control': 'no-store' })
      const data = await asked(path, { accept: 'application/json' })
      expect([data.statusCode, data.headers?.['content-type']]).toEqual([400, 'application/problem+json'])
      expect(JSON.parse(data.body ?? '')).toMatchObject({ code: 'invalid-request' })
      expect(data.headers).toMatchObject(OPEN)
      expect(await asked(path, {}, 'OPTIONS')).toMatchObject({ statusCode: 204, headers: OPEN })
    },
  )

  it('nothing leads to another site, however the path begins', async () => {
    for (const path of ['/b//evil.example/', '/b/%2F%2Fevil.example/', '/b/..%2Fx/']) {
      const { headers } = await asked(path, PEOPLE)
      expect([undefined, path.slice(0, -1)]).toContain(headers?.['location'])
    }
  })

  it('other methods are refused as everywhere', async () => {
    expect(await asked('/b/B0000000000A0/', PEOPLE, 'POST')).toMatchObject({ statusCode: 404 })
  })
})
