import { booksBalance, type Batch } from '../../../shared/domain/state/batch.ts'
import { isAdded, totalGrams, type OriginShare } from '../../../shared/domain/lineage/origin.ts'
import type { Run } from '../../../shared/domain/state/run.ts'
import { batchesOf, runsOf } from '../known.ts'
import type { Evidence } from './evidence.ts'
import { addTo, ofType, sumOf } from './standing.ts'

/** Mass and claims over a whole world: nothing is invented, nothing is lost without being said. Each law gives complaints. */
export function massComplaints(known: Evidence): string[] {
  const { standing } = known
  const pickups = ofType(standing, 'PickupRecorded')
  const charged = ofType(standing, 'RunCharged').map(({ data }) => data)
  const [batches, runs] = [batchesOf(known), runsOf(known)]
  const openRuns = runs.filter(({ status }) => status === 'open')
  const lostLines = ofType(standing, 'BatchReceived').flatMap(({ data }) =>
    data.lines.map(({ lost }) => lost),
  )

  const came = sumOf(pickups, ({ data }) => data.massGrams) + sumOf(charged, ({ pool }) => pool.addedGrams)
  const there = sumOf(batches, ({ remainingGrams }) => remainingGrams)
  const inRuns = sumOf(openRuns, ({ pool }) => pool.massGrams)
  const gone = sumOf(runs, goneGrams) + sumOf(lostLines, ({ massGrams }) => massGrams)
  const complaints = [
    ...batches.filter((batch) => !booksBalance(batch)).map(({ id }) => `the books of ${id} do not balance`),
    ...batches.flatMap(shareComplaints),
    ...runs.flatMap(poolComplaints),
  ]
  if (came !== there + inRuns + gone) {
    complaints.push(`${came} g came, but ${there} g are there, ${inRuns} g in runs and ${gone} g gone`)
  }
  const now = [
    ...batches.flatMap((batch) => batch.remaining.origins),
    ...openRuns.flatMap(({ pool }) => pool.origins),
  ]
  const collected = new Map<string, number>()
  for (const { data, occurredAt } of pickups) {
    addTo(collected, `${data.placeId} ${occurredAt.slice(0, 7)} ${data.found}`, data.massGrams)
  }
  for (const { added } of charged)
    for (const { kind, massGrams } of added) addTo(collected, `${kind}  `, massGrams)
  complaints.push(...gains(byOrigin([...now, ...lostLines.flatMap(({ origins }) => origins)]), collected))
  const certified = new Map<string, number>()
  for (const { data } of pickups) addClaims(certified, data.claims)
  const claimed = new Map<string, number>()
  for (const { remaining } of batches) addClaims(claimed, remaining.claims)
  for (const { pool } of openRuns) addClaims(claimed, pool.claims)
  for (const { claims } of lostLines) addClaims(claimed, claims)
  return [...complaints, ...gains(claimed, certified)]
}

const goneGrams = ({ status, losses, unaccountedGrams }: Run): number =>
  status === 'closed' ? unaccountedGrams + sumOf(Object.values(losses), (grams) => grams) : 0

function byOrigin(shares: readonly OriginShare[]): Map<string, number> {
  const figures = new Map<string, number>()
  for (const { placeId, period, found = '', grams } of shares)
    addTo(figures, `${placeId} ${period} ${found}`, grams)
  return figures
}

function addClaims(figures: Map<string, number>, claims: Readonly<Record<string, number>>): void {
  for (const [scheme, grams] of Object.entries(claims)) addTo(figures, scheme, grams)
}

/** Where there is more of something than there ever was. */
function gains(now: ReadonlyMap<string, number>, ever: ReadonlyMap<string, number>): string[] {
  return [...now]
    .filter(([key, grams]) => grams > (ever.get(key) ?? 0))
    .map(([key, grams]) => `${key.trim()} has ${grams} g, of ${ever.get(key) ?? 0} g that there ever were`)
}

function shareComplaints({ id, origins, remaining }: Batch): string[] {
  const all = [...origins, ...remaining.origins]
  return all.every(({ grams }) => Number.isSafeInteger(grams) && grams > 0)
    ? []
    : [`${id} has an empty share`]
}

function poolComplaints({ id, pool }: Run): string[] {
  const { massGrams, addedGrams, origins, claims, stages, polymers, dryGrams, moistureUnknownGrams } = pool
  const tally = (figures: Readonly<Record<string, number>>): number =>
    sumOf(Object.values(figures), (grams) => grams)
  const fits =
    totalGrams(origins) === massGrams &&
    totalGrams(origins.filter(isAdded)) >= addedGrams &&
    tally(stages) === massGrams - addedGrams &&
    tally(polymers) === massGrams &&
    dryGrams + moistureUnknownGrams <= massGrams &&
    Object.values(claims).every((grams) => grams > 0 && grams <= massGrams - addedGrams)
  return fits ? [] : [`the pool of ${id} does not add up`]
}
