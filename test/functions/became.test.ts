import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { becameView } from '../../shared/contract/answers/batches.ts'
import { commandText } from '../../shared/contract/command-key.ts'
import { batchIdOf } from '../../web/collect/kept/bag-code.ts'
import { batchOf, jsonOf } from '../client.ts'
import { deviceToken, enrolledPhone } from '../enrolled.ts'
import { aPickup, aProduct, givenPickup, givenRun, givenShipment, aReceipt, newKey } from '../given.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** What became of a pickup, as those are told who collected it. */
let runtime: TestRuntime
beforeAll(async () => {
  runtime = await startTestRuntime()
})
afterAll(async () => runtime?.stop())

async function became(id: string, key = runtime.keys.collector): Promise<z.output<typeof becameView>> {
  return becameView.parse(jsonOf(await runtime.get(`/v1/batches/${id}/became`, { key })))
}

describe('what became of a pickup', () => {
  it('is nothing yet, then how far it has come, then the products that hold some of it', async () => {
    const { id } = await givenPickup(runtime)
    expect(await became(id)).toEqual({
      batchId: id,
      massKg: 100,
      stage: 'collected',
      products: [],
      isWhole: true,
    })
    const cleaned = await givenRun(runtime, 'cleaning', id, 100)
    expect(await became(id)).toMatchObject({ stage: 'cleaned', products: [] })
    const pellets = await givenRun(runtime, 'pelletizing', cleaned.id, 100)
    const product = batchOf(await runtime.post('/v1/products', runtime.keys.brand, aProduct(pellets.id)))
    expect(await became(id)).toMatchObject({
      stage: 'product',
      products: [
        {
          id: product.id,
          name: 'Phone case',
          units: 500,
          links: { passport: `${runtime.url}/b/${product.id}` },
        },
      ],
      isWhole: true,
    })
  })

  it('follows the plastic to whoever has it, and says nothing of them', async () => {
    const { id } = await givenPickup(runtime)
    const shipment = await givenShipment(runtime, id)
    const receipt = aReceipt([{ batchId: id, massKg: 100 }])
    jsonOf(await runtime.post(`/v1/shipments/${shipment}/receipt`, runtime.otherKeys.station, receipt))
    expect(await became(id)).toMatchObject({ stage: 'collected', products: [] })
    expectProblem(await runtime.get(`/v1/batches/${id}/became`, { key: runtime.otherKeys.station }), {
      status: 404,
      code: 'not-found',
    })
  })

  it('is told of pickups alone', async () => {
    const { id } = await givenPickup(runtime)
    const cleaned = await givenRun(runtime, 'cleaning', id, 100)
    const answer = await runtime.get(`/v1/batches/${cleaned.id}/became`, { key: runtime.keys.collector })
    expectProblem(answer, { status: 404, code: 'not-found' })
  })

  it('is read by a collector’s phone, which reads no more than that of a batch', async () => {
    const { id } = await givenPickup(runtime)
    const phone = await enrolledPhone(runtime, runtime.keys.station)
    expect(await became(id, await deviceToken(phone, runtime.url))).toMatchObject({ batchId: id })
    const more = await runtime.get(`/v1/batches/${id}/trace`, { key: await deviceToken(phone, runtime.url) })
    expectProblem(more, { status: 403, code: 'role-not-allowed' })
  })
})

describe('the code of a bag', () => {
  it('is known to the phone before the server has the pickup', async () => {
    const idempotencyKey = newKey()
    const answer = await runtime.post('/v1/pickups', runtime.keys.collector, aPickup(), { idempotencyKey })
    const organisation = jsonOf(await runtime.get('/v1/organisation', { key: runtime.keys.collector }))
    expect(await batchIdOf(idIn(organisation), idempotencyKey)).toBe(batchOf(answer).id)
  })

  it('follows from whose it is, what is done, and the id of the entry', () => {
    expect(commandText({ org: 'coop', route: 'recordPickup', idempotencyKey: 'k' })).toBe(
      'coop recordPickup k',
    )
    expect(commandText({ org: 'coop', route: 'hold', idempotencyKey: 'k', target: 'B1' })).toBe(
      'coop hold k B1',
    )
  })
})

function idIn(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : ''
}
