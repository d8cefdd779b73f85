import { apportion, proportion } from '../material/mass.ts'
import { LOSS_KINDS, type LossKind } from '../material/material.ts'
import { combineActivities, partOfActivities, type Active } from './activities.ts'

/**
 * The journey of a batch: what its material went through so far, each leg in grams in proportion to this batch alone.
 * A lot that is a third of a washing run carries a third of that run's input, output and losses, so journeys can be
 * drawn and merged like origin shares without counting anything twice, and cost nothing to read however deep the
 * lineage is. Each number is rounded to the gram; within a leg, input = output + losses + unaccounted exactly.
 */
export interface Leg extends Active {
  readonly step: Step
  readonly org: string
  readonly site: string
  readonly firstAt: string
  readonly lastAt: string
  /** All that went in, `addedGrams` included. */
  readonly inputGrams: number
  /** Material that joined here and has no traced origin, part of `inputGrams`. */
  readonly addedGrams: number
  readonly outputGrams: number
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly unaccountedGrams: number
}

export const STEPS = [
  'collection',
  'consolidation',
  'sorting',
  'cleaning',
  'pelletizing',
  'blending',
  'manufacturing',
] as const
export type Step = (typeof STEPS)[number]

type Parts = Pick<Leg, 'outputGrams' | 'losses' | 'unaccountedGrams'>

const lossEntries = (losses: Leg['losses']): [LossKind, number][] =>
  LOSS_KINDS.flatMap((kind) => (losses[kind] === undefined ? [] : [[kind, losses[kind]]]))

/**
 * The share of a journey that goes with `grams` drawn from `ofGrams`. Requires 0 ≤ grams ≤ ofGrams, ofGrams > 0.
 * Guarantees: drawn + rest = journey in every input, output, loss, activity and unaccounted figure; no leg that gave at
 * least `ofGrams` gives less than `grams`; and if the journey was a chain, in which each step takes all that the step
 * before gave, both are chains again, to the gram.
 */
export function drawJourney(
  journey: readonly Leg[],
  grams: number,
  ofGrams: number,
): { readonly drawn: Leg[]; readonly rest: Leg[] } {
  const parts = isChain(journey, ofGrams)
    ? partsOfChain(journey, grams, ofGrams)
    : journey.map((leg) => partOfLeg(leg, proportion(leg.outputGrams, grams, ofGrams), grams, ofGrams))
  const rest = journey.map((leg, index) => subtractLeg(leg, parts[index] ?? leg))
  return { drawn: parts.filter(isSome), rest: rest.filter(isSome) }
}

const stepsOf = (journey: readonly Leg[]): Step[] =>
  STEPS.filter((step) => journey.some((leg) => leg.step === step))

function totalOf(journey: readonly Leg[], step: Step, grams: (leg: Leg) => number): number {
  return journey.reduce((sum, leg) => (leg.step === step ? sum + grams(leg) : sum), 0)
}

/** What a leg took from the step before it. */
const takenGrams = (leg: Leg): number => leg.inputGrams - leg.addedGrams

/** Whether each step gave exactly what the next took, and the last what the batch is. Sorting that only a part went through breaks a chain. */
export function isChain(journey: readonly Leg[], finalGrams: number): boolean {
  const steps = stepsOf(journey)
  return steps.every((step, index) => {
    const next = steps[index + 1]
    const taken = next === undefined ? finalGrams : totalOf(journey, next, takenGrams)
    return totalOf(journey, step, (leg) => leg.outputGrams) === taken
  })
}

/**
 * Prorates a chain from its end: what the last step gives is exactly `grams`; losses and additions are rounded, and
 * what each step took, and so the one before gave, follows from them. No part exceeds its whole: a rounded loss never
 * does, and an addition is kept within what lets the step take no more than it took in all, and nothing less than zero.
 */
function partsOfChain(journey: readonly Leg[], grams: number, ofGrams: number): Leg[] {
  const parts = new Map<Leg, Leg>()
  let given = grams
  for (const step of stepsOf(journey).toReversed()) {
    const legs = journey.filter((leg) => leg.step === step)
    const outputs = apportion(
      given,
      legs.map((leg) => leg.outputGrams),
    )
    const drawn = legs.map((leg, index) => partOfLeg(leg, outputs[index] ?? 0, grams, ofGrams))
    drawn.forEach((part, index) => parts.set(legs[index] ?? part, part))
    given = drawn.reduce((sum, part) => sum + takenGrams(part), 0)
  }
  return journey.map((leg) => parts.get(leg) ?? leg)
}

/**
 * A part of one leg, given what the part puts out: losses and what is unaccounted in proportion, its input the sum of
 * them all, and of what was added as much in proportion as leaves part and rest with no less than nothing taken.
 */
function partOfLeg(leg: Leg, outputGrams: number, grams: number, ofGrams: number): Leg {
  const losses = lossEntries(leg.losses).map(([kind, lost]): [LossKind, number] => [
    kind,
    proportion(lost, grams, ofGrams),
  ])
  const unaccountedGrams = proportion(leg.unaccountedGrams, grams, ofGrams)
  const lost = losses.reduce((sum, [, part]) => sum + part, 0)
  const inputGrams = outputGrams + lost + unaccountedGrams
  const fewestAdded = Math.max(0, inputGrams - takenGrams(leg))
  const mostAdded = Math.min(leg.addedGrams, inputGrams)
  const addedGrams = proportion(leg.addedGrams, grams, ofGrams)
  const { activities: _, ...place } = leg
  return {
    ...place,
    inputGrams,
    addedGrams: Math.min(mostAdded, Math.max(fewestAdded, addedGrams)),
    outputGrams,
    losses: Object.fromEntries(losses),
    unaccountedGrams,
    ...partOfActivities(leg, grams, ofGrams),
  }
}

function subtractLeg(leg: Leg, part: Leg): Leg {
  const { activities: _, ...place } = leg
  return {
    ...place,
    inputGrams: leg.inputGrams - part.inputGrams,
    addedGrams: leg.addedGrams - part.addedGrams,
    ...combineParts(leg, part, -1),
    ...combineActivities(leg, part, -1),
  }
}

function combineParts(a: Parts, b: Parts, sign: 1 | -1): Parts {
  const kinds = LOSS_KINDS.filter((kind) => a.losses[kind] !== undefined || b.losses[kind] !== undefined)
  return {
    outputGrams: a.outputGrams + sign * b.outputGrams,
    unaccountedGrams: a.unaccountedGrams + sign * b.unaccountedGrams,
    losses: Object.fromEntries(
      kinds.map((kind) => [kind, (a.losses[kind] ?? 0) + sign * (b.losses[kind] ?? 0)]),
    ),
  }
}

/** Adds journeys together: one leg per step and site, in the order of the steps and then of time. */
export function mergeJourneys(journeys: readonly (readonly Leg[])[]): Leg[] {
  const merged = new Map<string, Leg>()
  for (const leg of journeys.flat()) {
    const key = keyOf(leg)
    const before = merged.get(key)
    merged.set(key, before ? addLegs(before, leg) : leg)
  }
  return [...merged]
    .sort(([keyA, a], [keyB, b]) => compareLegs(a, b) || (keyA < keyB ? -1 : 1))
    .map(([, leg]) => leg)
}

/** Two legs of one step as one: times span both, masses add up. */
export function addLegs(a: Leg, b: Leg): Leg {
  return {
    ...a,
    firstAt: a.firstAt < b.firstAt ? a.firstAt : b.firstAt,
    lastAt: a.lastAt > b.lastAt ? a.lastAt : b.lastAt,
    inputGrams: a.inputGrams + b.inputGrams,
    addedGrams: a.addedGrams + b.addedGrams,
    ...combineParts(a, b, 1),
    ...combineActivities(a, b, 1),
  }
}

/** Takes a journey out of one that it was merged into. Times stay as wide as they were: what made them so is gone. */
export function subtractJourney(merged: readonly Leg[], part: readonly Leg[]): Leg[] {
  const parts = new Map(part.map((leg) => [keyOf(leg), leg]))
  return merged
    .map((leg) => {
      const taken = parts.get(keyOf(leg))
      return taken ? subtractLeg(leg, taken) : leg
    })
    .filter(isSome)
}

/** A part so small that no gram of a leg goes with it may still carry some of what the leg took. */
const isSome = (leg: Leg): boolean => leg.inputGrams > 0 || leg.activities !== undefined

const keyOf = ({ step, org, site }: Leg): string => `${step} ${org} ${site}`

function compareLegs(a: Leg, b: Leg): number {
  const byStep = STEPS.indexOf(a.step) - STEPS.indexOf(b.step)
  return byStep || (a.firstAt === b.firstAt ? 0 : a.firstAt < b.firstAt ? -1 : 1)
}
