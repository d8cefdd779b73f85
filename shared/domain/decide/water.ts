import type { CameOut } from '../checks/dry.ts'
import { waterGramsOf, type Moist } from '../checks/run.ts'
import type { RunSide } from '../checks/yield.ts'
import { dryAtMostOf, unmeasuredFormsOf, type Pool } from '../state/pool.ts'
import type { Run } from '../state/run.ts'
import type { Leg } from '../lineage/journey.ts'
import { dryGramsOf } from '../material/weights.ts'
import { mostWaterBp } from '../material/yields/band.ts'
import { YIELDS } from '../material/yields/table.ts'
import { outputGramsOf, type CloseRun } from './closing.ts'
import { solePolymer, stageOf } from './output.ts'

/** What the pool and the outputs of a run tell of water and of dry mass, as the checks R9 and R10 ask for it. */
export function moistOf({ pool }: Run): Moist {
  const { massGrams: inputGrams, dryGrams, moistureUnknownGrams: unknownGrams } = pool
  return {
    inputGrams,
    knownWaterGrams: inputGrams - unknownGrams - dryGrams,
    unknownGrams,
    mostWaterBp: mostWaterBp(unmeasuredFormsOf(pool), solePolymer(pool)),
    leastWaterGrams: Math.max(0, inputGrams - dryAtMostOf(pool)),
  }
}

/** The water that is said to have dried off, as far as the input may have held it. */
export function driedGramsOf(run: Run, { losses }: CloseRun): number {
  return Math.min(losses.moisture ?? 0, waterGramsOf(moistOf(run)))
}

/** Where all was measured, what may be dry counts: water that was lost on the road since makes that more than measured. */
export function inputSideOf({ pool }: Run): RunSide {
  const { massGrams: asWeighedGrams, moistureUnknownGrams } = pool
  const dryGrams = moistureUnknownGrams === 0 ? dryAtMostOf(pool) : pool.dryGrams
  return { asWeighedGrams, dryGrams, moistureUnknownGrams }
}

export function outputSideOf(command: CloseRun): RunSide {
  const dryGrams = command.outputs.map(({ massGrams, moistureBp }) =>
    moistureBp === undefined ? 0 : dryGramsOf(massGrams, moistureBp, 'down'),
  )
  const unknown = command.outputs.filter(({ moistureBp }) => moistureBp === undefined)
  return {
    asWeighedGrams: outputGramsOf(command),
    dryGrams: dryGrams.reduce((sum, grams) => sum + grams, 0),
    moistureUnknownGrams: outputGramsOf({ outputs: unknown }),
  }
}

export function cameOutOf(run: Run, command: CloseRun): CameOut {
  const { dryGrams, moistureUnknownGrams: unmeasuredGrams } = outputSideOf(command)
  const water = YIELDS.melted[stageOf(run)]
  return { dryGrams, unmeasuredGrams, ...(water && { water }) }
}

/** What the pool's material was when it was collected. */
export function collectedSideOf({ journey }: Pool): RunSide {
  const legs = journey.filter((leg) => leg.step === 'collection')
  const sum = (grams: (leg: Leg) => number): number => legs.reduce((total, leg) => total + grams(leg), 0)
  const asWeighedGrams = sum((leg) => leg.inputGrams)
  const moistureUnknownGrams = sum((leg) => leg.activities?.moistureUnknownGrams ?? 0)
  const waterGrams = sum((leg) => leg.activities?.waterGrams ?? 0)
  // Each figure is rounded by itself when a part is drawn, so the last may come to a gram below nothing.
  const dryGrams = Math.max(0, asWeighedGrams - moistureUnknownGrams - waterGrams)
  return { asWeighedGrams, dryGrams, moistureUnknownGrams }
}
