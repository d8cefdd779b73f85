import { beforeAll, describe, expect, it } from 'vitest'
import { holdView, releaseView } from '../../shared/contract/answers/quality.ts'
import { jsonOf } from '../client.ts'
import { aReceipt, aRun, givenPickup, givenShipment, outputIdOf } from '../given.ts'
import { eventually, runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** What the receiver of a load may do about what it rejected, and its sender about what came back. */
const runtime = runtimeForTests()

async function givenRejected(): Promise<string> {
  const { id } = await givenPickup(runtime)
  const shipment = await givenShipment(runtime, id)
  const lines = [{ batchId: id, massKg: 100, accepted: false, reason: 'oil' }]
  jsonOf(await runtime.post(`/v1/shipments/${shipment}/receipt`, runtime.otherKeys.station, aReceipt(lines)))
  return id
}

const hold = (id: string, key: string, body: object = { reason: 'contamination' }) =>
  runtime.post(`/v1/batches/${id}/hold`, key, { ...body })
const release = (id: string, key: string, body: object = {}) =>
  runtime.post(`/v1/batches/${id}/release`, key, { ...body })

describe('a receiver that rejected a batch', () => {
  let id = ''
  let answer: unknown
  let holdId = ''
  beforeAll(async () => {
    id = await givenRejected()
    answer = jsonOf(await hold(id, runtime.otherKeys.station))
    holdId = holdView.parse(answer).holdId
  })

  it('is told the id of its hold, and nothing of the batch', () => {
    expect(Object.keys(Object(answer))).toEqual(['holdId'])
  })

  it('holds it, whoever has it, and what is made of it', async () => {
    expectProblem(await runtime.post('/v1/runs', runtime.keys.recycler, aRun(id)), {
      status: 409,
      code: 'batch-held',
    })
    const { held, holds } = await runtime.batch(id, runtime.keys.auditor)
    expect({ held, holds }).toMatchObject({
      held: true,
      holds: [{ holdId, organisationId: 'zhoushan-coop' }],
    })
  })

  it('reads and does no more with it than before', async () => {
    for (const path of ['', '/events', '/checks', '/trace']) {
      const read = await runtime.get(`/v1/batches/${id}${path}`, { key: runtime.otherKeys.operator })
      expectProblem(read, { status: 404, code: 'not-found' })
    }
    const early = await hold(id, runtime.otherKeys.station, {
      reason: 'quality',
      occurredAt: '2026-07-01T00:00:00.000Z',
    })
    const { detail } = expectProblem(early, { status: 422, code: 'time-order' })
    expect(detail).not.toContain('2026-08-01')
  })

  it('is answered by the sender’s operator alone, with a reason', async () => {
    const answered = { holdId, note: 'washed and tested' }
    expectProblem(await release(id, runtime.keys.station, answered), {
      status: 403,
      code: 'role-not-allowed',
    })
    expectProblem(await release(id, runtime.keys.operator, { holdId }), {
      status: 400,
      pointer: '/note',
      code: 'invalid-request',
    })
    const done = releaseView.parse(jsonOf(await release(id, runtime.keys.operator, answered)))
    expect(done).toMatchObject({ released: [holdId], batch: { held: false } })
  })

  it('releases what it held itself, without being shown the batch', async () => {
    const again = await givenRejected()
    await hold(again, runtime.otherKeys.station)
    const answer = jsonOf(await release(again, runtime.otherKeys.station))
    expect(Object.keys(Object(answer))).toEqual(['released'])
    const sorting = aRun(again, { occurredAt: '2026-08-15T00:00:00.000Z' })
    const sorted = outputIdOf(await runtime.post('/v1/runs', runtime.keys.recycler, sorting))
    jsonOf(await hold(again, runtime.otherKeys.station))
    await eventually('what was made of it to be held', async () =>
      (await runtime.batch(sorted, runtime.keys.auditor)).held ? true : undefined,
    )
  })

  it('is the only stranger who may: others have no such batch', async () => {
    const { id: never } = await givenPickup(runtime)
    expectProblem(await hold(never, runtime.otherKeys.station), { status: 404, code: 'not-found' })
    const shipped = await givenPickup(runtime)
    await givenShipment(runtime, shipped.id)
    expectProblem(await hold(shipped.id, runtime.otherKeys.station), { status: 404, code: 'not-found' })
  })
})

describe('the sender of a rejected batch', () => {
  it('corrects its pickup, down and up, while the receipt stands', async () => {
    const id = await givenRejected()
    for (const massKg of [90, 110]) {
      const instead = { type: 'PickupRecorded', form: 'crate', polymer: 'HDPE', massKg }
      const body = { reason: 'weighed anew', instead }
      jsonOf(await runtime.post(`/v1/events/${id}-1/corrections`, runtime.keys.station, body))
      expect(await runtime.batch(id, runtime.keys.auditor)).toMatchObject({ massKg, remainingKg: massKg })
    }
  })
})
