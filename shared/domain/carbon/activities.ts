import type { CarbonItem } from './factors.ts'

/**
 * What a batch took to make, as plain whole numbers that are carried along with its mass like origin shares: energy and
 * water of its runs, and mass times distance of its transport.
 */
export interface Activities {
  readonly energyWh: number
  readonly waterMl: number
  readonly roadGramKm: number
  readonly seaGramKm: number
  /** Items of which some step has no record, so that what is given is not all. */
  readonly unrecorded?: readonly CarbonItem[]
}

export const NO_ACTIVITIES: Activities = { energyWh: 0, waterMl: 0, roadGramKm: 0, seaGramKm: 0 }

/** The amount of one item, in the unit of `ACTIVITY_UNITS`. */
export function amountOf(activities: Activities, item: CarbonItem): number {
  switch (item) {
    case 'energy':
      return activities.energyWh
    case 'water':
      return activities.waterMl
    case 'transport-road':
      return activities.roadGramKm
    case 'transport-sea':
      return activities.seaGramKm
  }
}

/** Throws RangeError unless the amount is a whole number ≥ 0 that a double holds exactly: 9 × 10^15, or 9 × 10^9 t·km. */
export function requireAmount(amount: number, name: string): number {
  if (Number.isSafeInteger(amount) && amount >= 0) return amount
  throw new RangeError(`${name} of ${amount} is not a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`)
}

/** The activities of two batches together. What is unrecorded of one is unrecorded of both. */
export function addActivities(a: Activities, b: Activities): Activities {
  const unrecorded = [...new Set([...(a.unrecorded ?? []), ...(b.unrecorded ?? [])])].sort()
  return {
    energyWh: requireAmount(a.energyWh + b.energyWh, 'energyWh'),
    waterMl: requireAmount(a.waterMl + b.waterMl, 'waterMl'),
    roadGramKm: requireAmount(a.roadGramKm + b.roadGramKm, 'roadGramKm'),
    seaGramKm: requireAmount(a.seaGramKm + b.seaGramKm, 'seaGramKm'),
    ...(unrecorded.length > 0 && { unrecorded }),
  }
}
