import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceList } from '../../shared/contract/answers/devices.ts'
import { keyList } from '../../shared/contract/answers/identity.ts'
import { jsonOf } from '../client.ts'
import { deviceToken, enrolledPhone } from '../enrolled.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { expectProblem } from './refused.ts'

/** Lists of keys, members, invitations and devices are given in pages, newest first. */
let world: InProcess
let operator: string
let station: string
beforeAll(async () => {
  world = await startInProcess()
  operator = world.runtime.credentials.keys.operator
  station = world.runtime.credentials.keys.station
})
afterAll(() => world.end())

interface Page {
  readonly items: readonly { readonly id: string; readonly madeAt: string }[]
  readonly next?: string | undefined
}

/** All of a list, `limit` at a time; no page is larger. */
async function all(
  path: string,
  key: string,
  limit: number,
  read: (value: unknown) => Page,
): Promise<Page['items'][number][]> {
  const found: Page['items'][number][] = []
  for (let cursor: string | undefined; ;) {
    const after = cursor === undefined ? '' : `&cursor=${cursor}`
    const { items, next } = read(jsonOf(await world.client.get(`${path}?limit=${limit}${after}`, { key })))
    expect(items.length).toBeLessThanOrEqual(limit)
    found.push(...items)
    if (next === undefined) return found
    expect(items).toHaveLength(limit)
    cursor = next
  }
}

const keys = (limit: number) => all('/v1/keys', operator, limit, (value) => keyList.parse(value))

describe('the keys of an organisation', () => {
  it('are the same in pages of any size, each once, newest first', async () => {
    for (const name of ['line 1', 'line 2', 'line 3'])
      await world.client.post('/v1/keys', operator, { name, role: 'recycler' })
    const whole = await keys(100)
    expect(whole.length).toBeGreaterThan(6)
    for (const limit of [1, 2, 3]) expect(await keys(limit)).toEqual(whole)
    const times = whole.map(({ madeAt }) => madeAt)
    expect(times).toEqual(times.toSorted().toReversed())
  })

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['cursor=bm90IG91cnM', '/cursor'],
    ['page=2', '/page'],
  ])('are refused for %s, and told why', async (query, pointer) => {
    const answer = await world.client.get(`/v1/keys?${query}`, { key: operator })
    expectProblem(answer, { status: 400, code: 'invalid-request', pointer })
  })

  it('have cursors of their own, which no other list takes', async () => {
    const { next } = keyList.parse(jsonOf(await world.client.get('/v1/keys?limit=1', { key: operator })))
    const answer = await world.client.get(`/v1/members?cursor=${next}`, { key: operator })
    expectProblem(answer, { status: 400, code: 'invalid-request', pointer: '/cursor' })
  })
})

describe('the devices of an organisation', () => {
  it('fill a page with those that the caller sees, and leave none out', async () => {
    for (const label of ['boat 1', 'boat 2', 'boat 3', 'boat 4', 'boat 5'])
      await enrolledPhone(world.client, station, { label })
    const read = (value: unknown): Page => deviceList.parse(value)
    const whole = await all('/v1/devices', station, 100, read)
    expect(await all('/v1/devices', station, 2, read)).toEqual(whole)
    expect(whole.length).toBeGreaterThanOrEqual(5)
  })

  it('are no business of a phone', async () => {
    const phone = await enrolledPhone(world.client, station, { label: 'boat 6' })
    const answer = await world.client.get('/v1/devices', { key: await deviceToken(phone, world.client.url) })
    expectProblem(answer, { status: 403, code: 'role-not-allowed' })
  })
})
