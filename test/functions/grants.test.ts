import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { batchPage, batchView, eventPage, tracePage } from '../../shared/contract/answers/batches.ts'
import { grantLists, grantView, madeKeyView } from '../../shared/contract/answers/identity.ts'
import { madeOrganisationView, organisationView } from '../../shared/contract/answers/organisation.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf, type Answer } from '../client.ts'
import { aPickup, aReceipt, aRun, aShipment, idOf } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { expectProblem } from './refused.ts'

/**
 * What partners and auditors see. The co-op picks up, washes into two lots, makes pellets of one and ships those to
 * Zhoushan, which blends them and ships half of the blend to Ningbo.
 */
let world: InProcess
let coop: string
let zhoushan: string
let ningbo: string
let inspector: string
const lineage = { pickup: '', flakes: '', spare: '', pellets: '', blend: '', rest: '' }
const runs = { cleaning: '', pelletizing: '', blending: '' }

const post = async (path: string, key: string, body: object = {}): Promise<Answer> =>
  world.client.post(path, key, { ...body })
const get = (path: string, key: string, inPlaceOf?: string): Promise<Answer> =>
  world.client.get(path, {
    key,
    ...(inPlaceOf !== undefined && { headers: { 'tidemark-organisation': inPlaceOf } }),
  })

async function ran(key: string, body: object): Promise<z.output<typeof runView>> {
  return runView.parse(jsonOf(await post('/v1/runs', key, body)))
}

async function handedOver(
  batch: string,
  from: { key: string; siteId: string },
  to: { key: string; organisationId: string; siteId: string },
): Promise<void> {
  const { organisationId, siteId } = to
  const { massKg } = batchOf(await get(`/v1/batches/${batch}`, from.key))
  const load = aShipment([batch], { siteId: from.siteId, to: { organisationId, siteId } })
  const shipment = idOf(await post('/v1/shipments', from.key, load))
  jsonOf(await post(`/v1/shipments/${shipment}/receipt`, to.key, aReceipt([{ batchId: batch, massKg }])))
}

beforeAll(async () => {
  world = await startInProcess()
  const { keys, other } = world.runtime.credentials
  coop = keys.operator
  zhoushan = other.keys.operator
  const name = { en: 'Ningbo works', zh: '宁波工厂' }
  const site = { id: 'beilun', kind: 'factory', name, lat: 29.9, lon: 121.85 }
  const body = { id: 'ningbo', name, sites: [site] }
  ningbo = madeOrganisationView.parse(jsonOf(await post('/v1/organisations', coop, body))).secret
  inspector = madeKeyView.parse(
    jsonOf(await post('/v1/keys', ningbo, { name: 'Inspector', role: 'auditor' })),
  ).secret
  lineage.pickup = idOf(await post('/v1/pickups', coop, aPickup()))
  const cleaning = await ran(coop, {
    ...aRun('', { step: 'cleaning', siteId: 'huzhou' }),
    charges: [{ batchId: lineage.pickup, massKg: 100 }],
    outputs: [{ massKg: 60 }, { massKg: 35 }],
    losses: { 'wash-loss': 5 },
  })
  ;[lineage.flakes = '', lineage.spare = ''] = cleaning.outputIds
  const pelletizing = await ran(coop, {
    ...aRun('', { step: 'pelletizing', siteId: 'huzhou' }),
    charges: [{ batchId: lineage.flakes, massKg: 60 }],
    outputs: [{ massKg: 60 }],
  })
  ;[lineage.pellets = ''] = pelletizing.outputIds
  const quay = { key: zhoushan, organisationId: 'zhoushan-coop', siteId: 'shenjiamen' }
  await handedOver(lineage.pellets, { key: coop, siteId: 'huzhou' }, quay)
  const blending = await ran(zhoushan, {
    ...aRun('', { step: 'blending', siteId: 'shenjiamen', occurredAt: '2026-08-15T00:00:00.000Z' }),
    charges: [{ batchId: lineage.pellets, massKg: 50 }],
    outputs: [{ massKg: 30 }, { massKg: 20 }],
  })
  ;[lineage.blend = '', lineage.rest = ''] = blending.outputIds
  Object.assign(runs, { cleaning: cleaning.id, pelletizing: pelletizing.id, blending: blending.id })
  const later = { occurredAt: '2026-08-16T00:00:00.000Z' }
  const to = { organisationId: 'ningbo', siteId: 'beilun' }
  const load = aShipment([lineage.blend], { siteId: 'shenjiamen', to, ...later })
  const shipment = idOf(await post('/v1/shipments', zhoushan, load))
  const receipt = aReceipt([{ batchId: lineage.blend, massKg: 30 }], {
    occurredAt: '2026-08-17T00:00:00.000Z',
  })
  jsonOf(await post(`/v1/shipments/${shipment}/receipt`, ningbo, receipt))
})
afterAll(() => world.end())

type Grant = z.output<typeof grantView>
const given: { key: string; id: string }[] = []

async function grant(key: string, body: object): Promise<Grant> {
  const made = grantView.parse(jsonOf(await post('/v1/grants', key, body)))
  given.push({ key, id: made.id })
  return made
}
const lets = (key: string, to: string, depth: number): Promise<Grant> =>
  grant(key, { kind: 'lineage', to, depth })

afterEach(async () => {
  for (const { key, id } of given.splice(0)) jsonOf(await post(`/v1/grants/${id}/revoke`, key))
})

/** What a trace says, without what is the same for all. */
async function traced(batch: string, key: string, direction = 'backward') {
  const { nodes } = tracePage.parse(
    jsonOf(await get(`/v1/batches/${batch}/trace?direction=${direction}`, key)),
  )
  return nodes.map(({ id, from }) => ({ id, from }))
}
const statusOf = async (path: string, key: string): Promise<number> => (await get(path, key)).status
const closed = { hidden: true, stage: 'cleaned', massKg: 60, month: '2026-08' }

describe('where nothing was granted, a partner', () => {
  it('sees what it was shipped and the run that made it, and further up stage, mass and month', async () => {
    expect(await traced(lineage.pellets, zhoushan)).toEqual([{ id: lineage.pellets, from: [closed] }])
    expect(batchOf(await get(`/v1/batches/${lineage.pellets}`, zhoushan)).runId).toBe(runs.pelletizing)
    const run = runView.parse(jsonOf(await get(`/v1/runs/${runs.pelletizing}`, zhoushan)))
    expect(run).toMatchObject({
      inputKg: 60,
      outputIds: [lineage.pellets],
      outputs: [{ id: lineage.pellets }],
    })
    for (const path of [
      `/v1/batches/${lineage.flakes}`,
      `/v1/batches/${lineage.pickup}/events`,
      `/v1/batches/${lineage.flakes}/trace`,
      `/v1/runs/${runs.cleaning}`,
      `/v1/runs/${runs.pelletizing}/events`,
    ])
      expectProblem(await get(path, zhoushan), { status: 404, code: 'not-found' })
  })

  it('sees in the history how it was made and moved, and of what names other batches of others a hash alone', async () => {
    const page = eventPage.parse(jsonOf(await get(`/v1/batches/${lineage.pellets}/events`, zhoushan)))
    expect(page.items.map(({ event, hidden }) => event?.['type'] ?? hidden)).toEqual([
      'RunClosed',
      'BatchShipped',
      'BatchReceived',
      'RunCharged',
    ])
    const all = eventPage.parse(jsonOf(await get(`/v1/batches/${lineage.pellets}/events`, coop)))
    expect(all.items.map(({ hash }) => hash)).toEqual(page.items.map(({ hash }) => hash))
    expect(all.items.map(({ event, hidden }) => event?.['type'] ?? hidden)).toEqual([
      'RunClosed',
      'BatchShipped',
      'BatchReceived',
      true,
    ])
  })

  it('that passed a batch on sees that it did, and nothing of what became of it', async () => {
    const pellets = batchOf(await get(`/v1/batches/${lineage.pellets}`, coop))
    expect(pellets).toMatchObject({
      status: 'passed-on',
      organisationId: 'zhoushan-coop',
      siteId: 'shenjiamen',
      remainingKg: 0,
      usedIn: [],
    })
    const onward = await traced(lineage.pickup, coop, 'forward')
    expect(onward.map(({ id }) => id)).toEqual([
      lineage.pickup,
      ...[lineage.flakes, lineage.spare].toSorted(),
      lineage.pellets,
    ])
    const told = await get(`/v1/batches/${lineage.pickup}/trace?direction=forward`, coop)
    for (const id of [lineage.blend, lineage.rest, runs.blending]) expect(told.text).not.toContain(id)
    expect(await statusOf(`/v1/batches/${lineage.blend}`, coop)).toBe(404)
    expect(await statusOf(`/v1/runs/${runs.blending}`, coop)).toBe(404)
  })

  it('of a partner sees nothing of whom that was supplied by', async () => {
    const from = [{ hidden: true, stage: 'pelletized', massKg: 50, month: '2026-08' }]
    expect(await traced(lineage.blend, ningbo)).toEqual([{ id: lineage.blend, from }])
    const run = runView.parse(jsonOf(await get(`/v1/runs/${runs.blending}`, ningbo)))
    expect(run.outputs.map(({ id }) => id)).toEqual([lineage.blend])
    expect((await get(`/v1/batches/${lineage.blend}/trace`, ningbo)).text).not.toContain('coop')
  })
})

describe('a lineage grant', () => {
  it('opens so many runs up as it says, in traces and by their ids, and no more', async () => {
    await lets(coop, 'zhoushan-coop', 2)
    const collected = { hidden: true, stage: 'collected', massKg: 100, month: '2026-08' }
    expect(await traced(lineage.pellets, zhoushan)).toEqual([
      { id: lineage.pellets, from: [{ batchId: lineage.flakes, massKg: 60 }] },
      { id: lineage.flakes, from: [collected] },
    ])
    expect(await traced(lineage.flakes, zhoushan)).toEqual([{ id: lineage.flakes, from: [collected] }])
    const cleaning = runView.parse(jsonOf(await get(`/v1/runs/${runs.cleaning}`, zhoushan)))
    expect(cleaning).toMatchObject({ outputIds: [lineage.flakes, lineage.spare], outputs: [] })
    const flakes = eventPage.parse(jsonOf(await get(`/v1/batches/${lineage.flakes}/events`, zhoushan)))
    expect(flakes.items.map(({ event, hidden }) => event?.['type'] ?? hidden)).toEqual(['RunClosed', true])
    expect(await statusOf(`/v1/batches/${lineage.pickup}`, zhoushan)).toBe(404)
    expect(await statusOf(`/v1/batches/${lineage.spare}`, zhoushan)).toBe(404)

    await lets(coop, 'zhoushan-coop', 3)
    expect((await traced(lineage.pellets, zhoushan)).map(({ id }) => id)).toEqual([
      lineage.pellets,
      lineage.flakes,
      lineage.pickup,
    ])
    expect(await statusOf(`/v1/batches/${lineage.pickup}/checks`, zhoushan)).toBe(200)
  })

  it('of depth 0 closes even the run that made what was shipped', async () => {
    await lets(coop, 'zhoushan-coop', 0)
    expect(await traced(lineage.pellets, zhoushan)).toEqual([
      { id: lineage.pellets, from: [{ hidden: true }] },
    ])
    expect(batchOf(await get(`/v1/batches/${lineage.pellets}`, zhoushan)).runId).toBeUndefined()
    expect(await statusOf(`/v1/runs/${runs.pelletizing}`, zhoushan)).toBe(404)
    const [first] = eventPage.parse(
      jsonOf(await get(`/v1/batches/${lineage.pellets}/events`, zhoushan)),
    ).items
    expect(first).toEqual({ hash: first?.hash, hidden: true })
  })

  it('opens what two had only where both let it be seen', async () => {
    await lets(coop, 'ningbo', 20)
    expect(await traced(lineage.blend, ningbo)).toHaveLength(1)
    expect(await statusOf(`/v1/batches/${lineage.pickup}`, ningbo)).toBe(404)
    await lets(zhoushan, 'ningbo', 2)
    expect((await traced(lineage.blend, ningbo)).map(({ id }) => id)).toEqual([
      lineage.blend,
      lineage.pellets,
      lineage.flakes,
      lineage.pickup,
    ])
    expect(await statusOf(`/v1/batches/${lineage.pickup}`, ningbo)).toBe(200)
    const run = runView.parse(jsonOf(await get(`/v1/runs/${runs.cleaning}`, ningbo)))
    expect(run.outputs).toEqual([])
  })

  it('is over as soon as it is revoked, by whom it was given alone', async () => {
    const { id } = await lets(coop, 'zhoushan-coop', 3)
    expect(await statusOf(`/v1/batches/${lineage.flakes}`, zhoushan)).toBe(200)
    expectProblem(await post(`/v1/grants/${id}/revoke`, zhoushan), { status: 404, code: 'not-found' })
    expect(grantView.parse(jsonOf(await post(`/v1/grants/${id}/revoke`, coop))).status).toBe('revoked')
    expect(await statusOf(`/v1/batches/${lineage.flakes}`, zhoushan)).toBe(404)
    expect(await traced(lineage.pellets, zhoushan)).toEqual([{ id: lineage.pellets, from: [closed] }])
  })
})

describe('an audit grant', () => {
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const audit = (changes: object = {}) => grant(coop, { kind: 'audit', to: 'ningbo', until, ...changes })
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
    expect(await statusOf(`/v1/batches/${lineage.flakes}`, inspector)).toBe(404)
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
    const { keys, other } = world.runtime.credentials
    expectProblem(await asAuditor('/v1/batches', ningbo), { status: 403, code: 'role-not-allowed' })
    expectProblem(await asAuditor('/v1/batches', other.keys.auditor), { status: 404, code: 'not-found' })
    const headers = { 'tidemark-organisation': 'demo-coop' }
    const made = await world.client.post('/v1/pickups', keys.station, aPickup(), { headers })
    expectProblem(made, { status: 403, code: 'role-not-allowed', says: ['tidemark-organisation'] })
    expectProblem(await get('/v1/batches', inspector, 'nobody'), { status: 404, code: 'not-found' })
  })

  it('ends at its date and when it is revoked: then it is as if nothing were there', async () => {
    const { id } = await audit()
    jsonOf(await post(`/v1/grants/${id}/revoke`, coop))
    expectProblem(await asAuditor('/v1/batches'), { status: 404, code: 'not-found' })
    const soon = await grant(coop, {
      kind: 'audit',
      to: 'ningbo',
      until: new Date(Date.now() + 1_500).toISOString(),
    })
    while (Date.now() < Date.parse(soon.until ?? '')) await asAuditor('/v1/organisation')
    expectProblem(await asAuditor('/v1/batches'), { status: 404, code: 'not-found' })
    const lists = grantLists.parse(jsonOf(await get('/v1/grants', inspector)))
    expect(lists.received.find((one) => one.id === soon.id)?.status).toBe('expired')
  })
})

describe('a grant', () => {
  it('is listed by who gave it and by whom it was given to, and by nobody else', async () => {
    const { id } = await lets(coop, 'ningbo', 4)
    const listsOf = async (key: string) => grantLists.parse(jsonOf(await get('/v1/grants', key)))
    expect((await listsOf(coop)).given[0]).toMatchObject({ id, to: 'ningbo', depth: 4, status: 'active' })
    expect((await listsOf(ningbo)).received[0]).toMatchObject({ id, from: 'demo-coop' })
    const { given: gave, received } = await listsOf(zhoushan)
    expect([...gave, ...received].map((one) => one.id)).not.toContain(id)
  })

  it('is given once, however often it is sent', async () => {
    const body = { kind: 'lineage', to: 'ningbo', depth: 1 }
    const idempotencyKey = randomUUID()
    const send = () => world.client.post('/v1/grants', coop, body, { idempotencyKey })
    const [first, again] = [await send(), await send()]
    expect([again.status, again.text]).toEqual([201, first.text])
    given.push({ key: coop, id: idOf(first) })
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
