import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { matcherOf, methodsOf } from '../shared/contract/matching.ts'
import { ROUTES } from '../shared/contract/routes.ts'
import { statusesOf } from '../shared/contract/statuses.ts'
import { batchPage, batchView } from '../shared/contract/answers/batches.ts'
import { rememberBody, rememberValue } from './output/collected.ts'

/** A client of the API for tests. What it reads it checks against the contract, so types are earned, not claimed. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly bytes: Buffer
}

export interface RequestOptions {
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** JSON text, bytes, or what is to be written as JSON. */
export type Body = string | Uint8Array<ArrayBuffer> | Readonly<Record<string, unknown>>

export interface PostOptions {
  /** A new one for each request unless given. */
  readonly idempotencyKey?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Client {
  readonly url: string
  readonly get: (path: string, options?: RequestOptions) => Promise<Answer>
  /** Sends a body as JSON, or as it is if it is text or bytes. */
  readonly post: (path: string, key: string, body: Body, options?: PostOptions) => Promise<Answer>
  readonly send: (method: string, path: string, init?: RequestInit) => Promise<Answer>
  readonly batch: (id: string, key: string) => Promise<BatchView>
  /** All batches that the key's organisation holds, over as many pages as it takes. */
  readonly allBatches: (key: string, query?: ListQuery) => Promise<BatchView[]>
  readonly events: (id: string, key: string, query?: string) => Promise<z.output<typeof wholeHistory>>
}

/** A page of a history of which nothing is hidden from who reads it. */
export const wholeHistory = z.object({
  items: z.array(z.object({ hash: z.string(), event: z.record(z.string(), z.unknown()) })),
  next: z.string().optional(),
})

export type BatchView = z.output<typeof batchView>
export type ListQuery = Readonly<Partial<Record<'stage' | 'site' | 'status' | 'limit', string>>>

export function clientOf(url: string): Client {
  const send: Client['send'] = async (method, path, init = {}) => {
    const authorization = new Headers(init.headers).get('authorization')
    rememberValue(authorization?.replace(/^Bearer /i, ''))
    if (typeof init.body === 'string') rememberBody(init.body)
    const response = await fetch(path.startsWith('http') ? path : url + path, {
      redirect: 'manual',
      ...init,
      method,
    })
    expectInContract(method, response)
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString('utf8')
    if (response.status === 201) rememberBody(text)
    return { status: response.status, headers: response.headers, text, bytes }
  }
  const get: Client['get'] = (path, { key, headers } = {}) =>
    send('GET', path, {
      headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
    })
  const post: Client['post'] = (path, key, body, { idempotencyKey = randomUUID(), headers } = {}) =>
    send('POST', path, {
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
        ...headers,
      },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    })
  const allBatches: Client['allBatches'] = async (key, query = {}) => {
    const found: BatchView[] = []
    for (let cursor = ''; ;) {
      const asked = new URLSearchParams({ limit: '100', ...query })
      if (cursor !== '') asked.set('cursor', cursor)
      const page = batchPage.parse(jsonOf(await get(`/v1/batches?${asked.toString()}`, { key })))
      found.push(...page.items)
      if (page.next === undefined) return found
      cursor = page.next
    }
  }
  return {
    url,
    get,
    post,
    send,
    allBatches,
    batch: async (id, key) => batchOf(await get(`/v1/batches/${id}`, { key })),
    events: async (id, key, query = '') =>
      wholeHistory.parse(jsonOf(await get(`/v1/batches/${id}/events${query}`, { key }))),
  }
}

const matching = matcherOf(ROUTES)

/** Every answer in every test has a status, a type and headers that the contract names for its route. */
function expectInContract(method: string, { url, status, headers }: Response): void {
  const row = matching(new URL(url).pathname).find(({ route }) => methodsOf(route).includes(method))
  if (!row) return
  const { path, answer } = row.route
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  const isAsSaid =
    status !== answer.status ||
    ([answer.type, ...(answer.also ?? [])].includes(type) &&
      headers.has('location') === (answer.location !== undefined) &&
      headers.has('etag') === (answer.tagged ?? false))
  if (!statusesOf(row.route).includes(status) || !isAsSaid) {
    const given = `${status} ${type}, ${[...headers.keys()].join(' ')}`
    throw new Error(`the contract says otherwise of ${method} ${path}: ${given}`)
  }
}

/** The JSON of an answer that was given; throws what was said for one that was refused. */
export function jsonOf({ status, text }: Answer): unknown {
  if (status >= 400) throw new Error(`answered ${status}: ${text}`)
  return JSON.parse(text)
}

export const batchOf = (answer: Answer): BatchView => batchView.parse(jsonOf(answer))

const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
  rule: z.strictObject({ id: z.string(), zh: z.string() }).optional(),
  blockedBy: z.array(z.string()).optional(),
  requestId: z.string().optional(),
})
export type ProblemDocument = z.output<typeof problem>

/** The problem document of a refusal; throws where it is not one. */
export function problemOf(answer: Answer): ProblemDocument {
  const type = answer.headers.get('content-type')
  if (type !== 'application/problem+json')
    throw new Error(`answered ${answer.status} ${type}: ${answer.text}`)
  const told = problem.parse(JSON.parse(answer.text))
  if (told.status !== answer.status) throw new Error(`says ${told.status} with status ${answer.status}`)
  return told
}
