import type { TransportMode } from '../events/custody.ts'
import { proportion } from '../material/mass.ts'
import { dryGramsOf } from '../material/weights.ts'
import type { RunStep } from '../material/stages.ts'

/**
 * What a leg of a journey took to do, how many grams of it nobody recorded that of, and of collection the water that came
 * along, as far as somebody measured it. All are whole numbers ≥ 0 in
 * the unit of the name (a gram-kilometre is a gram moved one kilometre) that are drawn, added and taken away with the
 * mass. What is unrecorded is a mass as well, and not the absence of a figure, so that a leg of two runs of which one
 * recorded nothing still says so, and that taking one of them out again leaves exactly the other.
 */
export const ACTIVITIES = [
  'energyWh',
  'waterMl',
  'roadGramKm',
  'seaGramKm',
  'energyUnrecordedGrams',
  'waterUnrecordedGrams',
  'transportUnrecordedGrams',
  'waterGrams',
  'moistureUnknownGrams',
] as const
export type Activity = (typeof ACTIVITIES)[number]
/** Without zeros: what is absent is 0. */
export type Activities = Readonly<Partial<Record<Activity, number>>>

/** What legs and everything that has activities share: none at all is absent too. */
export interface Active {
  readonly activities?: Activities
}

/** Steps that run on electricity, and the one that washes. Putting lots together takes neither. */
const POWERED: ReadonlySet<RunStep> = new Set([
  'sorting',
  'cleaning',
  'pelletizing',
  'blending',
  'manufacturing',
])
const WASHING: ReadonlySet<RunStep> = new Set(['cleaning'])

/** What a run took, as it was recorded, and the mass that it was not recorded of. A recorded 0 is recorded. */
export function activitiesOfRun(
  step: RunStep,
  inputGrams: number,
  { energyWh, waterMl }: { readonly energyWh?: number; readonly waterMl?: number },
): Active {
  return compact({
    energyWh: energyWh ?? 0,
    waterMl: waterMl ?? 0,
    energyUnrecordedGrams: energyWh === undefined && POWERED.has(step) ? inputGrams : 0,
    waterUnrecordedGrams: waterMl === undefined && WASHING.has(step) ? inputGrams : 0,
  })
}

/** The water in what was collected, or that nobody measured it. */
export function activitiesOfCollection(massGrams: number, moistureBp: number | undefined): Active {
  if (moistureBp === undefined) return compact({ moistureUnknownGrams: massGrams })
  return compact({ waterGrams: massGrams - dryGramsOf(massGrams, moistureBp) })
}

/** How far something went, and by what. */
export interface Haul {
  readonly mode: TransportMode
  readonly distanceKm: number
}

/** Mass times distance, once, rounded to the gram-kilometre; of a haul that nobody recorded only that there was one. */
export function activitiesOfHaul(grams: number, haul: Haul | undefined): Active {
  if (!haul) return compact({ transportUnrecordedGrams: grams })
  const gramKm = Math.round(grams * haul.distanceKm)
  return compact(haul.mode === 'road' ? { roadGramKm: gramKm } : { seaGramKm: gramKm })
}

/** Each in proportion, rounded by itself; no part exceeds its whole. */
export function partOfActivities({ activities = {} }: Active, grams: number, ofGrams: number): Active {
  return figures((activity) => proportion(activities[activity] ?? 0, grams, ofGrams))
}

export function combineActivities(a: Active, b: Active, sign: 1 | -1): Active {
  return figures((activity) => (a.activities?.[activity] ?? 0) + sign * (b.activities?.[activity] ?? 0))
}

const compact = (activities: Activities): Active => figures((activity) => activities[activity] ?? 0)

function figures(amountOf: (activity: Activity) => number): Active {
  const amounts = ACTIVITIES.map((activity) => [activity, amountOf(activity)] as const)
  const some = amounts.filter(([, amount]) => amount !== 0)
  return some.length === 0 ? {} : { activities: Object.fromEntries(some) }
}
