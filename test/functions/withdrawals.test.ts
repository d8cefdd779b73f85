import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateView } from '../../shared/contract/answers/quality.ts'
import { batchOf, jsonOf, type Answer } from '../client.ts'
import { aCertificate, aPickup, aRun, AT_SEA, givenId, givenPickup } from '../given.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Withdrawing a certificate, on the real engine: what rests on it is found in the journals of its sites. */
let runtime: TestRuntime
beforeAll(async () => {
  runtime = await startTestRuntime()
})
afterAll(async () => runtime?.stop())

const correct = (event: string, body: object, key = runtime.keys.operator): Promise<Answer> =>
  runtime.post(`/v1/events/${event}/corrections`, key, { reason: 'never issued', ...body })

describe('a certificate that was never issued', () => {
  it('is withdrawn from its beginning once nothing is claimed under it any more, and covers nothing again', async () => {
    const { id } = certificateView.parse(
      jsonOf(await runtime.post('/v1/certificates', runtime.keys.operator, aCertificate())),
    )
    const pickup = await givenPickup(runtime, AT_SEA)
    expect(pickup.claimsKg).toEqual({ OBP: 100 })
    const washing = aRun(pickup.id, { siteId: 'huzhou' })
    const run = await givenId(runtime, '/v1/runs', runtime.keys.recycler, washing)

    const since = { occurredAt: '2026-01-01T00:00:00Z' }
    const problem = expectProblem(await correct(`${id}-1`, since), {
      status: 409,
      code: 'correct-first',
      pointer: '/occurredAt',
    })
    expect(problem.blockedBy).toEqual([`${run}-3`, `${pickup.id}-1`])

    for (const event of [`${run}-3`, `${run}-2`])
      expect((await correct(event, {}, runtime.keys.recycler)).status).toBe(201)
    const { siteId: _, occurredAt: __, ...said } = aPickup()
    const instead = { type: 'PickupRecorded', ...said, ...AT_SEA, claim: 'none' }
    expect((await correct(`${pickup.id}-1`, { instead }, runtime.keys.station)).status).toBe(201)
    const read = await runtime.get(`/v1/batches/${pickup.id}`, { key: runtime.keys.station })
    expect(batchOf(read).claimsKg).toEqual({})

    expect((await correct(`${id}-1`, since)).status).toBe(201)
    expect((await givenPickup(runtime, AT_SEA)).claimsKg).toEqual({})
  })
})

describe('a certificate that is withdrawn from now on', () => {
  it('is shown as withdrawn on the pages of all that was claimed under it before', async () => {
    const { id } = certificateView.parse(
      jsonOf(await runtime.post('/v1/certificates', runtime.keys.operator, aCertificate())),
    )
    const pickup = await givenPickup(runtime, AT_SEA)
    const other = await givenPickup(runtime, { ...AT_SEA, claim: 'none' })
    expect((await correct(`${id}-1`, {})).status).toBe(201)
    await expect.poll(async () => (await runtime.get(`/b/${pickup.id}?lang=en`)).text).toContain('Withdrawn')
    expect((await runtime.get(`/b/${other.id}?lang=en`)).text).not.toContain('Withdrawn')
  })
})
