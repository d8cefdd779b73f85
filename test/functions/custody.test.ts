import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { shipmentPage, shipmentView } from '../../shared/contract/answers/custody.ts'
import { jsonOf, type Answer, type BatchView } from '../client.ts'
import { aReceipt, aRun, aShipment, givenPickup } from '../given.ts'
import { eventually, runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Hand-overs between two organisations that need not trust each other. */
const runtime = runtimeForTests()

type Shipment = z.output<typeof shipmentView>
const shipmentOf = (answer: Answer): Shipment => shipmentView.parse(jsonOf(answer))
const send = (body: object) => runtime.post('/v1/shipments', runtime.keys.station, { ...body })
const receive = (shipment: string, lines: readonly object[], changes: object = {}) =>
  runtime.post(`/v1/shipments/${shipment}/receipt`, runtime.otherKeys.station, aReceipt(lines, changes))
const shipped = async (batches: readonly BatchView[], changes: object = {}): Promise<Shipment> =>
  shipmentOf(
    await send(
      aShipment(
        batches.map(({ id }) => id),
        changes,
      ),
    ),
  )
const read = async (id: string, key = runtime.keys.auditor) =>
  shipmentOf(await runtime.get(`/v1/shipments/${id}`, { key }))

describe('a shipment of several batches', () => {
  let load: BatchView[]
  let shipment: Shipment
  beforeAll(async () => {
    load = await Promise.all([100, 50, 30].map((massKg) => givenPickup(runtime, { massKg })))
    shipment = await shipped(load, {
      manifest: { number: 'M-9', massKg: 180 },
      seal: 'SEAL 7',
      driver: 'Wang Wei',
    })
  })

  it('says what is on the truck, and how far it goes, to both parties and nobody’s driver to anyone', async () => {
    expect(shipment).toMatchObject({
      status: 'in-transit',
      manifest: { number: 'M-9', massKg: 180 },
      lines: load.map(({ id, massKg }) => ({ batchId: id, massKg, status: 'in-transit' })),
      // Told of in August and entered since, as everything here is.
      checks: [
        { rule: 'R17', verdict: 'pass' },
        { rule: 'R17', verdict: 'pass', sentence: { en: expect.stringContaining('230 km were stated') } },
        { rule: 'R7', verdict: 'review' },
      ],
    })
    for (const key of [runtime.keys.auditor, runtime.otherKeys.auditor]) {
      expect(await read(shipment.id, key)).toEqual(shipment)
      const { text } = await runtime.get(`/v1/shipments/${shipment.id}/events`, { key })
      expect(text).toContain('BatchShipped')
      expect(text).toContain('"vehicle":{"salt":')
      expect(text).not.toContain('Wang Wei')
    }
  })

  it('can meanwhile be used by neither party', async () => {
    const [first] = load
    const batch = await runtime.batch(first?.id ?? '', runtime.keys.auditor)
    expect(batch).toMatchObject({
      status: 'in-transit',
      shipmentId: shipment.id,
      organisationId: 'demo-coop',
    })
    const charging = (key: string, siteId: string) =>
      runtime.post('/v1/runs', key, aRun(batch.id, { siteId }))
    const ours = await charging(runtime.keys.recycler, 'jiaojiang')
    expectProblem(ours, { status: 409, code: 'batch-not-active', says: [`in shipment ${shipment.id}`] })
    const theirs = await charging(runtime.otherKeys.recycler, 'shenjiamen')
    expectProblem(theirs, { status: 422, code: 'unknown-batch' })
    expectProblem(await send(aShipment([batch.id])), { status: 409, code: 'batch-not-active' })
    const unseen = await runtime.get(`/v1/batches/${batch.id}`, { key: runtime.otherKeys.auditor })
    expectProblem(unseen, { status: 404, code: 'not-found' })
  })

  it('is weighed in line by line, in as many calls as it takes: accepted, short, rejected', async () => {
    const [a, b, c] = load.map(({ id }) => id)
    const first = shipmentOf(
      await receive(shipment.id, [{ batchId: a, massKg: 97.9 }], { seen: { seal: 'seal-7' } }),
    )
    expect(first).toMatchObject({
      status: 'in-transit',
      lines: [{ status: 'accepted', receivedKg: 97.9 }, {}, {}],
    })
    expect(first.checks?.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
      'R16 review',
      'R17 pass',
      'R7 review',
    ])
    const rest = [
      { batchId: b, massKg: 50.5 },
      { batchId: c, massKg: 31.7, accepted: false, reason: 'wet and full of sand' },
    ]
    const done = shipmentOf(await receive(shipment.id, rest))
    expect(done).toMatchObject({
      status: 'received',
      lines: [{}, { status: 'accepted' }, { status: 'rejected' }],
    })
    expect(done.checks?.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
      'R16 pass',
      'R16 review',
      'R17 review',
      'R7 review',
    ])
    const key = runtime.otherKeys.auditor
    const kept = { organisationId: 'zhoushan-coop', siteId: 'shenjiamen' }
    expect(await runtime.batch(a ?? '', key)).toMatchObject({
      ...kept,
      remainingKg: 97.9,
      lostInTransitKg: 2.1,
    })
    expect(await runtime.batch(b ?? '', key)).toMatchObject({ ...kept, remainingKg: 50 })
    const back = await runtime.batch(c ?? '', runtime.keys.auditor)
    expect(back).toMatchObject({ organisationId: 'demo-coop', status: 'active', remainingKg: 30 })
    const all = (await read(shipment.id)).checks?.map(({ rule }) => rule)
    expect(all).toEqual(['R17', 'R17', 'R7', 'R16', 'R17', 'R7', 'R16', 'R16', 'R17', 'R7'])
    for (const key of [runtime.keys.auditor, runtime.otherKeys.auditor]) {
      const { text } = await runtime.get(`/v1/shipments/${shipment.id}/events`, { key })
      expect(text).toContain('wet and full of sand')
    }
    const told = await runtime.get(`/v1/batches/${c ?? ''}/events`, { key: runtime.keys.station })
    expect(told.text).toContain('wet and full of sand')
  })

  it('settles no line twice', async () => {
    const [a] = load
    const answer = await receive(shipment.id, [{ batchId: a?.id, massKg: 1 }])
    expectProblem(answer, {
      status: 409,
      code: 'line-settled',
      pointer: '/lines/0/batchId',
      says: ['accepted already'],
    })
  })

  it('lets the new holder use what it received, and the old one no more', async () => {
    const [a] = load.map(({ id }) => id)
    const run = (key: string, siteId: string) =>
      runtime.post('/v1/runs', key, aRun(a ?? '', { siteId, occurredAt: '2026-08-15T00:00:00.000Z' }))
    expect((await run(runtime.otherKeys.recycler, 'shenjiamen')).status).toBe(201)
    expectProblem(await run(runtime.keys.recycler, 'jiaojiang'), { status: 422, code: 'unknown-batch' })
    const early = aRun(a ?? '', { siteId: 'shenjiamen', occurredAt: '2026-08-13T23:59:59.999Z' })
    expectProblem(await runtime.post('/v1/runs', runtime.otherKeys.recycler, early), {
      status: 422,
      code: 'time-order',
      says: [`batch ${a} came to be yours`],
    })
  })
})

describe('shipping', () => {
  it.each([
    [
      'to nobody',
      { to: { organisationId: 'nobody', siteId: 'x' } },
      422,
      'unknown-organisation',
      '/to/organisationId',
    ],
    [
      'to a site that the receiver does not have',
      { to: { organisationId: 'zhoushan-coop', siteId: 'dachen' } },
      422,
      'unknown-site',
      '/to/siteId',
    ],
    [
      'to oneself',
      { to: { organisationId: 'demo-coop', siteId: 'huzhou' } },
      400,
      'invalid-request',
      '/to/organisationId',
    ],
    ['from a site of others', { siteId: 'shenjiamen' }, 422, 'unknown-site', '/siteId'],
    ['nothing', { batches: [] }, 400, 'invalid-request', '/batches'],
    ['what nobody has', { batches: ['BZZZZZZZZZZZZ'] }, 422, 'unknown-batch', '/batches/0'],
    [
      'in the future',
      { occurredAt: new Date(Date.now() + 3_600_000).toISOString() },
      422,
      'future-time',
      '/occurredAt',
    ],
    ['without a manifest number', { manifest: {} }, 400, 'invalid-request', '/manifest/number'],
    ['by air', { transport: { mode: 'air' } }, 400, 'invalid-request', '/transport/mode'],
  ])('%s is refused', async (_what, changes, status, code, pointer) => {
    const { id } = await givenPickup(runtime)
    expectProblem(await send(aShipment([id], changes)), { status, code, pointer })
    expect(await runtime.batch(id, runtime.keys.auditor)).toMatchObject({ status: 'active' })
  })

  it('estimates the way where nobody measured it, and says so', async () => {
    const { transport } = await shipped([await givenPickup(runtime)], { transport: undefined })
    expect(transport).toMatchObject({ mode: 'road', basis: 'estimated' })
    expect(transport.distanceKm).toBeGreaterThan(170)
  })
})

describe('lists of shipments', () => {
  const list = async (key: string, query: string) =>
    shipmentPage.parse(jsonOf(await runtime.get(`/v1/shipments${query}`, { key }))).items

  it('show the sender what goes out and the receiver what comes in, and only what is still on its way', async () => {
    const shipment = await shipped([await givenPickup(runtime)])
    const ids = async (key: string, query: string) => (await list(key, query)).map(({ id }) => id)
    expect(await ids(runtime.keys.auditor, '?direction=outgoing')).toContain(shipment.id)
    expect(await ids(runtime.otherKeys.auditor, '')).toContain(shipment.id)
    expect(await ids(runtime.keys.auditor, '')).not.toContain(shipment.id)
    expect(await ids(runtime.otherKeys.auditor, '?status=in-transit')).toContain(shipment.id)
    const line = { batchId: shipment.lines[0]?.batchId, massKg: 100 }
    await receive(shipment.id, [line])
    expect(await ids(runtime.otherKeys.auditor, '?status=in-transit')).not.toContain(shipment.id)
    expect(await ids(runtime.otherKeys.auditor, '?status=received')).toContain(shipment.id)
  })

  it('come in pages that make up the whole', async () => {
    const whole = await list(runtime.keys.auditor, '?direction=outgoing&limit=100')
    const paged: Shipment[] = []
    for (let query = '?direction=outgoing&limit=2'; query !== '';) {
      const page = shipmentPage.parse(
        jsonOf(await runtime.get(`/v1/shipments${query}`, { key: runtime.keys.auditor })),
      )
      paged.push(...page.items)
      query = page.next === undefined ? '' : `?direction=outgoing&limit=2&cursor=${page.next}`
    }
    expect(paged).toEqual(whole)
    expect(whole.length).toBeGreaterThan(2)
  })
})

describe('a load of which nothing arrived', () => {
  it('is public as missing, not as processed further', async () => {
    const batch = await givenPickup(runtime)
    const { id } = await shipped([batch])
    jsonOf(await receive(id, [{ batchId: batch.id, massKg: 0 }]))
    const page = await eventually('its page to follow', async () => {
      const { text } = await runtime.get(`/b/${batch.id}?lang=en`)
      return text.includes('None of it is left') ? text : undefined
    })
    expect(page).toContain('All of this batch was missing on arrival.')
    expect(page).not.toContain('has been processed further')
  })
})
