import { ACTIVITIES, type Leg } from '../lineage/journey.ts'
import type { Activities } from './activities.ts'
import type { CarbonItem } from './factors.ts'

/** What a journey's legs record, added up, and what some of its steps do not record at all. */
export function activitiesOfJourney(journey: readonly Leg[]): Activities {
  const sums = { energyWh: 0, waterMl: 0, roadGramKm: 0, seaGramKm: 0 }
  for (const leg of journey) {
    for (const activity of ACTIVITIES) sums[activity] += leg.activities?.[activity] ?? 0
  }
  const powered = journey.filter(({ step }) => step !== 'collection' && step !== 'consolidation')
  const washed = journey.filter(({ step }) => step === 'cleaning')
  const unrecorded: CarbonItem[] = [
    ...(powered.some(({ activities }) => activities?.energyWh === undefined) ? (['energy'] as const) : []),
    ...(washed.some(({ activities }) => activities?.waterMl === undefined) ? (['water'] as const) : []),
  ]
  return { ...sums, unrecorded }
}
