import { addClaims, subtractClaims, type ClaimModel, type Claims } from '../lineage/claims.ts'
import { mergeJourneys, subtractJourney, type Leg } from '../lineage/journey.ts'
import type { MaterialForm, Polymer } from '../material/material.ts'
import { toldApart, type Mixture } from '../material/mixture.ts'
import { mergeShares, subtractShares, type OriginShare } from '../lineage/origin.ts'
import type { Stage } from '../material/stages.ts'

/**
 * What a run has been charged with, as one heap. Every figure is a sum over the charges, so a pool grows by a call's
 * charges and shrinks again when that call turns out to be a mistake, whatever order things happened in.
 */
export interface Pool {
  readonly massGrams: number
  /** Part of `massGrams`: material without a traced origin. */
  readonly addedGrams: number
  readonly origins: readonly OriginShare[]
  readonly journey: readonly Leg[]
  readonly claims: Claims
  /** Grams by what the charged batches were. Added material counts in none of these but `polymers`. */
  readonly stages: Tally<Stage>
  readonly forms: Tally<MaterialForm>
  readonly sourceForms: Tally<MaterialForm>
  readonly polymers: Tally<Polymer>
  /** What of its mixed lots is of which polymer at most; absent where nobody could tell, see {@link heapOf}. */
  readonly mixture?: Mixture
  readonly models: Tally<ClaimModel>
  /** Dry mass of what has a recorded moisture, and the mass as weighed of what has none. */
  readonly dryGrams: number
  readonly moistureUnknownGrams: number
  /** The latter by the form in which it was collected; absent in earlier events. */
  readonly unmeasuredForms?: Tally<MaterialForm>
  /** The most of it that may be dry; absent where that is the dry mass and all of what is unknown, see {@link dryAtMostOf}. */
  readonly dryAtMostGrams?: number
}

export type Tally<Key extends string> = Readonly<Partial<Record<Key, number>>>

export const EMPTY_POOL: Pool = {
  massGrams: 0,
  addedGrams: 0,
  origins: [],
  journey: [],
  claims: {},
  stages: {},
  forms: {},
  sourceForms: {},
  polymers: {},
  models: {},
  dryGrams: 0,
  moistureUnknownGrams: 0,
  unmeasuredForms: {},
}

export function addPools(a: Pool, b: Pool): Pool {
  return {
    ...combineFigures(a, b, 1),
    origins: mergeShares([a.origins, b.origins]),
    journey: mergeJourneys([a.journey, b.journey]),
    claims: addClaims(a.claims, b.claims),
  }
}

/** Takes out a pool that was added before. Throws RangeError where it was not. */
export function subtractPool(whole: Pool, part: Pool): Pool {
  return {
    ...combineFigures(whole, part, -1),
    origins: subtractShares(whole.origins, part.origins),
    journey: subtractJourney(whole.journey, part.journey),
    claims: subtractClaims(whole.claims, part.claims),
  }
}

/** The most of a pool that may be dry material, by every moisture that was measured on the way to it. */
export function dryAtMostOf({ dryGrams, moistureUnknownGrams, dryAtMostGrams }: Pool): number {
  return dryAtMostGrams ?? dryGrams + moistureUnknownGrams
}

/** Of a pool by polymer the most that may be in it, also of what came in as a mixed lot. */
export function heapOf({ polymers, mixture }: Pick<Pool, 'polymers' | 'mixture'>): Mixture {
  const { mixed: _, ...named } = polymers
  return combineTallies(named, mixtureOf({ polymers, ...(mixture && { mixture }) }), 1)
}

function mixtureOf({ polymers, mixture }: Pick<Pool, 'polymers' | 'mixture'>): Mixture {
  if (mixture) return mixture
  return polymers.mixed === undefined ? {} : { mixed: polymers.mixed }
}

/** The collected forms of what has no recorded moisture; of earlier pools, which did not tell, of all. */
export function unmeasuredFormsOf({
  unmeasuredForms,
  moistureUnknownGrams,
  sourceForms,
}: Pool): Tally<MaterialForm> {
  return unmeasuredForms ?? (moistureUnknownGrams > 0 ? sourceForms : {})
}

/** The keys of a tally that have any mass. */
export function presentIn<Key extends string>(tally: Tally<Key>, keys: readonly Key[]): Key[] {
  return keys.filter((key) => (tally[key] ?? 0) > 0)
}

type Figures = Omit<Pool, 'origins' | 'journey' | 'claims'>

function combineFigures(a: Pool, b: Pool, sign: 1 | -1): Figures {
  const dryGrams = a.dryGrams + sign * b.dryGrams
  const moistureUnknownGrams = a.moistureUnknownGrams + sign * b.moistureUnknownGrams
  const dryAtMostGrams = dryAtMostOf(a) + sign * dryAtMostOf(b)
  const mixture = toldApart(combineTallies(mixtureOf(a), mixtureOf(b), sign))
  return {
    massGrams: a.massGrams + sign * b.massGrams,
    addedGrams: a.addedGrams + sign * b.addedGrams,
    dryGrams,
    moistureUnknownGrams,
    ...(dryAtMostGrams !== dryGrams + moistureUnknownGrams && { dryAtMostGrams }),
    unmeasuredForms: combineTallies(unmeasuredFormsOf(a), unmeasuredFormsOf(b), sign),
    stages: combineTallies(a.stages, b.stages, sign),
    forms: combineTallies(a.forms, b.forms, sign),
    sourceForms: combineTallies(a.sourceForms, b.sourceForms, sign),
    polymers: combineTallies(a.polymers, b.polymers, sign),
    ...(mixture && { mixture }),
    models: combineTallies(a.models, b.models, sign),
  }
}

function combineTallies<Key extends string>(a: Tally<Key>, b: Tally<Key>, sign: 1 | -1): Tally<Key> {
  const combined: Partial<Record<Key, number>> = { ...a }
  for (const key in b) {
    const grams = (combined[key] ?? 0) + sign * (b[key] ?? 0)
    if (grams > 0) combined[key] = grams
    else delete combined[key]
  }
  return combined
}
