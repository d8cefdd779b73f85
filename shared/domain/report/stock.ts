import type { OpenRun, Stock } from '../events/registry.ts'
import { STAGES } from '../material/stages.ts'
import type { Booking } from './booking.ts'
import { LINES } from './lines.ts'
import { openShipmentsAfter, roadGrams } from './road.ts'

/** Of a site where nothing was ever booked. */
export const EMPTY_STOCK: Stock = {
  byStage: {},
  claims: {},
  inProcessGrams: 0,
  openRuns: [],
  onTheRoadGrams: 0,
  openShipments: [],
}

/**
 * What a site holds after some bookings. Figures that are nothing are absent, and all are the same in whatever order the
 * bookings come; since when a load is open needs them in order.
 */
export function stockAfter(opening: Stock, bookings: readonly Booking[]): Stock {
  const stages = new Map<string, number>(Object.entries(opening.byStage))
  const claims = new Map<string, number>(Object.entries(opening.claims))
  let inProcessGrams = opening.inProcessGrams
  for (const { line, stage, grams, claims: claimed } of bookings.flatMap(({ postings }) => postings)) {
    const moves = LINES[line]
    if (stage !== undefined) add(stages, stage, moves.stock * grams)
    for (const [scheme, amount] of Object.entries(claimed)) add(claims, scheme, moves.claims * amount)
    inProcessGrams += moves.process * grams
  }
  return {
    byStage: Object.fromEntries(
      STAGES.flatMap((stage) => (stages.get(stage) ? [[stage, stages.get(stage) ?? 0]] : [])),
    ),
    claims: Object.fromEntries([...claims].filter(([, grams]) => grams !== 0).sort(byKey)),
    inProcessGrams,
    openRuns: openRunsAfter(opening.openRuns, bookings),
    onTheRoadGrams: bookings.reduce((sum, booking) => sum + roadGrams(booking), opening.onTheRoadGrams),
    openShipments: openShipmentsAfter(opening.openShipments, bookings),
  }
}

/** Adds to the figure of a key, which is nothing until then. */
export function add<Key>(figures: Map<Key, number>, key: Key, amount: number): void {
  figures.set(key, (figures.get(key) ?? 0) + amount)
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

function openRunsAfter(before: readonly OpenRun[], bookings: readonly Booking[]): OpenRun[] {
  const runs = new Map(before.map((run) => [run.run, { ...run, opened: 1 }]))
  for (const { run: change, at } of bookings) {
    if (!change) continue
    const { run, since, massGrams, opened } = runs.get(change.run) ?? {
      run: change.run,
      since: at,
      massGrams: 0,
      opened: 0,
    }
    runs.set(run, {
      run,
      since: change.opened === 1 && at > since ? at : since,
      massGrams: massGrams + change.massGrams,
      opened: opened + change.opened,
    })
  }
  return [...runs]
    .sort(byKey)
    .flatMap(([, { run, since, massGrams, opened }]) => (opened > 0 ? [{ run, since, massGrams }] : []))
}
