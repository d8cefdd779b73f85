import type { Item } from '../../functions/adapters/items.ts'
import { reportedPickup } from '../../functions/commands/reported.ts'
import { pickupBody as pickupSchema } from '../../shared/contract/requests/pickups.ts'
import { NATURAL_EARTH } from '../../shared/domain/geo/coast/natural-earth.ts'
import type { Actor } from '../../shared/domain/decide/actor.ts'
import { processBatches } from '../../shared/domain/decide/one-shot.ts'
import { recordPickup } from '../../shared/domain/decide/pickup.ts'
import { makeProduct } from '../../shared/domain/decide/product.ts'
import type { Draw } from '../../shared/domain/decide/run.ts'
import { FACTORY, ORGANISATION, pickupBody, PLANTS, PROCESSED_AT } from './coast.ts'
import { beginSeeding, idOf, type Seeding } from './seeding.ts'

/** Blended lineages of any number of batches, six levels deep: pickups, lots, cleaned, pellets, blends, products. */
export interface Lineage {
  readonly batches: number
  readonly pickups: number
  readonly first: string
  /** The last product. */
  readonly last: string
  /** All that was written for it, by key. */
  readonly items: ReadonlyMap<string, Item>
}

interface Level {
  readonly step: 'consolidation' | 'cleaning' | 'pelletizing' | 'blending' | 'manufacturing'
  readonly batches: number
  readonly outputsPerRun: number
}

/** Narrowing: four fifths are pickups, all of which end in one product. */
export function seedNarrowing(batches: number, histories: 'charges' | 'whole' = 'charges'): Promise<Lineage> {
  const part = (share: number): number => Math.round(batches * share)
  const levels: Level[] = [
    { step: 'consolidation', batches: part(0.125), outputsPerRun: 1 },
    { step: 'cleaning', batches: part(0.05), outputsPerRun: 2 },
    { step: 'pelletizing', batches: part(0.02), outputsPerRun: 1 },
    { step: 'blending', batches: part(0.004), outputsPerRun: 1 },
    { step: 'manufacturing', batches: 1, outputsPerRun: 1 },
  ]
  const made = levels.reduce((sum, level) => sum + level.batches, 0)
  return seed(`narrowing-${histories}-${batches}`, batches - made, 40, levels, histories)
}

/** Widening: one great pickup, of which some thousand products are made. */
export function seedWidening(batches: number): Promise<Lineage> {
  const fives = (one: number): number => 5 * Math.max(1, Math.round(batches / one))
  const levels: Level[] = [
    { step: 'consolidation', batches: fives(5000), outputsPerRun: 5 },
    { step: 'cleaning', batches: fives(1000), outputsPerRun: 5 },
    { step: 'pelletizing', batches: fives(250), outputsPerRun: 5 },
    { step: 'blending', batches: fives(50), outputsPerRun: 5 },
  ]
  const made = levels.reduce((sum, level) => sum + level.batches, 1)
  const products: Level = { step: 'manufacturing', batches: batches - made, outputsPerRun: 1 }
  return seed(`widening-${batches}`, 1, MOST_KG, [...levels, products])
}

const NOW = '2026-11-01T00:00:00.000Z'
const ACTOR: Actor = { org: ORGANISATION.id, role: 'operator', now: NOW }
const HOUR_MS = 3_600_000
/** The heaviest pickup that the contract takes. */
const MOST_KG = 10_000
const UNIT_GRAMS = 28

async function seed(
  name: string,
  pickups: number,
  kgEach: number,
  levels: readonly Level[],
  histories: 'charges' | 'whole' = 'charges',
): Promise<Lineage> {
  const seeding = beginSeeding(histories)
  let parents: string[] = []
  for (let n = 0; n < pickups; n++) {
    const id = idOf('batch', name, n)
    await recordOne(seeding, id, n, kgEach)
    parents.push(id)
  }
  const [first = ''] = parents
  let batches = pickups
  let runs = 0
  for (const [depth, level] of levels.entries()) {
    const draws = drawsOf(seeding, parents, level.batches / level.outputsPerRun)
    const made: string[] = []
    for (const drawn of draws) {
      const outputs = Array.from({ length: level.outputsPerRun }, () => idOf('batch', name, batches++))
      await runOne(seeding, level, { run: idOf('run', name, runs++), draws: drawn, outputs, depth })
      made.push(...outputs)
    }
    parents = made
  }
  const items = await seeding.write()
  return { batches, pickups, first, last: parents.at(-1) ?? '', items }
}

/** What each run draws: its part of the level before and one batch of its neighbour's, so that all is blended. */
function drawsOf(seeding: Seeding, parents: readonly string[], runs: number): Draw[][] {
  const windows = Array.from({ length: runs }, (_, run) => {
    const from = Math.floor((run * parents.length) / runs)
    const to = Math.ceil(((run + 1) * parents.length) / runs)
    return [...new Set(Array.from({ length: to - from + 1 }, (_, index) => (from + index) % parents.length))]
  })
  const uses = new Map<number, number>()
  for (const parent of windows.flat()) uses.set(parent, 1 + (uses.get(parent) ?? 0))
  return windows.map((window) =>
    window.map((parent) => {
      const batch = parents[parent] ?? ''
      return { batch, massGrams: Math.floor(seeding.batch(batch).massGrams / (uses.get(parent) ?? 1)) }
    }),
  )
}

function recordOne(seeding: Seeding, batch: string, n: number, massKg: number): Promise<void> {
  const { collector, vessel, siteId, occurredAt, ...said } = pickupBody(n)
  const site = ORGANISATION.sites.find(({ id }) => id === siteId) ?? FACTORY
  const { pieces: _, ...fields } = said
  const body = pickupSchema.parse({ ...fields, siteId, occurredAt, massKg })
  const seen = { occurredAt, site, collector, isFromVessel: vessel !== '', photos: [], earlierUses: [] }
  return seeding.carryOut([], () =>
    recordPickup(
      { batch, sealed: {}, ...reportedPickup(body, seen) },
      { coastline: NATURAL_EARTH, certificates: [] },
      ACTOR,
    ),
  )
}

const YIELDS: Readonly<Record<Level['step'], number>> = {
  consolidation: 1,
  cleaning: 0.75,
  pelletizing: 0.96,
  blending: 1,
  manufacturing: 1,
}

interface SeededRun {
  readonly run: string
  readonly draws: readonly Draw[]
  readonly outputs: readonly string[]
  readonly depth: number
}

function runOne(seeding: Seeding, { step }: Level, { run, draws, outputs, depth }: SeededRun): Promise<void> {
  const drawnGrams = draws.reduce((sum, { massGrams }) => sum + massGrams, 0)
  const addedGrams = step === 'blending' ? Math.floor(drawnGrams / 10) : 0
  const inputGrams = drawnGrams + addedGrams
  const outputGrams = Math.floor((inputGrams * YIELDS[step]) / outputs.length)
  const lostGrams = inputGrams - outputGrams * outputs.length
  const occurredAt = new Date(PROCESSED_AT.getTime() + depth * HOUR_MS).toISOString()
  const uses = draws.map(({ batch }) => batch)
  const common = {
    run,
    occurredAt,
    draws,
    added:
      addedGrams > 0 ? [{ kind: 'virgin' as const, massGrams: addedGrams, polymer: 'HDPE' as const }] : [],
    losses: lostGrams > 100 ? { other: lostGrams } : {},
  }
  const [batch = ''] = outputs
  return seeding.carryOut(uses, (world) =>
    step === 'manufacturing'
      ? makeProduct(
          { ...common, batch, site: FACTORY.id, losses: {}, product: productOf(inputGrams) },
          world,
          [],
          ACTOR,
        )
      : processBatches(
          {
            ...common,
            step,
            site: PLANTS[depth % PLANTS.length]?.id ?? '',
            outputs: outputs.map((output) => ({ batch: output, massGrams: outputGrams })),
          },
          world,
          [],
          ACTOR,
        ),
  )
}

const productOf = (grams: number) => ({
  name: 'Phone case "Bench" / 手机壳',
  units: Math.floor(grams / UNIT_GRAMS),
  gramsPerUnit: UNIT_GRAMS,
})
