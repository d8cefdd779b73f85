import { beforeAll, describe, expect, it } from 'vitest'
import { jsonOf } from '../client.ts'
import { anOpenRun, aProduct, givenId, givenPellets, givenPickup, idOf } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem, refused } from './refused.ts'

/** Inside one organisation, each key does and puts right what is its own business; an operator's does all of it. */
const runtime = runtimeForTests()

const correct = (event: string, key: string, instead?: object) =>
  runtime.post(`/v1/events/${event}/corrections`, key, { reason: 'a mistake', ...(instead && { instead }) })

describe('a pickup', () => {
  it('is corrected by its station or the operator, and by no brand or recycler', async () => {
    const { id } = await givenPickup(runtime)
    const instead = { type: 'PickupRecorded', form: 'crate', massKg: 99 }
    for (const key of [runtime.keys.brand, runtime.keys.recycler]) {
      await refused(runtime, () => correct(`${id}-1`, key, instead), {
        status: 403,
        code: 'role-not-allowed',
        says: ['PickupRecorded is corrected by: operator, station'],
      })
    }
    expect((await correct(`${id}-1`, runtime.keys.station, instead)).status).toBe(201)
    expect((await correct(`${id}-1`, runtime.keys.operator, instead)).status).toBe(201)
  })
})

describe('a run', () => {
  const charging = (batchId: string) => ({ charges: [{ batchId, massKg: 10 }] })
  const says = ['cleaning is done by: operator, recycler']
  let run = ''
  let batch = ''
  beforeAll(async () => {
    batch = (await givenPickup(runtime)).id
    run = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
  })

  it('of washing is neither opened, charged, closed, reopened, voided nor corrected by a station', async () => {
    const { station, recycler } = runtime.keys
    const forbidden = async (path: string, body: object) => {
      const send = () => runtime.post(path, station, { ...body })
      await refused(runtime, send, { status: 403, code: 'role-not-allowed', says })
    }
    await forbidden('/v1/runs', anOpenRun())
    await forbidden(`/v1/runs/${run}/charges`, charging(batch))
    jsonOf(await runtime.post(`/v1/runs/${run}/charges`, recycler, charging(batch)))
    await forbidden(`/v1/runs/${run}/close`, { outputs: [{ massKg: 8 }] })
    await forbidden(`/v1/runs/${run}/void`, { reason: 'x' })
    for (const event of [1, 2]) await forbidden(`/v1/events/${run}-${event}/corrections`, { reason: 'x' })
    jsonOf(await runtime.post(`/v1/runs/${run}/close`, recycler, { outputs: [{ massKg: 8 }] }))
    await forbidden(`/v1/runs/${run}/reopen`, { reason: 'x' })
    await forbidden(`/v1/events/${run}-3/corrections`, { reason: 'x' })
    expect((await correct(`${run}-3`, recycler)).status).toBe(201)
  })

  it('of sorting is a station’s and a recycler’s business, and not a brand’s', async () => {
    for (const key of [runtime.keys.station, runtime.keys.recycler]) {
      const sorting = anOpenRun({ step: 'sorting', siteId: 'jiaojiang' })
      const id = idOf(await runtime.post('/v1/runs', key, sorting))
      const reopening = await runtime.post(`/v1/runs/${id}/void`, runtime.keys.brand, { reason: 'x' })
      expectProblem(reopening, { status: 403, code: 'role-not-allowed', says: ['sorting is done by'] })
      expect((await runtime.post(`/v1/runs/${id}/void`, key, { reason: 'x' })).status).toBe(201)
    }
  })

  it('that made a product is opened again by the brand, and by no recycler', async () => {
    const pellets = await givenPellets(runtime, 20)
    const lot = idOf(await runtime.post('/v1/products', runtime.keys.brand, aProduct(pellets.id)))
    const { runId = '' } = await runtime.batch(lot, runtime.keys.auditor)
    const reopened = (key: string) => runtime.post(`/v1/runs/${runId}/reopen`, key, { reason: 'too many' })
    expectProblem(await reopened(runtime.keys.recycler), { status: 403, code: 'role-not-allowed' })
    expect((await reopened(runtime.keys.brand)).status).toBe(201)
  })
})
