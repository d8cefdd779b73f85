import type { Batch } from '../../shared/domain/state/batch.ts'
import { STAGES, type Stage } from '../../shared/domain/material/stages.ts'
import { batchesIn, loadMany } from '../adapters/ledger.ts'
import { stepForward, type KnownRuns } from './lineage.ts'
import { passportUrl } from './links.ts'

/**
 * What became of a pickup, for those who collected it: how far its plastic has come, and the products that hold some of
 * it. Who has the batches in between is not told. Of a product nothing is said that its public page does not say.
 */
export interface Became {
  readonly stage: Stage
  readonly products: readonly {
    readonly id: string
    readonly name: string
    readonly units: number
    readonly madeAt: string
    readonly links: { readonly passport: string }
  }[]
  /** Whether the whole lineage was looked through. */
  readonly isWhole: boolean
}

/** So many batches are looked through. A pickup that came further is in more products than anybody reads. */
const MOST = 2_000

/** Walks forward level by level; reads are batched, 0.5 read units for each batch and run (keys.ts). */
export async function becameOf(pickup: Batch): Promise<Became> {
  const runs: KnownRuns = new Map()
  const found = new Map([[pickup.id, pickup]])
  let level: readonly Batch[] = [pickup]
  while (level.length > 0 && found.size <= MOST) {
    const made = await stepForward(level, runs)
    const next = [...made.keys()].filter((id) => !found.has(id))
    level = batchesIn(await loadMany(next, 'eventual'))
    for (const batch of level) found.set(batch.id, batch)
  }
  const batches = [...found.values()].filter(({ status }) => status !== 'void')
  const furthest = Math.max(...batches.map(({ stage }) => STAGES.indexOf(stage)))
  return {
    stage: STAGES[furthest] ?? pickup.stage,
    products: batches
      .flatMap(({ id, product, occurredAt }) =>
        product
          ? [
              {
                id,
                name: product.name,
                units: product.units,
                madeAt: occurredAt,
                links: { passport: passportUrl(id) },
              },
            ]
          : [],
      )
      .toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1)),
    isWhole: level.length === 0,
  }
}
