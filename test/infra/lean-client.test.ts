import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { LEAN } from '../../infra/lean.ts'
import { bundleBare } from '../bench/bare.ts'

/**
 * Our bundles leave out what of the SDK no function needs. What the client sends must be what the stock client sends: the
 * same file is bundled both ways, and both are asked the same at the same time, with a server in place of DynamoDB.
 */
type Send = (key: Record<string, unknown>) => Promise<unknown>

const NOW = new Date('2026-08-20T01:00:00Z')
const SECRET = 'a secret for tests'
const SESSION = 'a session for tests'

interface Sent {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let folder: string
let clients: { readonly stock: Send; readonly lean: Send }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-lean-'))
  await bundleBare(join(folder, 'stock'))
  await bundleBare(join(folder, 'lean'), LEAN)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let server: Server
let sent: Sent[]
let statuses: number[]
beforeEach(async () => {
  sent = []
  statuses = []
  server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const env = {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_SESSION_TOKEN: SESSION,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${address.port}`,
    TABLE_NAME: 'table',
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  clients = { stock: await load('stock'), lean: await load('lean') }
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request
  sent.push({ method, url, headers, body: await text(request) })
  // Of the same date, else the client would take its own clock for wrong, and try again for that.
  response.writeHead(statuses.shift() ?? 200, { date: NOW.toUTCString() })
  response.end('{"__type":"com.amazonaws.dynamodb.v20120810#ValidationException"}')
}

/** Each time anew, with a client of its own. */
async function load(name: string): Promise<Send> {
  const module: { readonly handler: Send } = await import(
    `${pathToFileURL(join(folder, name, 'index.mjs')).href}?${crypto.randomUUID()}`
  )
  return module.handler
}

const KEY = { pk: { S: 'B#1' }, sk: { S: 'STATE' } }

/** All of a request but the id of the call, which is a new one each time. That the signature is right is looked at apart. */
function comparable({ headers, ...request }: Sent): unknown {
  const { 'amz-sdk-invocation-id': id, authorization = '', ...rest } = headers
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  return { ...request, headers: rest, signed: authorization.split('Signature=')[0] }
}

/** The signature that a request should have: over the headers that it says are signed, by the SDK's own signer. */
async function signatureOf({ method = '', headers, body }: Sent): Promise<string> {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? []
  const signer = new SignatureV4({
    service: 'dynamodb',
    region: 'eu-central-1',
    sha256: Sha256,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: SESSION },
  })
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: '/',
      body,
      headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
    },
    { signingDate: NOW },
  )
  return signed.headers['authorization'] ?? ''
}

describe('the client of our bundles', () => {
  it('sends and signs what the stock client does', async () => {
    await clients.stock(KEY)
    await clients.lean(KEY)
    expect(sent).toHaveLength(2)
    const [stock, lean] = sent.map(comparable)
    expect(lean).toEqual(stock)
    for (const request of sent) expect(request.headers.authorization).toBe(await signatureOf(request))
  })

  it.each([
    ['a fault of the server', [500, 500, 500, 500, 500]],
    ['throttling', [429, 503, 429, 200]],
    ['a refusal', [400]],
  ])('tries again after %s as often as the stock client does', async (_, answers) => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const tries = async (client: Send): Promise<unknown> => {
      sent = []
      statuses = [...answers]
      const outcome = await client(KEY).then(
        () => 'answered',
        (error: unknown) => (error instanceof Error ? error.name : 'no error'),
      )
      return { outcome, attempts: sent.map(({ headers }) => headers['amz-sdk-request']) }
    }
    expect(await tries(clients.lean)).toEqual(await tries(clients.stock))
    expect(sent.length).toBe(Math.min(answers.length, MOST_ATTEMPTS))
  })

  it('looks for credentials nowhere but in its environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined)
    await expect(clients.lean(KEY)).rejects.toThrow('Unable to find environment variable credentials')
    expect(sent).toEqual([])
  })
})

const MOST_ATTEMPTS = 4
