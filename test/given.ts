import { randomUUID } from 'node:crypto'
import { runView } from '../shared/contract/answers/runs.ts'
import { batchOf, jsonOf, type BatchView } from './client.ts'
import type { TestRuntime } from './runtime.ts'

/** What tests begin with: bodies that are right, to be changed in one place, and batches brought to a stage. */
export const aPickup = (changes: object = {}) => ({
  siteId: 'dachen',
  form: 'crate',
  polymer: 'HDPE',
  massKg: 100,
  occurredAt: '2026-08-01T00:00:00.000Z',
  ...changes,
})

export const aRun = (from: string, changes: object = {}) => ({
  step: 'sorting',
  siteId: 'jiaojiang',
  occurredAt: '2026-08-10T00:00:00.000Z',
  charges: [{ batchId: from, massKg: 10 }],
  outputs: [{ massKg: 10 }],
  ...changes,
})

export const aProduct = (from: string, changes: object = {}) => ({
  siteId: 'taizhou-moulding',
  name: 'Phone case',
  occurredAt: '2026-08-30T00:00:00.000Z',
  charges: [{ batchId: from, massKg: 10 }],
  units: 500,
  gramsPerUnit: 20,
  ...changes,
})

export async function givenPickup(runtime: TestRuntime, changes: object = {}): Promise<BatchView> {
  return batchOf(await runtime.post('/v1/pickups', runtime.keys.station, aPickup(changes)))
}

/** The first output of a run that draws `massKg` from a batch and loses nothing. */
export async function givenRun(
  runtime: TestRuntime,
  step: string,
  from: string,
  massKg: number,
): Promise<BatchView> {
  const body = aRun(from, { step, charges: [{ batchId: from, massKg }], outputs: [{ massKg }] })
  const { outputs } = runView.parse(jsonOf(await runtime.post('/v1/runs', runtime.keys.recycler, body)))
  const [first] = outputs
  if (!first) throw new Error('the run made nothing')
  return first
}

/** A batch of pellets, by way of cleaning alone. */
export async function givenPellets(runtime: TestRuntime, massKg = 100): Promise<BatchView> {
  const collected = await givenPickup(runtime, { massKg })
  const cleaned = await givenRun(runtime, 'cleaning', collected.id, massKg)
  return givenRun(runtime, 'pelletizing', cleaned.id, massKg)
}

export const newKey = (): string => randomUUID()
