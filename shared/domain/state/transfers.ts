import type { Batch, Transfer } from './batch.ts'
import { drawJourney, type Activity, type Leg } from '../lineage/journey.ts'

/**
 * The journey of a batch as it stands: what it went through before it was this batch, and every hand-over since. Its
 * last outputs add up to `journeyGrams(batch)`. Transport is counted with the step that it followed, and so is what
 * was missing on arrival, so that each step still gives what the next one takes.
 */
export function journeyOf(batch: Batch): Leg[] {
  let journey: readonly Leg[] = batch.journey
  let grams = batch.massGrams
  for (const transfer of batch.transfers) {
    const sent = drawJourney(journey, transfer.sentGrams, grams).drawn
    journey = afterTransport(sent, transfer)
    grams = transfer.keptGrams
  }
  return [...journey]
}

/** The mass that {@link journeyOf} speaks of: that of the batch, or what was kept at its last hand-over. */
export function journeyGrams(batch: Batch): number {
  return batch.transfers.at(-1)?.keptGrams ?? batch.massGrams
}

/** The part of a batch's journey that goes with a draw. Each draw is rounded by itself, to the gram and figure. */
export function journeyOfDraw(batch: Batch, grams: number): Leg[] {
  return drawJourney(journeyOf(batch), grams, journeyGrams(batch)).drawn
}

const ACTIVITY_OF_MODE = { road: 'roadGramKm', sea: 'seaGramKm' } as const satisfies Record<
  Transfer['mode'],
  Activity
>

function afterTransport(journey: readonly Leg[], transfer: Transfer): Leg[] {
  const lostGrams = transfer.sentGrams - transfer.keptGrams
  const last = journey.at(-1)
  if (!last) return []
  const legs = journey.filter(({ step }) => step === last.step)
  // What was missing is taken from the legs of the last step in proportion, as if each had sent its part.
  const lost = lostGrams === 0 ? [] : drawJourney(legs, lostGrams, transfer.sentGrams).drawn
  return journey.map((leg) => {
    if (leg.step !== last.step) return leg
    const missing = lost.find(({ org, site }) => org === leg.org && site === leg.site)?.outputGrams ?? 0
    return withTransport(leg, missing, transfer)
  })
}

function withTransport(leg: Leg, missingGrams: number, { mode, distanceKm }: Transfer): Leg {
  const activity = ACTIVITY_OF_MODE[mode]
  const gramKm = Math.round(leg.outputGrams * distanceKm)
  return {
    ...leg,
    outputGrams: leg.outputGrams - missingGrams,
    losses:
      missingGrams === 0 ? leg.losses : { ...leg.losses, transit: (leg.losses.transit ?? 0) + missingGrams },
    activities: { ...leg.activities, [activity]: (leg.activities?.[activity] ?? 0) + gramKm },
  }
}
