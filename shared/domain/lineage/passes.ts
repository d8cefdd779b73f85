import type { Stage } from '../material/stages.ts'
import { addLegs, MAX_PASSES, passOf, rankOf, type Leg } from './journey.ts'

type Masses = Pick<
  Leg,
  'step' | 'firstAt' | 'lastAt' | 'inputGrams' | 'addedGrams' | 'outputGrams' | 'losses' | 'unaccountedGrams'
>

/** The legs of a journey that went on beside each other, as one. Its masses close like those of a leg. */
export interface Pass extends Masses {
  readonly rank: number
  /** The last pass of a stage, and later ones that it fed: what went from one to the next is counted once. */
  readonly isSeveral?: true
  readonly legs: readonly Leg[]
}

/**
 * The how-manieth pass at its stage a run is that leaves the stage as it is, and how much of what it was charged with
 * came out of the last that is kept apart. Its rank is above those of all legs that it is fed by, or is the last.
 */
export function passAfter(
  {
    journey,
    massGrams,
    addedGrams,
  }: Pick<Leg, 'addedGrams'> & { journey: readonly Leg[]; massGrams: number },
  stage: Stage,
): Pick<Leg, 'pass' | 'againGrams'> {
  const rounds = journey.filter((leg) => passOf(leg).stage === stage).map((leg) => passOf(leg).round)
  const round = Math.max(0, ...rounds) + 1
  if (round <= MAX_PASSES) return { pass: { stage, round } }
  const last = { stage, round: MAX_PASSES }
  const rank = rankOf({ step: 'consolidation', pass: last })
  const cameOut = journey
    .filter((leg) => rankOf(leg) === rank)
    .reduce((sum, { outputGrams, againGrams = 0 }) => sum + outputGrams - againGrams, 0)
  const againGrams = Math.min(cameOut, massGrams - addedGrams)
  return { pass: last, ...(againGrams > 0 && { againGrams }) }
}

/**
 * The passes of a journey in the order of time: what feeds a pass stands before it, and of those that went on beside
 * each other the one that began first. No pass feeds one of a lower rank, nor one that was over before it began.
 */
export function passesOf(journey: readonly Leg[]): Pass[] {
  const waiting = [...Map.groupBy(journey, rankOf)].map(passOfLegs)
  const inOrder: Pass[] = []
  while (waiting.length > 0) {
    const ready = waiting.filter((pass) => !waiting.some((other) => mayFeed(other, pass)))
    const next = ready.reduce((first, pass) => (isEarlier(pass, first) ? pass : first))
    waiting.splice(waiting.indexOf(next), 1)
    inOrder.push(next)
  }
  return inOrder
}

const mayFeed = (a: Pass, b: Pass): boolean => a.rank < b.rank && a.firstAt <= b.lastAt

const isEarlier = (a: Pass, b: Pass): boolean =>
  a.firstAt === b.firstAt ? a.rank < b.rank : a.firstAt < b.firstAt

function passOfLegs([rank, legs]: readonly [number, readonly Leg[]]): Pass {
  const { step, firstAt, lastAt, inputGrams, addedGrams, outputGrams, losses, unaccountedGrams, againGrams } =
    legs.reduce(addLegs)
  // Each leg's figures are rounded by themselves, so they may differ by some grams.
  const countedTwice = Math.min(againGrams ?? 0, outputGrams)
  return {
    step,
    rank,
    ...(againGrams !== undefined && { isSeveral: true }),
    legs,
    firstAt,
    lastAt,
    inputGrams: inputGrams - countedTwice,
    addedGrams,
    outputGrams: outputGrams - countedTwice,
    losses,
    unaccountedGrams,
  }
}
