import { beforeAll, describe, expect, it } from 'vitest'
import { jsonOf } from '../client.ts'
import { aCertificate, aPickup, aRun, AT_SEA, givenPickup } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem, refused } from './refused.ts'

/** Where a pickup was is private: nobody can read it back to repeat it, so a correction that is silent of it keeps it. */
const runtime = runtimeForTests()

const correct = (id: string, changes: object) => {
  const { siteId: _, occurredAt: __, ...fields } = aPickup(changes)
  const instead = { type: 'PickupRecorded', ...fields }
  return runtime.post(`/v1/events/${id}-1/corrections`, runtime.keys.station, {
    reason: 'weighed anew',
    instead,
  })
}
const read = (id: string) => runtime.batch(id, runtime.keys.auditor)
/** Everything of a batch that its position decides. */
const placedAs = async (id: string) => {
  const { origins, oceanBound, claimsKg } = await read(id)
  return {
    origins: origins.map(({ placeId, found }) => ({ placeId, found })),
    oceanBound,
    claims: Object.keys(claimsKg),
  }
}

beforeAll(async () => {
  jsonOf(await runtime.post('/v1/certificates', runtime.keys.operator, aCertificate()))
})

describe('a correction of a pickup that leaves its position out', () => {
  it('leaves place, class and claim as they are', async () => {
    const { id } = await givenPickup(runtime, AT_SEA)
    const before = await placedAs(id)
    expect(before).toMatchObject({ claims: ['OBP'], origins: [{ found: 'sea' }] })
    jsonOf(await correct(id, { massKg: 90 }))
    expect(await placedAs(id)).toEqual(before)
    expect(await read(id)).toMatchObject({ massKg: 90, claimsKg: { OBP: 90 } })
  })

  it('keeps the position that was corrected last', async () => {
    const { id } = await givenPickup(runtime, AT_SEA)
    jsonOf(await correct(id, { position: { lat: 28.27, lon: 121.61, accuracyM: 10 } }))
    const moved = await placedAs(id)
    for (const massKg of [80, 81]) jsonOf(await correct(id, { massKg }))
    expect(await placedAs(id)).toEqual(moved)
    expect(moved.origins).toMatchObject([{ placeId: 'shitang' }])
  })

  it('leaves a pickup without one without one, also after it was taken away with null', async () => {
    const { id } = await givenPickup(runtime, AT_SEA)
    jsonOf(await correct(id, { position: null }))
    const none = { origins: [{ found: 'unrecorded' }], claims: [], oceanBound: undefined }
    expect(await placedAs(id)).toMatchObject(none)
    jsonOf(await correct(id, { massKg: 70 }))
    expect(await placedAs(id)).toMatchObject(none)
  })

  it('corrects the mass of one that was used', async () => {
    const { id } = await givenPickup(runtime, AT_SEA)
    jsonOf(await runtime.post('/v1/runs', runtime.keys.recycler, aRun(id)))
    jsonOf(await correct(id, { massKg: 120 }))
    expect(await read(id)).toMatchObject({ massKg: 120, remainingKg: 110, claimsKg: { OBP: 120 } })
  })
})

it('a correction of a used pickup that changes more than its mass says what, and what to repeat', async () => {
  const { id } = await givenPickup(runtime, { ...AT_SEA, moisturePct: 12.5 })
  jsonOf(await runtime.post('/v1/runs', runtime.keys.recycler, aRun(id)))
  const send = () => correct(id, { massKg: 120, polymer: undefined, position: null })
  const problem = await refused(runtime, send, {
    status: 409,
    code: 'correct-first',
    pointer: '/instead/polymer',
    says: ['polymer (HDPE stands, unknown is given)'],
  })
  for (const said of [
    'moisturePct (12.5 stands, none is given)',
    'the position',
    'claim (OBP stands, none is given)',
  ]) {
    expect(problem.detail).toContain(said)
  }
  expect(problem.detail).toContain('repeat what stands')
})

it('a position that is no position is refused in a correction too, and null is not one of a pickup', async () => {
  const { id } = await givenPickup(runtime)
  expectProblem(await correct(id, { position: {} }), {
    status: 400,
    code: 'invalid-request',
    pointer: '/instead/position/lat',
  })
  const body = aPickup({ position: null })
  expectProblem(await runtime.post('/v1/pickups', runtime.keys.station, body), {
    status: 400,
    code: 'invalid-request',
    pointer: '/position',
  })
})
