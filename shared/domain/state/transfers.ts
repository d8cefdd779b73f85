import type { Batch, Transfer } from './batch.ts'
import { activitiesOfHaul, combineActivities, type Active, type Haul } from '../lineage/activities.ts'
import { drawJourney, type Leg } from '../lineage/journey.ts'

/**
 * The journey of a batch as it stands: what it went through before it was this batch, and every hand-over since, for
 * the mass {@link journeyGrams}. Every transport is counted once, for all that was sent, with the leg that made the
 * batch, and so is what was missing on arrival. All of the batch came out of that leg, so it gives at least as much as
 * was sent, to the gram: no hand-over takes more from it than it has, and a chain stays one.
 */
export function journeyOf(batch: Batch): Leg[] {
  let journey: readonly Leg[] = batch.journey
  let grams = batch.massGrams
  for (const transfer of batch.transfers) {
    const { sentGrams, keptGrams } = transfer
    const sent = drawJourney(journey, sentGrams, grams).drawn
    const fetched = transfer.loadedAt === transfer.from.site ? {} : activitiesOfHaul(sentGrams, undefined)
    const taken = combineActivities(activitiesOfHaul(sentGrams, haulOf(transfer)), fetched, 1)
    journey = withTransport(sent, batch, taken, sentGrams - keptGrams)
    grams = keptGrams
  }
  return [...journey]
}

const haulOf = ({ mode, distanceKm }: Transfer): Haul | undefined =>
  mode === undefined || distanceKm === undefined ? undefined : { mode, distanceKm }

/** The mass that {@link journeyOf} speaks of: that of the batch, or what was kept at its last hand-over. */
export function journeyGrams(batch: Batch): number {
  const { transfers, massGrams } = batch
  return transfers[transfers.length - 1]?.keptGrams ?? massGrams
}

/** Site at which a batch was made; where it lies now may be another's. */
export function madeAt({ transfers, site }: Pick<Batch, 'transfers' | 'site'>): string {
  return transfers[0]?.from.site ?? site
}

/** How the mass of a draw comes to the run: not at all, as recorded, or as nobody recorded. */
export type Moved = 'here' | 'unrecorded' | Haul

/**
 * The part of a batch's journey that goes with a draw, and its way to the run. Each draw is rounded by itself, to the
 * gram and figure.
 */
export function journeyOfDraw(batch: Batch, grams: number, moved: Moved): Leg[] {
  const { drawn } = drawJourney(journeyOf(batch), grams, journeyGrams(batch))
  if (moved === 'here') return drawn
  const taken = activitiesOfHaul(grams, moved === 'unrecorded' ? undefined : moved)
  return withTransport(drawn, batch, taken, 0)
}

function withTransport(journey: readonly Leg[], batch: Batch, taken: Active, missingGrams: number): Leg[] {
  const [org] = batch.custodians
  const site = madeAt(batch)
  // Legs stand in order, so of several passes of a step the one that made the batch is the last.
  const ofStep = journey.filter((leg) => leg.step === batch.step && leg.org === org && leg.site === site)
  const made = ofStep[ofStep.length - 1]
  return journey.map((leg) => {
    if (leg !== made) return leg
    const moved = { ...leg, ...combineActivities(leg, taken, 1) }
    if (missingGrams === 0) return moved
    const losses = { ...leg.losses, transit: (leg.losses.transit ?? 0) + missingGrams }
    return { ...moved, outputGrams: leg.outputGrams - missingGrams, losses }
  })
}
