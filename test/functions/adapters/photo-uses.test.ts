import { randomBytes } from 'node:crypto'
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dynamo, tableName } from '../../../functions/adapters/client.ts'
import { keyOf, stringIn } from '../../../functions/adapters/items.ts'
import { eventKey, photoUseKey } from '../../../functions/adapters/keys.ts'
import { readSealedPickup } from '../../../functions/adapters/openings.ts'
import type { Runtime } from '../../../infra/local/runtime.ts'
import { batchOf, type Client } from '../../client.ts'
import { aPickup } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'

/** What stands beside events about photos, on a real engine and seen behind the API's back. */
let here: InProcess
let runtime: Runtime
let client: Client
beforeAll(async () => {
  here = await startInProcess()
  ;({ runtime, client } = here)
})
afterAll(async () => {
  await here?.end()
})

const newPhoto = () => ({ sha256: randomBytes(32).toString('hex'), mediaType: 'image/jpeg', bytes: 1 })
const ours = async (changes: object) =>
  batchOf(await client.post('/v1/pickups', runtime.credentials.keys.station, aPickup(changes)))
const theirs = async (changes: object) => {
  const body = aPickup({ siteId: 'shenjiamen', ...changes })
  return batchOf(await client.post('/v1/pickups', runtime.credentials.other.keys.station, body))
}

it('the uses of a photo stay few, and one organisation cannot make another’s be forgotten', async () => {
  const photo = newPhoto()
  const first = await theirs({ photos: [photo] })
  for (let massKg = 1; massKg <= 25; massKg++) await ours({ photos: [photo], massKg })
  const { Item = {} } = await dynamo().send(
    new GetItemCommand({ TableName: tableName(), Key: keyOf(photoUseKey(photo.sha256)) }),
  )
  const uses: { batch: string; massGrams: number }[] = JSON.parse(stringIn(Item, 'uses'))
  expect(uses.map(({ massGrams }) => massGrams)).toEqual([
    100_000,
    ...Array.from({ length: 19 }, (_, index) => (index + 7) * 1000),
  ])
  expect(uses[0]?.batch).toBe(first.id)
})

it('a pickup said anew after its photos were erased says that they could not be checked again', async () => {
  const { id } = await ours({ photos: [newPhoto()], collector: 'Lin' })
  const { told } = await readSealedPickup(`${id}-1`)
  expect(told).toMatchObject({ collector: 'Lin', photos: [{ bytes: 1 }] })
  await dynamo().send(
    new UpdateItemCommand({
      TableName: tableName(),
      Key: keyOf(eventKey(`${id}-1`)),
      UpdateExpression: 'REMOVE sealed',
    }),
  )
  expect(await readSealedPickup(`${id}-1`)).toMatchObject({ told: {}, known: [] })
  const { siteId: _, occurredAt: __, ...fields } = aPickup({ massKg: 3 })
  const body = { reason: 'typed wrong', instead: { type: 'PickupRecorded', ...fields } }
  const answer = await client.post(`/v1/events/${id}-1/corrections`, runtime.credentials.keys.station, body)
  expect(answer.status).toBe(201)
  const { items } = await client.events(id, runtime.credentials.keys.auditor)
  expect(JSON.stringify(items.at(-1))).toContain('The photos of this pickup were erased')
})

it('a pickup whose position was erased is told to give it again, or null, before it is judged anew', async () => {
  const { id } = await ours({ photos: [], position: { lat: 28.27, lon: 121.61 } })
  const erase = { TableName: tableName(), Key: keyOf(eventKey(`${id}-1`)), UpdateExpression: 'REMOVE sealed' }
  await dynamo().send(new UpdateItemCommand(erase))
  const { siteId: _, occurredAt: __, ...fields } = aPickup({ massKg: 3 })
  const anew = (more: object) => ({
    reason: 'typed wrong',
    instead: { type: 'PickupRecorded', ...fields, ...more },
  })
  const send = (more: object) =>
    client.post(`/v1/events/${id}-1/corrections`, runtime.credentials.keys.station, anew(more))
  const refused = await send({})
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('/instead/position')
  expect(refused.text).toContain('was erased')
  expect((await send({ position: null })).status).toBe(201)
})

it('a pickup that came with no photo has none that could have been erased', async () => {
  const { id } = await ours({ photos: [] })
  const { siteId: _, occurredAt: __, ...fields } = aPickup({ massKg: 3 })
  const body = { reason: 'typed wrong', instead: { type: 'PickupRecorded', ...fields } }
  await client.post(`/v1/events/${id}-1/corrections`, runtime.credentials.keys.station, body)
  const { items } = await client.events(id, runtime.credentials.keys.auditor)
  expect(JSON.stringify(items.at(-1))).toContain('"type":"EventCorrected"')
  expect(JSON.stringify(items.at(-1))).not.toContain('"R5"')
})
