import type { Activity } from '../lineage/activities.ts'
import type { Leg } from '../lineage/journey.ts'
import type { Activities } from './activities.ts'
import type { CarbonItem } from './factors.ts'

/**
 * What a journey's legs record, added up, and the items of which any of it is unrecorded. Of a move that nobody recorded
 * it is not known either whether it went by road or by sea, so neither is complete.
 */
export function activitiesOfJourney(journey: readonly Leg[]): Activities {
  const sum = (activity: Activity): number =>
    journey.reduce((total, { activities }) => total + (activities?.[activity] ?? 0), 0)
  const unrecorded: CarbonItem[] = [
    ...(sum('energyUnrecordedGrams') > 0 ? (['energy'] as const) : []),
    ...(sum('waterUnrecordedGrams') > 0 ? (['water'] as const) : []),
    ...(sum('transportUnrecordedGrams') > 0 ? (['transport-road', 'transport-sea'] as const) : []),
  ]
  return {
    energyWh: sum('energyWh'),
    waterMl: sum('waterMl'),
    roadGramKm: sum('roadGramKm'),
    seaGramKm: sum('seaGramKm'),
    unrecorded,
  }
}
