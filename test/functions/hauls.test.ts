import { describe, expect, it } from 'vitest'
import { checkPage } from '../../shared/contract/answers/batches.ts'
import { shipmentView } from '../../shared/contract/answers/custody.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import { jsonOf } from '../client.ts'
import { aPickup, aReceipt, aRun, aShipment, givenId, givenPickup } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { refused } from './refused.ts'

/** Distances that people state, of hauls between sites that everybody knows the places of. */
const runtime = runtimeForTests()

const hauled = (batchId: string, distanceKm: number, changes: object = {}) =>
  runtime.post(
    '/v1/runs',
    runtime.keys.recycler,
    aRun(batchId, {
      step: 'cleaning',
      siteId: 'huzhou',
      charges: [{ batchId, massKg: 10, transport: { mode: 'road', distanceKm } }],
      ...changes,
    }),
  )

describe('a charge from another site', () => {
  it('is refused with a distance that no way between the two can have, and nothing is drawn', async () => {
    const { id } = await givenPickup(runtime, { siteId: 'shitang' })
    for (const km of [0, 1]) {
      await refused(runtime, () => hauled(id, km), {
        status: 422,
        code: 'check-failed',
        pointer: '/charges/0/transport/distanceKm',
        says: [`From shitang to huzhou ${km} km were stated`, '324 km apart', 'shorter than 318 km'],
      })
    }
  })

  it('is for review with one that is many times as long, in the answer and with the batch', async () => {
    const { id } = await givenPickup(runtime, { siteId: 'shitang' })
    const { checks } = runView.parse(jsonOf(await hauled(id, 40_000)))
    const said = checks.filter(({ rule }) => rule === 'R17')
    expect(said).toMatchObject([{ verdict: 'review' }])
    expect(said[0]?.sentence.zh).toContain('40000 千米')
    const kept = await runtime.get(`/v1/batches/${id}/checks?verdict=review`, { key: runtime.keys.auditor })
    expect(checkPage.parse(jsonOf(kept)).items).toContainEqual(
      expect.objectContaining({ rule: 'R17', eventType: 'RunCharged' }),
    )
  })

  it('is refused into an open run as well', async () => {
    const { id } = await givenPickup(runtime, { siteId: 'shitang' })
    const open = { step: 'cleaning', siteId: 'huzhou', occurredAt: '2026-08-09T00:00:00.000Z' }
    const run = runView.parse(jsonOf(await runtime.post('/v1/runs', runtime.keys.recycler, open)))
    const charges = [{ batchId: id, massKg: 10, transport: { mode: 'sea', distanceKm: 1 } }]
    const path = `/v1/runs/${run.id}/charges`
    await refused(runtime, () => runtime.post(path, runtime.keys.recycler, { charges }), {
      status: 422,
      code: 'check-failed',
      pointer: '/charges/0/transport/distanceKm',
    })
  })
})

describe('a shipment', () => {
  it('is refused with a distance that no way between its sites can have', async () => {
    const { id } = await givenPickup(runtime)
    const body = aShipment([id], { transport: { mode: 'road', distanceKm: 1 } })
    await refused(runtime, () => runtime.post('/v1/shipments', runtime.keys.station, body), {
      status: 422,
      code: 'check-failed',
      pointer: '/transport/distanceKm',
      says: ['From dachen to shenjiamen 1 km were stated'],
    })
  })

  it('that is received elsewhere counts with the distance to there, where nobody stated any', async () => {
    const pickup = aPickup({ siteId: 'shenjiamen' })
    const batch = await givenId(runtime, '/v1/pickups', runtime.otherKeys.station, pickup)
    const load = aShipment([batch], {
      siteId: 'shenjiamen',
      to: { organisationId: 'demo-coop', siteId: 'dachen' },
      transport: { mode: 'road' },
    })
    const shipment = shipmentView.parse(
      jsonOf(await runtime.post('/v1/shipments', runtime.otherKeys.station, load)),
    )
    const receipt = aReceipt([{ batchId: batch, massKg: 100 }], { siteId: 'huzhou' })
    jsonOf(await runtime.post(`/v1/shipments/${shipment.id}/receipt`, runtime.keys.recycler, receipt))
    const { text } = await runtime.get(`/v1/shipments/${shipment.id}/events`, { key: runtime.keys.auditor })
    expect(shipment.transport.distanceKm).toBe(223)
    expect(text).toContain('"distanceKm":305')
  })
})
