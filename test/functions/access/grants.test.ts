import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { batchPage, batchView, tracePage } from '../../../shared/contract/answers/batches.ts'
import { grantLists } from '../../../shared/contract/answers/identity.ts'
import { organisationView } from '../../../shared/contract/answers/organisation.ts'
import { jsonOf } from '../../client.ts'
import { aPickup, idOf } from '../../given.ts'
import { expectProblem } from '../refused.ts'
import { startPartners, type Partners } from './partners.ts'

/** Grants as they are given, listed and revoked, and what one for auditors opens. */
let { coop, zhoushan, ningbo, inspector } = { coop: '', zhoushan: '', ningbo: '', inspector: '' }
let lineage: Partners['batches']
let runs: Partners['runs']
let post: Partners['post']
let get: Partners['get']

let partners: Partners
beforeAll(async () => {
  partners = await startPartners()
  ;({ coop, zhoushan, ningbo, inspector, runs, post, get, batches: lineage } = partners)
})
afterEach(async () => {
  vi.useRealTimers()
  await partners.revokeAll()
})
afterAll(() => partners.world.end())

describe('an audit grant', () => {
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const audit = (changes: object = {}) =>
    partners.grant(coop, { kind: 'audit', to: 'ningbo', until, ...changes })
  const asAuditor = (path: string, key = inspector) => get(path, key, 'demo-coop')

  it('lets auditors read all books of who gave it, in its place, and nothing of it without saying so', async () => {
    await audit()
    expect(batchView.parse(jsonOf(await asAuditor(`/v1/batches/${lineage.flakes}`))).id).toBe(lineage.flakes)
    for (const path of [
      `/v1/batches/${lineage.pickup}/events`,
      `/v1/batches/${lineage.pellets}/trace`,
      `/v1/runs/${runs.cleaning}/events`,
      '/v1/shipments?direction=outgoing',
      '/v1/certificates',
      '/v1/periods',
      '/v1/reports/mass-balance?site=huzhou',
    ])
      expect([path, (await asAuditor(path)).status]).toEqual([path, 200])
    const listed = batchPage.parse(jsonOf(await asAuditor('/v1/batches')))
    expect(listed.items.map(({ id }) => id)).toContain(lineage.spare)
    expect((await get(`/v1/batches/${lineage.flakes}`, inspector)).status).toBe(404)
  })

  it('for some sites shows what is and happened there, and the rest as closed or not at all', async () => {
    await audit({ sites: ['huzhou'] })
    expect(await asAuditor(`/v1/batches/${lineage.pickup}`)).toMatchObject({ status: 404 })
    expect(await asAuditor(`/v1/runs/${runs.cleaning}`)).toMatchObject({ status: 200 })
    const own = organisationView.parse(jsonOf(await asAuditor('/v1/organisation')))
    expect([own.id, own.sites.map(({ id }) => id)]).toEqual(['demo-coop', ['huzhou']])
    const told = { status: 422, code: 'unknown-site', pointer: '/site' }
    expectProblem(await asAuditor('/v1/reports/mass-balance?site=dachen'), told)
    expectProblem(await asAuditor('/v1/batches?site=dachen'), told)
    expectProblem(await asAuditor('/v1/periods?site=dachen'), told)
    const { nodes } = tracePage.parse(jsonOf(await asAuditor(`/v1/batches/${lineage.flakes}/trace`)))
    const collected = { hidden: true, stage: 'collected', massKg: 100, month: '2026-08' }
    expect(nodes.map(({ id, from }) => [id, from])).toEqual([[lineage.flakes, [collected]]])
  })

  it('is for auditors, for reading, and for whom it was given to', async () => {
    await audit()
    const { keys, other } = partners.world.runtime.credentials
    expectProblem(await asAuditor('/v1/batches', ningbo), { status: 403, code: 'role-not-allowed' })
    expectProblem(await asAuditor('/v1/batches', other.keys.auditor), { status: 404, code: 'not-found' })
    const headers = { 'tidemark-organisation': 'demo-coop' }
    const made = await partners.world.client.post('/v1/pickups', keys.station, aPickup(), { headers })
    expectProblem(made, { status: 403, code: 'role-not-allowed', says: ['tidemark-organisation'] })
    expectProblem(await get('/v1/batches', inspector, 'nobody'), { status: 404, code: 'not-found' })
  })

  it('ends at its date and when it is revoked: then it is as if nothing were there', async () => {
    const { id } = await audit()
    jsonOf(await post(`/v1/grants/${id}/revoke`, coop))
    expectProblem(await asAuditor('/v1/batches'), { status: 404, code: 'not-found' })
    const soon = await audit({ until: new Date(Date.now() + 3_600_000).toISOString() })
    expect(await asAuditor('/v1/batches')).toMatchObject({ status: 200 })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    expectProblem(await asAuditor('/v1/batches'), { status: 404, code: 'not-found' })
    const lists = grantLists.parse(jsonOf(await get('/v1/grants', inspector)))
    expect(lists.received.find((one) => one.id === soon.id)?.status).toBe('expired')
  })
})

describe('a grant', () => {
  it('is listed by who gave it and by whom it was given to, and by nobody else', async () => {
    const { id } = await partners.grant(coop, { kind: 'lineage', to: 'ningbo', depth: 4 })
    const listsOf = async (key: string) => grantLists.parse(jsonOf(await get('/v1/grants', key)))
    expect((await listsOf(coop)).given[0]).toMatchObject({ id, to: 'ningbo', depth: 4, status: 'active' })
    expect((await listsOf(ningbo)).received[0]).toMatchObject({ id, from: 'demo-coop' })
    const { given: gave, received } = await listsOf(zhoushan)
    expect([...gave, ...received].map((one) => one.id)).not.toContain(id)
  })

  it('is given once, however often it is sent', async () => {
    const body = { kind: 'lineage', to: 'ningbo', depth: 1 }
    const idempotencyKey = randomUUID()
    const send = () => partners.world.client.post('/v1/grants', coop, body, { idempotencyKey })
    const [first, again] = [await send(), await send()]
    expect([again.status, again.text]).toEqual([201, first.text])
    jsonOf(await post(`/v1/grants/${idOf(first)}/revoke`, coop))
  })

  it.each([
    [{ kind: 'lineage', to: 'demo-coop', depth: 1 }, 400, 'invalid-request', '/to'],
    [{ kind: 'lineage', to: 'nobody', depth: 1 }, 422, 'unknown-organisation', '/to'],
    [{ kind: 'lineage', to: 'ningbo', depth: 21 }, 400, 'invalid-request', '/depth'],
    [{ kind: 'audit', to: 'ningbo', until: '2020-01-01T00:00:00Z' }, 400, 'invalid-request', '/until'],
    [
      { kind: 'audit', to: 'ningbo', until: '2099-01-01T00:00:00Z', sites: ['beilun'] },
      422,
      'unknown-site',
      '/sites/0',
    ],
    [{ kind: 'audit', to: 'ningbo' }, 400, 'invalid-request', '/until'],
  ])('is refused as %j', async (body, status, code, pointer) => {
    expectProblem(await post('/v1/grants', coop, body), { status, code, pointer })
  })
})
