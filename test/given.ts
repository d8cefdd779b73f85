import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { runView } from '../shared/contract/answers/runs.ts'
import { batchOf, jsonOf, type Answer, type BatchView } from './client.ts'
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

export const anOpenRun = (changes: object = {}) => ({
  step: 'cleaning',
  siteId: 'huzhou',
  occurredAt: '2026-08-10T00:00:00.000Z',
  ...changes,
})

/** A load to the other organisation. */
export const aShipment = (batches: readonly string[], changes: object = {}) => ({
  siteId: 'dachen',
  to: { organisationId: 'zhoushan-coop', siteId: 'shenjiamen' },
  occurredAt: '2026-08-13T00:00:00.000Z',
  batches,
  manifest: { number: 'M-1' },
  vehicle: '浙J12345',
  transport: { mode: 'road', distanceKm: 230 },
  ...changes,
})

export const aReceipt = (lines: readonly object[], changes: object = {}) => ({
  occurredAt: '2026-08-14T00:00:00.000Z',
  lines,
  ...changes,
})

export const anInspection = (changes: object = {}) => ({
  sample: 'S-1',
  lab: 'Ningbo lab',
  occurredAt: '2026-08-20T00:00:00.000Z',
  results: [{ parameter: 'ash', method: 'ISO 3451-1', value: 1, unit: '%', highest: 3 }],
  ...changes,
})

export const aCertificate = (changes: object = {}) => ({
  scheme: 'OBP',
  number: '7-1',
  body: 'Control Union',
  sites: ['dachen', 'jiaojiang', 'huzhou', 'taizhou-moulding'],
  steps: ['collection', 'sorting', 'cleaning', 'pelletizing', 'blending', 'manufacturing'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  ...changes,
})

/** Ocean plastic wherever within the uncertainty it was, so that it can be claimed under a certificate. */
export const AT_SEA = { position: { lat: 28.5, lon: 122.4, accuracyM: 10 } }

/** What a POST that must be taken answers, as a run. */
export async function givenRunOf(
  runtime: TestRuntime,
  path: string,
  body: object,
): Promise<z.output<typeof runView>> {
  return runView.parse(jsonOf(await runtime.post(path, runtime.keys.recycler, { ...body })))
}

/** The id of what a POST that was taken has made. */
export const idOf = (answer: Answer): string => z.object({ id: z.string() }).parse(jsonOf(answer)).id

/** The first output of a run that was recorded. */
export function outputIdOf(answer: Answer): string {
  const [first] = runView.parse(jsonOf(answer)).outputIds
  if (first === undefined) throw new Error('the run made nothing')
  return first
}

/** The id of what a POST that must be taken has made. */
export async function givenId(
  runtime: TestRuntime,
  path: string,
  key: string,
  body: object,
): Promise<string> {
  return idOf(await runtime.post(path, key, { ...body }))
}

/** The id of a shipment of one batch to the other organisation, on its way. */
export async function givenShipment(runtime: TestRuntime, batch: string): Promise<string> {
  return givenId(runtime, '/v1/shipments', runtime.keys.station, aShipment([batch]))
}
