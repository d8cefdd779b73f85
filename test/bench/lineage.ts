import { FACTORY, pickupBody, pickupKg, PLANTS, PROCESSED_AT } from './coast.ts'
import { call, postHeaders } from './http.ts'
import { inParallel } from './work.ts'
import type { World } from './world.ts'

/** Products with a given number of pickups upstream, made request by request as a co-op makes them. */
export interface Product {
  readonly id: string
  readonly pickups: number
  /** Ids of all lots that were made of the same pellets, the product's own included. */
  readonly lots: readonly string[]
  /** Their GS1 Digital Links, without the domain. */
  readonly codes: readonly string[]
}

/** A batch and what is drawn from it, as the API wants it: here always all, or an equal part, of what there is. */
interface Charge {
  readonly batchId: string
  readonly massKg: number
}

/** As many batches as one run may charge. */
const CHARGES_PER_RUN = 40
const IN_FLIGHT = 16
const RECYCLED_SHARE = 0.8
const GRAMS_PER_UNIT = 28
const GTIN = '06901234567892'
const HOUR_MS = 3_600_000

/**
 * Records pickups, cleans and pelletizes them in runs of up to 40 charges, and makes so many product lots of the
 * pellets, each of all of them and so with the same origins.
 */
export async function makeProduct(world: World, pickups: number, lots: number): Promise<Product> {
  const numbers = Array.from({ length: pickups }, (_, n) => n)
  const collected = await inParallel(numbers, IN_FLIGHT, (n) => recordPickup(world, n))
  const cleaned = await runsOf(world, 'cleaning', collected, 0.75)
  const pellets = await runsOf(world, 'pelletizing', cleaned, 0.96)
  const charges = pellets.map(({ batchId, massKg }) => ({ batchId, massKg: kg(massKg / lots) }))
  const ids: string[] = []
  // One after the other: they all draw on the same batches.
  const numbered = Array.from({ length: lots }, (_, lot) => `BENCH-${pickups}-${lot + 1}`)
  for (const lot of numbered) ids.push(await makeLot(world, charges, lot))
  await world.project(ids)
  const [id] = ids
  if (id === undefined) throw new Error('a product has at least one lot')
  return { id, pickups, lots: ids, codes: numbered.map((lot) => `/01/${GTIN}/10/${lot}`) }
}

async function makeLot(world: World, charges: readonly Charge[], lot: string): Promise<string> {
  const pelletsKg = charges.reduce((sum, charge) => sum + charge.massKg, 0)
  const otherMaterialKg = kg(pelletsKg * (1 / RECYCLED_SHARE - 1))
  const { id } = await post<{ id: string }>(world, '/v1/products', {
    siteId: FACTORY.id,
    name: 'Phone case "Bench" / 手机壳',
    occurredAt: at(2),
    charges,
    otherMaterialKg,
    units: Math.floor(((pelletsKg + otherMaterialKg) * 1000) / GRAMS_PER_UNIT),
    gramsPerUnit: GRAMS_PER_UNIT,
    gtin: GTIN,
    lot,
  })
  return id
}

async function recordPickup(world: World, n: number): Promise<Charge> {
  const { id } = await post<{ id: string }>(world, '/v1/pickups', pickupBody(n))
  return { batchId: id, massKg: pickupKg(n) }
}

/** Runs that use up all lots between them, turn by turn at the plants; each gives one output. */
async function runsOf(
  world: World,
  step: 'cleaning' | 'pelletizing',
  lots: readonly Charge[],
  yieldShare: number,
): Promise<Charge[]> {
  const runs: Charge[][] = []
  for (let start = 0; start < lots.length; start += CHARGES_PER_RUN)
    runs.push(lots.slice(start, start + CHARGES_PER_RUN))
  return inParallel(runs, IN_FLIGHT, async (charges, index) => {
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
