import { FACTORY, pickupBody, pickupKg, PLANTS, PROCESSED_AT } from './coast.ts'
import { call, postHeaders } from './http.ts'
import type { World } from './world.ts'

/** Products with a given number of pickups upstream, made request by request as a co-op makes them. */
export interface Product {
  readonly id: string
  readonly pickups: number
}

interface Lot {
  readonly batchId: string
  readonly massKg: number
}

/** As many batches as one run may charge. */
const CHARGES_PER_RUN = 40
const IN_FLIGHT = 16
const RECYCLED_SHARE = 0.8
const HOUR_MS = 3_600_000

/** Records pickups, cleans and pelletizes them in runs of up to 40 charges, and makes one product lot of it all. */
export async function makeProduct(world: World, pickups: number): Promise<Product> {
  const collected = await inParallel(
    Array.from({ length: pickups }, (_, n) => n),
    (n) => recordPickup(world, n),
  )
  const cleaned = await runsOf(world, 'cleaning', collected, 0.75)
  const pellets = await runsOf(world, 'pelletizing', cleaned, 0.96)
  const pelletsKg = kg(pellets.reduce((sum, lot) => sum + lot.massKg, 0))
  const otherMaterialKg = kg(pelletsKg * (1 / RECYCLED_SHARE - 1))
  const lot = {
    siteId: FACTORY.id,
    name: 'Phone case "Bench" / 手机壳',
    occurredAt: at(2),
    charges: pellets,
    otherMaterialKg,
    units: Math.floor(((pelletsKg + otherMaterialKg) * 1000) / 28),
    gramsPerUnit: 28,
    gtin: '06901234567892',
    lot: 'BENCH-1',
  }
  const { id } = await world.projecting(() => post<{ id: string }>(world, '/v1/products', lot))
  return { id, pickups }
}

async function recordPickup(world: World, n: number): Promise<Lot> {
  const { id } = await post<{ id: string }>(world, '/v1/pickups', pickupBody(n))
  return { batchId: id, massKg: pickupKg(n) }
}

/** Runs that use up all lots between them, turn by turn at the plants; each gives one output. */
async function runsOf(
  world: World,
  step: 'cleaning' | 'pelletizing',
  lots: readonly Lot[],
  yieldShare: number,
): Promise<Lot[]> {
  const runs: Lot[][] = []
  for (let start = 0; start < lots.length; start += CHARGES_PER_RUN)
    runs.push(lots.slice(start, start + CHARGES_PER_RUN))
  return inParallel(runs, async (charges, index) => {
    const inputKg = charges.reduce((sum, lot) => sum + lot.massKg, 0)
    const massKg = kg(inputKg * yieldShare)
    const lost = kg((inputKg - massKg) * 0.9)
    const { outputs } = await post<{ outputs: { id: string }[] }>(world, '/v1/runs', {
      step,
      siteId: PLANTS[index % PLANTS.length]?.id,
      occurredAt: at(step === 'cleaning' ? 0 : 1),
      charges,
      outputs: [{ massKg }],
      losses: step === 'cleaning' ? { 'wash-loss': kg(lost / 2), moisture: kg(lost / 2) } : { purge: lost },
    })
    const [output] = outputs
    if (!output) throw new Error(`a run of ${step} made nothing`)
    return { batchId: output.id, massKg }
  })
}

const at = (hours: number): string => new Date(PROCESSED_AT.getTime() + hours * HOUR_MS).toISOString()

/** Whole grams, rounded down so that nothing is made of nothing. */
const kg = (value: number): number => Math.floor(value * 1000) / 1000

async function post<T>(world: World, path: string, body: object): Promise<T> {
  const sent = { method: 'POST', headers: postHeaders(world), body: JSON.stringify(body) }
  const answer: T = JSON.parse(await call(world.url + path, 201, sent))
  return answer
}

async function inParallel<In, Out>(
  inputs: readonly In[],
  work: (input: In, index: number) => Promise<Out>,
): Promise<Out[]> {
  const outputs: Out[] = []
  const left = inputs.entries()
  const worker = async (): Promise<void> => {
    for (const [index, input] of left) outputs[index] = await work(input, index)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  return outputs
}
