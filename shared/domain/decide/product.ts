import type { Certificate } from '../state/certificate.ts'
import { checkRecycledContent } from '../checks/product.ts'
import { firstFailure, type CheckResult } from '../checks/rule.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import type { RunRecords } from '../events/documents.ts'
import type { ProductFacts } from '../events/run.ts'
import { gramsOfUnits, milligramsOfUnits } from '../material/mass.ts'
import { refuseUnlicensed, type GtinHolding } from '../gs1/holding.ts'
import type { LossKind } from '../material/material.ts'
import { accept, refuse, refuseByRule, type Decision, type Refused } from '../refusal.ts'
import { isAdded, totalGrams } from '../lineage/origin.ts'
import type { World } from '../state/world.ts'
import { envelopeOf, type Actor } from './actor.ts'
import type { ClaimWanted } from './closing.ts'
import { processBatches } from './one-shot.ts'
import type { ChargeRun } from './run.ts'

/** A product lot made of pellets, and of other material where the recycled content is below 100 %. */
export interface MakeProduct extends ChargeRun, RunRecords {
  readonly run: string
  readonly batch: string
  readonly site: string
  readonly product: ProductFacts
  /** Whether another lot has its GTIN and lot number. */
  readonly isTaken?: boolean
  /** Who may make lots with its GTIN; nobody yet, if left out. */
  readonly holding?: GtinHolding | undefined
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly wasteDocument?: string
  readonly claim?: ClaimWanted
  readonly energyWh?: number
  readonly waterMl?: number
}

/**
 * Decides a product lot: a manufacturing run with one output of units × grams per unit, and the fact that names it.
 * That units are only made of what was charged and added follows from the run's balance, exactly, as a lot is never
 * lighter than its units. R14 sees to it that the recycled content which the maker states is no more than the traced
 * material in it.
 */
export function makeProduct(
  command: MakeProduct,
  world: World,
  certificates: readonly Certificate[],
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const { run, batch, product, isTaken = false, holding, ...rest } = command
  const unlicensed = refuseUnlicensed(holding, actor.org, '')
  if (unlicensed) return unlicensed
  if (isTaken) return refuseTaken(product, '')
  const { units, gramsPerUnit } = product
  if (milligramsOfUnits(units, gramsPerUnit) < 1000n) {
    const detail = `${units} × ${gramsPerUnit} g is less than 1 g in all; a lot weighs at least 1 g.`
    return refuse('invalid-request', detail, '/units')
  }
  const output = { batch, massGrams: gramsOfUnits(units, gramsPerUnit) }
  const manufacturing = processBatches(
    { ...rest, run, step: 'manufacturing', outputs: [output] },
    world,
    certificates,
    actor,
  )
  if (!manufacturing.ok) return manufacturing
  const checks = checkStated(product, manufacturing.value)
  const failure = firstFailure(checks)
  if (failure) return refuseByRule(failure, '/recycledPercent')
  const made: UnlinkedEvent = {
    ...envelopeOf(run, manufacturing.value.length + 1, command, actor),
    type: 'ProductMade',
    data: { run, batch, ...product, checks },
  }
  return accept([...manufacturing.value, made])
}

/**
 * A product with its GTIN and lot number, by which GS1 knows it. One that has a GTIN and no lot number of its own gets the
 * id of its batch for one, so that every code of it says which lot it is.
 */
export function identified<Facts extends Pick<ProductFacts, 'gtin' | 'lot'>>(
  facts: Facts,
  batch: string,
): Facts {
  return facts.gtin === undefined || facts.lot !== undefined ? facts : { ...facts, lot: batch }
}

/** A pair of GTIN and lot number is one lot for good: of no second, not even where the first was declared a mistake. */
export function refuseTaken({ gtin, lot }: Pick<ProductFacts, 'gtin' | 'lot'>, within: string): Refused {
  const detail = `GTIN ${gtin} has a lot ${lot} already. Codes of that lot may be printed, so the pair is never given again, also where that lot was declared a mistake; give this one another lot number.`
  return refuse('gtin-lot-taken', detail, `${within}/lot`)
}

/** R14, where a recycled content is stated: of what is in the lot, nothing that was added here or upstream counts. */
function checkStated(
  { units, gramsPerUnit, recycledShareBp }: ProductFacts,
  events: readonly UnlinkedEvent[],
): CheckResult[] {
  if (recycledShareBp === undefined) return []
  const outputs = events.flatMap((event) => (event.type === 'RunClosed' ? event.data.outputs : []))
  const origins = outputs.flatMap((output) => output.origins)
  const pelletGrams = totalGrams(origins.filter((share) => !isAdded(share)))
  return [checkRecycledContent({ units, gramsPerUnit, recycledShareBp, pelletGrams })]
}
