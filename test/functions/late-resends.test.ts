import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { dynamo, tableName } from '../../functions/adapters/client.ts'
import { organisationItem } from '../../functions/adapters/registry.ts'
import type { Runtime } from '../../infra/local/runtime.ts'
import { DEMO_ORGANISATION, OTHER_ORGANISATION } from '../../infra/local/story.ts'
import type { Organisation } from '../../shared/domain/organisation.ts'
import { jsonOf, type Answer, type Client } from '../client.ts'
import {
  anInspection,
  anOpenRun,
  aPickup,
  aProduct,
  aReceipt,
  aRun,
  aShipment,
  idOf,
  newKey,
  outputIdOf,
} from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { expectProblem } from './refused.ts'

/**
 * A phone or a plant's system may send again after months, when what its request names is no longer there. It gets its
 * first answer all the same; only what was never done is refused.
 */
let here: InProcess
let runtime: Runtime
let client: Client
beforeAll(async () => {
  here = await startInProcess()
  ;({ runtime, client } = here)
})
afterAll(async () => {
  vi.useRealTimers()
  await here?.end()
})

interface Sent {
  readonly path: string
  readonly key: string
  readonly body: object
  readonly idempotencyKey: string
  readonly first: Answer
}

async function send(path: string, key: string, body: object): Promise<Sent> {
  const idempotencyKey = newKey()
  const first = await client.post(path, key, { ...body }, { idempotencyKey })
  jsonOf(first)
  return { path, key, body, idempotencyKey, first }
}

async function expectSameAgain({ path, key, body, idempotencyKey, first }: Sent): Promise<void> {
  const again = await client.post(path, key, { ...body }, { idempotencyKey })
  expect([path, again.status, again.text]).toEqual([path, 201, first.text])
  expect(again.headers.get('idempotent-replayed')).toBe('true')
}

const put = (organisation: Organisation) =>
  dynamo().send(new PutItemCommand({ TableName: tableName(), Item: organisationItem(organisation) }))

/** Until what a function keeps of organisations is too old. */
const afterAMinute = (): void => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
}

it('what a receiver found in a batch is answered again once the receipt was taken back', async () => {
  const { keys, other } = runtime.credentials
  const batch = idOf((await send('/v1/pickups', keys.collector, aPickup())).first)
  const shipment = idOf((await send('/v1/shipments', keys.station, aShipment([batch]))).first)
  const body = aReceipt([{ batchId: batch, massKg: 100 }])
  await send(`/v1/shipments/${shipment}/receipt`, other.keys.station, body)
  const to = `/v1/batches/${batch}/inspections`
  const inspection = await send(to, other.keys.station, anInspection())
  await send(`/v1/events/${shipment}-2/corrections`, other.keys.station, { reason: 'another load' })

  await expectSameAgain(inspection)
  expectProblem(await client.post(to, other.keys.station, anInspection()), {
    status: 404,
    code: 'not-found',
  })
})

it('what was done at a site is answered again once the site is gone, and nothing more is done there', async () => {
  const { keys, other } = runtime.credentials
  const pickup = await send('/v1/pickups', keys.collector, aPickup())
  const open = await send('/v1/runs', keys.recycler, anOpenRun())
  const cleaning = await send('/v1/runs', keys.recycler, aRun(idOf(pickup.first), { step: 'cleaning' }))
  const cleaned = outputIdOf(cleaning.first)
  const pelletizing = await send('/v1/runs', keys.recycler, aRun(cleaned, { step: 'pelletizing' }))
  const product = await send('/v1/products', keys.brand, aProduct(outputIdOf(pelletizing.first)))
  const shipped = await send('/v1/pickups', keys.collector, aPickup())
  const shipment = await send('/v1/shipments', keys.station, aShipment([idOf(shipped.first)]))
  const line = { batchId: idOf(shipped.first), massKg: 100 }
  const path = `/v1/shipments/${idOf(shipment.first)}/receipt`
  const receipt = await send(path, other.keys.station, aReceipt([line]))
  const mistaken = await send('/v1/pickups', keys.collector, aPickup())
  const instead = { type: 'PickupRecorded', form: 'crate', polymer: 'HDPE', massKg: 90 }
  const correcting = `/v1/events/${idOf(mistaken.first)}-1/corrections`
  const correction = await send(correcting, keys.station, { reason: 'typing error', instead })
  const close = await send('/v1/periods', keys.operator, { siteId: 'dachen', to: '2026-08-31T00:00:00Z' })

  await put({ ...DEMO_ORGANISATION, sites: [] })
  await put({ ...OTHER_ORGANISATION, sites: [] })
  afterAMinute()
  const all = [pickup, open, cleaning, pelletizing, product, shipment, receipt, correction, close]
  for (const sent of all) await expectSameAgain(sent)
  for (const { path: to, key, body } of [pickup, open, cleaning, product, shipment, close]) {
    const anew = await client.post(to, key, { ...body })
    expectProblem(anew, { status: 422, code: 'unknown-site', pointer: '/siteId', says: ['it has: .'] })
  }
  const reused = await client.post(pickup.path, pickup.key, aPickup({ massKg: 1 }), {
    idempotencyKey: pickup.idempotencyKey,
  })
  expectProblem(reused, { status: 422, code: 'idempotency-key-reused' })
})
