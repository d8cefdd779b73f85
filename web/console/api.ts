import { CALLS, type Answer, type Asked, type Call, type Item, type List, type Reply } from './calls.ts'
import { faultOf } from './fault.ts'
import { currentToken } from './session.ts'

/** Asks our own API, as whoever has signed in. Nothing is thrown: what went wrong is part of the reply. */
export async function ask<Name extends Call>(
  name: Name,
  { id = '', body, query = '' }: Asked<Name> = {},
): Promise<Reply<Answer<Name>>> {
  const [method = 'GET', path = ''] = CALLS[name].split(' ')
  const token = currentToken()
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(method === 'POST' && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
  }
  const response = await fetch(path.replace('{id}', encodeURIComponent(id)) + query, {
    method,
    headers,
    credentials: 'omit',
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  }).catch(() => undefined)
  if (!response) return { ok: false, fault: { is: 'network' } }
  return readReply<Answer<Name>>(response)
}

interface Page<Name extends List> {
  readonly items: readonly Item<Name>[]
  readonly next?: string | undefined
}

/** All of a list, page by page, however long. Where one page fails, so does the whole. */
export async function askAll<Name extends List>(name: Name): Promise<Reply<readonly Item<Name>[]>> {
  const all: Item<Name>[] = []
  let cursor: string | undefined
  do {
    const after: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const reply: Reply<Page<Name>> = await ask<Name>(name, { query: `?limit=100${after}` })
    if (!reply.ok) return reply
    all.push(...reply.value.items)
    cursor = reply.value.next
  } while (cursor !== undefined)
  return { ok: true, value: all }
}

/** A café's login page also answers 200, but not with JSON. */
async function readReply<T>(response: Response): Promise<Reply<T>> {
  const type = response.headers.get('content-type') ?? ''
  if (response.ok) {
    if (!type.startsWith('application/json')) return { ok: false, fault: { is: 'network' } }
    const value: T = await response.json()
    return { ok: true, value }
  }
  return { ok: false, fault: faultOf(response.status, await response.json().catch(() => undefined)) }
}
