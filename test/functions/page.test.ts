import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RELEASE } from '../../functions/http/release.ts'
import { forgetPassport } from '../table.ts'
import { batchOf, type Answer } from '../client.ts'
import { aPickup } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { erasureIn } from './held.ts'

/** The public page as it is answered: status, freshness, and the shapes that it comes in. */
let world: InProcess
beforeAll(async () => {
  world = await startInProcess()
})
afterAll(() => world.end())

const keys = () => world.runtime.credentials.keys
async function pickup(changes: object = {}): Promise<string> {
  const { id } = batchOf(await world.client.post('/v1/pickups', keys().station, aPickup(changes)))
  await world.runtime.projected()
  return id
}
const ask = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  world.client.send('GET', path, { headers })

describe('the public page', () => {
  it('may be answered by others for two seconds at most, and never while they ask for a new one', async () => {
    const id = await pickup()
    for (const headers of [{}, { accept: 'application/json' }, { accept: 'application/ld+json' }]) {
      const answer = await ask(`/b/${id}`, headers)
      const caching = answer.headers.get('cache-control') ?? ''
      expect(Number(/s-maxage=(\d+)/.exec(caching)?.[1])).toBeLessThanOrEqual(2)
      expect(caching).toContain('must-revalidate')
      expect(caching).toContain('max-age=0')
      expect(caching).not.toContain('stale')
    }
  })

  it('is another one once other code draws it, though nothing of the batch has changed', async () => {
    const answer = await ask(`/b/${await pickup()}`)
    expect(answer.headers.get('etag')).toContain(`-${RELEASE}-`)
  })

  it('is another one once it is held, and again once it is released', async () => {
    const id = await pickup()
    const tagOf = async (): Promise<string> => (await ask(`/b/${id}`)).headers.get('etag') ?? ''
    const tags = [await tagOf()]
    for (const [act, body] of [
      ['hold', { reason: 'quality' }],
      ['release', {}],
    ] as const) {
      const changed = await world.client.post(`/v1/batches/${id}/${act}`, keys().operator, { ...body })
      expect(changed.status).toBe(201)
      await world.runtime.projected()
      const [last = ''] = tags.slice(-1)
      const seen = await ask(`/b/${id}`, { 'if-none-match': last })
      expect([seen.status, seen.text.includes('role="alert"')]).toEqual([200, act === 'hold'])
      tags.push(await tagOf())
    }
    expect(new Set(tags).size).toBe(3)
  })

  it('comes as linked data to who asks for that, by header or by address, and to nobody else', async () => {
    const id = await pickup()
    const typeOf = async (path: string, accept: string): Promise<string | null> =>
      (await ask(path, { accept })).headers.get('content-type')
    expect(await typeOf(`/b/${id}`, 'application/ld+json')).toBe('application/ld+json')
    expect(await typeOf(`/b/${id}`, 'application/ld+json, application/json;q=0.5')).toBe(
      'application/ld+json',
    )
    expect(await typeOf(`/b/${id}?format=jsonld`, '*/*')).toBe('application/ld+json')
    expect(await typeOf(`/b/${id}`, 'application/json')).toBe('application/json')
    expect(await typeOf(`/b/${id}`, 'text/html, application/ld+json')).toMatch(/^text\/html/)
    expect(await typeOf(`/b/${id}`, '*/*')).toMatch(/^text\/html/)
    const data: { productID?: string } = JSON.parse((await ask(`/b/${id}?format=jsonld`)).text)
    expect(data.productID).toBe(id)
    const missing = await ask('/b/BZZZZZZZZZZZZ?format=jsonld')
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })

  it('names nobody, and is the same to the byte once whoever collected it was erased', async () => {
    const collector = `Ye ${randomUUID()}`
    const id = await pickup({ collector, weigher: `Lin ${randomUUID()}` })
    const shapes = [`/b/${id}?lang=en`, `/b/${id}?lang=zh`, `/b/${id}?format=json`, `/b/${id}?format=jsonld`]
    const before = await Promise.all(shapes.map((path) => ask(path)))
    for (const { text } of before) expect(text).not.toMatch(/Ye |Lin /)
    const body = { person: collector, reason: 'person-asked' }
    expect(erasureIn(await world.client.post('/v1/erasures', keys().operator, body)).status).toBe('done')
    await world.runtime.projected()
    const after = await Promise.all(shapes.map((path) => ask(path)))
    expect(after.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text))
    expect(after[0]?.text).toContain('This page names no person')
    expect(after[1]?.text).toContain('不含任何个人')
  })

  it('is 503 while it is made, with when to ask again and a way to do so', async () => {
    const id = await pickup()
    await forgetPassport(id)
    const answer = await ask(`/b/${id}?lang=en`, { accept: 'text/html' })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(answer.text).toContain('<a href="">Reload this page</a>')
  })

  it('is 404 of a number that nobody has, 400 of what is none, in the reader’s language, kept by nobody', async () => {
    for (const [path, status, said] of [
      ['/b/BZZZZZZZZZZZZ', 404, '没有这个编号的批次'],
      ['/b/%3Cscript%3E', 400, '这不是批次编号'],
      [`/b/${'9'.repeat(500)}`, 400, '这不是批次编号'],
    ] as const) {
      const answer = await ask(path, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8', accept: 'text/html' })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'no-store'])
      expect(answer.text).toContain(said)
      expect(answer.text).not.toContain('<script')
    }
  })
})
