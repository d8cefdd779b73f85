import { apportion, proportion } from '../material/mass.ts'
import { LOSS_KINDS, type LossKind } from '../material/material.ts'
import { STAGES, type Stage } from '../material/stages.ts'
import { combineActivities, partOfActivities, type Active } from './activities.ts'

/**
 * The journey of a batch: what its material went through so far, each leg in grams in proportion to this batch alone.
 * A lot that is a third of a washing run carries a third of that run's input, output and losses, so journeys can be
 * drawn and merged like origin shares without counting anything twice, and cost nothing to read however deep the
 * lineage is. Material that goes through one step again makes a leg of its own there, see {@link PassOfStage}. Each number is rounded to the gram; within a leg, input = output + losses + unaccounted exactly.
 */
export interface Leg extends Active {
  readonly step: Step
  readonly org: string
  readonly site: string
  /** Of a step that leaves the stage as it is. Events from before passes were told apart have none, see {@link rankOf}. */
  readonly pass?: PassOfStage
  readonly firstAt: string
  readonly lastAt: string
  /** All that went in, `addedGrams` included. */
  readonly inputGrams: number
  /** Material that joined here and has no traced origin, part of `inputGrams`. */
  readonly addedGrams: number
  /** Part of `inputGrams` that came out of the last pass of its stage before, and so is in `outputGrams` as well. */
  readonly againGrams?: number
  readonly outputGrams: number
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly unaccountedGrams: number
}

/** The how-manieth step of its kind at one stage, from 1 to {@link MAX_PASSES}; the last stands for all later ones too. */
export interface PassOfStage {
  readonly stage: Stage
  readonly round: number
}

/**
 * Putting together or blending may go on for ever; a journey keeps that many passes of a stage apart. What went through
 * the last of them several times is counted in its `againGrams`, so that it can be told what came in from outside.
 */
export const MAX_PASSES = 3

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

/** What each step makes, and whether the first of it at that stage or a pass; of events that do not say it is the usual. */
const USUAL: Readonly<Record<Step, PassOfStage>> = {
  collection: { stage: 'collected', round: 0 },
  consolidation: { stage: 'collected', round: 1 },
  sorting: { stage: 'sorted', round: 0 },
  cleaning: { stage: 'cleaned', round: 0 },
  pelletizing: { stage: 'pelletized', round: 0 },
  blending: { stage: 'pelletized', round: 1 },
  manufacturing: { stage: 'product', round: 0 },
}

/**
 * Where a leg stands in the way of material: by the stage that it made, and by passes within it. A leg that feeds another
 * always has the lower rank, except among the last passes of a stage; legs of one rank are of one step.
 */
export function rankOf(leg: Pick<Leg, 'step' | 'pass'>): number {
  const { stage, round } = passOf(leg)
  return STAGES.indexOf(stage) * (MAX_PASSES + 1) + round
}

/** Of a leg that does not say it, what is usual for its step. */
export const passOf = ({ step, pass = USUAL[step] }: Pick<Leg, 'step' | 'pass'>): PassOfStage => pass

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

/** Legs by rank, in order: what goes on beside each other is one link of a chain. */
function linksOf(journey: readonly Leg[]): Leg[][] {
  const byRank = new Map<number, Leg[]>()
  for (const leg of journey) byRank.set(rankOf(leg), [...(byRank.get(rankOf(leg)) ?? []), leg])
  return [...byRank].sort(([a], [b]) => a - b).map(([, legs]) => legs)
}

const totalOf = (legs: readonly Leg[], grams: (leg: Leg) => number): number =>
  legs.reduce((sum, leg) => sum + grams(leg), 0)

/** What a leg took from those before it. */
const takenGrams = (leg: Leg): number => leg.inputGrams - leg.addedGrams

/**
 * Whether each step gave exactly what the next took, and the last what the batch is. Sorting that only a part went
 * through breaks a chain, and so do passes that were taken together.
 */
export function isChain(journey: readonly Leg[], finalGrams: number): boolean {
  if (journey.some(({ againGrams }) => againGrams !== undefined)) return false
  const links = linksOf(journey)
  return links.every((legs, index) => {
    const next = links[index + 1]
    const taken = next === undefined ? finalGrams : totalOf(next, takenGrams)
    return totalOf(legs, (leg) => leg.outputGrams) === taken
  })
}

/**
 * Prorates a chain from its end: what the last step gives is exactly `grams`; losses and additions are rounded, and
 * what each step took, and so the one before gave, follows from them. No part exceeds its whole: a rounded loss never
 * does, and an addition is kept within what lets the step take no more than it took in all, and nothing less than zero.
 */
function partsOfChain(journey: readonly Leg[], grams: number, ofGrams: number): Leg[] {
  const parts = new Map<Leg, Leg>()
  linksOf(journey).reduceRight((given, legs) => {
    const outputs = apportion(
      given,
      legs.map((leg) => leg.outputGrams),
    )
    const drawn = legs.map((leg, index) => partOfLeg(leg, outputs[index] ?? 0, grams, ofGrams))
    drawn.forEach((part, index) => parts.set(legs[index] ?? part, part))
    return totalOf(drawn, takenGrams)
  }, grams)
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
  const addedGrams = clamp(proportion(leg.addedGrams, grams, ofGrams), fewestAdded, mostAdded)
  const { activities: _, againGrams = 0, ...place } = leg
  const taken = inputGrams - addedGrams
  const again = proportion(againGrams, grams, ofGrams)
  return {
    ...place,
    inputGrams,
    addedGrams,
    ...someAgain(clamp(again, againGrams - takenGrams(leg) + taken, Math.min(againGrams, taken))),
    outputGrams,
    losses: Object.fromEntries(losses),
    unaccountedGrams,
    ...partOfActivities(leg, grams, ofGrams),
  }
}

const clamp = (value: number, fewest: number, most: number): number =>
  Math.min(most, Math.max(fewest, 0, value))

/** Without zeros: no passes that were taken together is absent. */
const someAgain = (againGrams: number): Pick<Leg, 'againGrams'> => (againGrams === 0 ? {} : { againGrams })

function subtractLeg(leg: Leg, part: Leg): Leg {
  const { activities: _, againGrams = 0, ...place } = leg
  return {
    ...place,
    ...someAgain(againGrams - (part.againGrams ?? 0)),
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

/** Adds journeys together: one leg per step, pass and site, in the order of their ranks and then of time. */
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

/** Two legs of one pass as one: times span both, masses add up. */
export function addLegs(a: Leg, b: Leg): Leg {
  return {
    ...a,
    ...someAgain((a.againGrams ?? 0) + (b.againGrams ?? 0)),
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

const keyOf = (leg: Leg): string => `${leg.step} ${leg.org} ${leg.site} ${rankOf(leg)}`

function compareLegs(a: Leg, b: Leg): number {
  return rankOf(a) - rankOf(b) || (a.firstAt === b.firstAt ? 0 : a.firstAt < b.firstAt ? -1 : 1)
}
