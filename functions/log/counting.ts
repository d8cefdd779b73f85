import type { MetricValues } from '../../shared/contract/metrics.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import type { Stage } from '../../shared/domain/material/stages.ts'

/**
 * What a figure on the dashboard says of events that have just got into the log, signed at `now` (milliseconds of the
 * epoch). Pure. A mistake that is taken back later stays counted: these are figures to watch, and the books are made from
 * the events.
 */
export function countsOf(events: readonly DomainEvent[], now: number): MetricValues {
  const grams: Record<Stage, number> = { collected: 0, sorted: 0, cleaned: 0, pelletized: 0, product: 0 }
  let [pickups, unaccounted, reviews, oldest] = [0, 0, 0, now]
  for (const event of events) {
    if (event.type === 'PickupRecorded') {
      pickups++
      grams.collected += event.data.massGrams
    }
    if (event.type === 'RunClosed') {
      unaccounted += event.data.unaccountedGrams
      for (const { stage, massGrams } of event.data.outputs) grams[stage] += massGrams
    }
    reviews += reviewsIn(event)
    oldest = Math.min(oldest, Date.parse(event.recordedAt))
  }
  const counted = {
    Pickups: pickups,
    CollectedKg: grams.collected / 1000,
    SortedKg: grams.sorted / 1000,
    CleanedKg: grams.cleaned / 1000,
    PelletizedKg: grams.pelletized / 1000,
    ProductKg: grams.product / 1000,
    UnaccountedKg: unaccounted / 1000,
    Reviews: reviews,
  }
  // A metric that nothing is said of costs nothing, and where it is missing it is none.
  const there = Object.entries(counted).filter(([, value]) => value > 0)
  return { ...Object.fromEntries(there), LogLagSeconds: (now - oldest) / 1000 }
}

const reviewsIn = ({ data }: DomainEvent): number =>
  'checks' in data ? (data.checks ?? []).filter(({ verdict }) => verdict === 'review').length : 0
