import { beforeAll, describe, expect, it } from 'vitest'
import { checkPage } from '../../shared/contract/answers/batches.ts'
import { runPage, runView } from '../../shared/contract/answers/runs.ts'
import { ruleList } from '../../shared/contract/answers/service.ts'
import { RULES } from '../../shared/domain/checks/rules.ts'
import { jsonOf, type BatchView, wholeHistory } from '../client.ts'
import { anOpenRun, givenId, givenPickup, givenRunOf } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** What can be read: runs, histories, what the rules found, and the rules. */
const runtime = runtimeForTests()
let batch: BatchView
let run: string
beforeAll(async () => {
  batch = await givenPickup(runtime, { collector: 'Lin', weigher: 'Lin' })
  run = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
  for (const massKg of [10, 20]) {
    await givenRunOf(runtime, `/v1/runs/${run}/charges`, { charges: [{ batchId: batch.id, massKg }] })
  }
  await givenRunOf(runtime, `/v1/runs/${run}/close`, { outputs: [{ massKg: 20 }], losses: { reject: 5 } })
})

const get = (path: string, key = runtime.keys.auditor) => runtime.get(path, { key })

describe('the history of a run', () => {
  it('has every event, in order, in pages that make up the whole', async () => {
    const whole = wholeHistory.parse(jsonOf(await get(`/v1/runs/${run}/events`)))
    expect(whole.items.map(({ event }) => [event['id'], event['type']])).toEqual([
      [`${run}-1`, 'RunOpened'],
      [`${run}-2`, 'RunCharged'],
      [`${run}-3`, 'RunCharged'],
      [`${run}-4`, 'RunClosed'],
    ])
    const paged: typeof whole.items = []
    for (let query = '?limit=3'; query !== '';) {
      const { items, next } = wholeHistory.parse(jsonOf(await get(`/v1/runs/${run}/events${query}`)))
      paged.push(...items)
      query = next === undefined ? '' : `?limit=3&cursor=${next}`
    }
    expect(paged).toEqual(whole.items)
  })
})

describe('what the rules found', () => {
  const checks = async (id: string, query = '') =>
    checkPage.parse(jsonOf(await get(`/v1/batches/${id}/checks${query}`))).items

  it('is told of each event of a batch, and can be asked for by verdict', async () => {
    const all = await checks(batch.id)
    expect(all.map(({ rule, verdict, eventId }) => [rule, verdict, eventId])).toEqual([
      ['R7', 'review', `${batch.id}-1`],
      ['R16', 'review', `${batch.id}-1`],
    ])
    expect(await checks(batch.id, '?verdict=pass')).toEqual([])
    const [made = ''] = (await runtime.allBatches(runtime.keys.auditor, { stage: 'cleaned' })).map(
      ({ id }) => id,
    )
    const reviews = await checks(made, '?verdict=review')
    expect(reviews.map(({ rule, eventId }) => [rule, eventId])).toEqual([
      ['R10', `${run}-4`],
      ['R10', `${run}-4`],
      ['R9', `${run}-4`],
    ])
    expect(reviews[0]).toMatchObject({ eventType: 'RunClosed', sentence: { en: expect.any(String) } })
  })

  it('is told of what a correction says instead', async () => {
    const { id } = await givenPickup(runtime)
    const instead = { type: 'PickupRecorded', form: 'bottle', massKg: 10, bags: 1 }
    const path = `/v1/events/${id}-1/corrections`
    expect((await runtime.post(path, runtime.keys.station, { reason: 'typo', instead })).status).toBe(201)
    const found = await checks(id, '?verdict=review')
    expect(found.map(({ rule, eventId }) => `${rule} ${eventId}`)).toContain(`R6 ${id}-2`)
  })
})

describe('the rules', () => {
  it('are public, all eighteen, in both languages, with what is missing', async () => {
    const answer = await runtime.get('/v1/rules')
    const { items } = ruleList.parse(jsonOf(answer))
    expect(Object.fromEntries(items.map(({ id, ...rule }) => [id, rule]))).toEqual(RULES)
    expect(items.map(({ id }) => id)).toEqual(Array.from({ length: 18 }, (_, index) => `R${index + 1}`))
    expect(answer.headers.get('cache-control')).toContain('public')
  })
})

describe('runs', () => {
  const list = async (query: string, key = runtime.keys.auditor) =>
    runPage.parse(jsonOf(await get(`/v1/runs${query}`, key)))

  it('are listed newest first, by site and by status, and only to who has them', async () => {
    const open = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun({ siteId: 'jiaojiang' }))
    expect((await list('')).items.map(({ id }) => id)).toEqual([open, run])
    expect((await list('?status=open')).items.map(({ id }) => id)).toEqual([open])
    expect((await list('?site=huzhou&status=closed')).items.map(({ id }) => id)).toEqual([run])
    expect((await list('', runtime.otherKeys.auditor)).items).toEqual([])
    const first = await list('?limit=1')
    expect((await list(`?limit=1&cursor=${first.next}`)).items.map(({ id }) => id)).toEqual([run])
  })

  it('are not sent again until they have changed', async () => {
    const id = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
    const tag = (await get(`/v1/runs/${id}`)).headers.get('etag') ?? ''
    const read = () =>
      runtime.get(`/v1/runs/${id}`, { key: runtime.keys.auditor, headers: { 'if-none-match': tag } })
    expect((await read()).status).toBe(304)
    await givenRunOf(runtime, `/v1/runs/${id}/charges`, { charges: [{ batchId: batch.id, massKg: 1 }] })
    const changed = await read()
    expect([changed.status, runView.parse(jsonOf(changed)).version]).toEqual([200, 2])
  })
})

describe('another organisation', () => {
  it.each(['/v1/runs/{run}', '/v1/runs/{run}/events', '/v1/batches/{batch}/checks'])(
    'does not learn that %s is there',
    async (path) => {
      const at = path.replace('{run}', run).replace('{batch}', batch.id)
      expectProblem(await get(at, runtime.otherKeys.operator), { status: 404, code: 'not-found' })
    },
  )

  it.each(['/v1/runs', '/v1/shipments', '/v1/certificates', '/v1/runs/{run}', '/v1/runs/{run}/events'])(
    'nor does anybody without a key read %s',
    async (path) => {
      expectProblem(await runtime.get(path.replace('{run}', run)), { status: 401, code: 'unauthenticated' })
    },
  )
})

it.each([
  ['/v1/runs?status=gone', '/status'],
  ['/v1/runs?cursor=AAAA', '/cursor'],
  ['/v1/shipments?direction=up', '/direction'],
  ['/v1/shipments?status=lost', '/status'],
  ['/v1/runs/{run}/events?limit=0', '/limit'],
  ['/v1/batches/{batch}/checks?verdict=fail', '/verdict'],
])('refuses %s, pointing at what is wrong', async (path, pointer) => {
  const answer = await get(path.replace('{run}', run).replace('{batch}', batch.id))
  expectProblem(answer, { status: 400, code: 'invalid-request', pointer })
})
