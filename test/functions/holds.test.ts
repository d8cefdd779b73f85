import type { DynamoDBRecord } from 'aws-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stateItem, type Loaded } from '../../functions/adapters/items.ts'
import { stateKey } from '../../functions/adapters/keys.ts'
import { loadOne } from '../../functions/adapters/ledger.ts'
import { markHold } from '../../functions/adapters/holds.ts'
import { handler } from '../../functions/projector.ts'
import type { Runtime } from '../../infra/local/runtime.ts'
import { batchOf, jsonOf, type Client } from '../client.ts'
import { anOpenRun, aPickup } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'

/**
 * Holds while records of the stream come late and again, which Lambda's do whenever one before them failed. The runtime
 * runs in this process, so that its records can be delivered by hand.
 */
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

const post = (path: string, body: object) => client.post(path, runtime.credentials.keys.operator, { ...body })
const idIn = (made: unknown): string =>
  typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : ''
const loaded = async (id: string): Promise<Loaded> => {
  const found = await loadOne(id)
  if (!found) throw new Error(`there is no ${id}`)
  return found
}
/** The record of a state's change, as the stream has it: its images hold strings where they are short, as these are. */
function recordOf(before: Loaded, after: Loaded): DynamoDBRecord {
  const { pk, sk } = stateKey(after.subject.id)
  const image = (of: Loaded): NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] =>
    Object.fromEntries(
      Object.entries(stateItem(of)).map(([name, value]) => [
        name,
        value.B ? { B: Buffer.from(value.B).toString('base64') } : JSON.parse(JSON.stringify(value)),
      ]),
    )
  const images = { OldImage: image(before), NewImage: image(after) }
  return { dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, SequenceNumber: '1', ...images } }
}

it('a run is not held for good by a record that came again after its charge was taken back', async () => {
  const { id } = batchOf(await post('/v1/pickups', aPickup()))
  const run = idIn(jsonOf(await post('/v1/runs', anOpenRun())))
  jsonOf(await post(`/v1/runs/${run}/charges`, { charges: [{ batchId: id, massKg: 10 }] }))
  const charged = await loaded(id)
  jsonOf(await post(`/v1/batches/${id}/hold`, { reason: 'contamination' }))
  const held = await loaded(id)
  await runtime.projected()
  expect((await loaded(run)).holds).toEqual(held.holds)
  jsonOf(await post(`/v1/events/${run}-2/corrections`, { reason: 'wrong batch' }))
  const freed = await loaded(id)
  await runtime.projected()
  expect((await loaded(run)).holds).toEqual([])

  const again = [recordOf(charged, held), recordOf(held, freed)]
  expect(await handler({ Records: again })).toEqual({ batchItemFailures: [] })
  expect((await loaded(run)).holds).toEqual([])
})

it('a run that was closed with held material is shown as held once it is opened again', async () => {
  const { id } = batchOf(await post('/v1/pickups', aPickup()))
  const run = idIn(jsonOf(await post('/v1/runs', anOpenRun())))
  jsonOf(await post(`/v1/runs/${run}/charges`, { charges: [{ batchId: id, massKg: 10 }] }))
  jsonOf(await post(`/v1/batches/${id}/hold`, { reason: 'contamination' }))
  await runtime.projected()
  jsonOf(await post(`/v1/runs/${run}/close`, { outputs: [{ massKg: 9 }], losses: { 'wash-loss': 1 } }))
  const reopened = jsonOf(await post(`/v1/runs/${run}/reopen`, { reason: 'weighed again' }))
  expect(reopened).toMatchObject({ status: 'open', held: true })
})

it('a mark that a run has already still shows that something changed, so that nobody frees it meanwhile', async () => {
  const run = idIn(jsonOf(await post('/v1/runs', anOpenRun())))
  const mark = { subject: run, hold: 'BAAAAAAAAAAAA-2', change: 'came' } as const
  await markHold(mark)
  const before = await loaded(run)
  await markHold(mark)
  const after = await loaded(run)
  expect([after.holds, after.revision]).toEqual([before.holds, before.revision + 1])
})
