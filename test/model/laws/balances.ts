import { isDeepStrictEqual } from 'node:util'
import { addClaims, type Claims } from '../../../shared/domain/lineage/claims.ts'
import { bookingOf } from '../../../shared/domain/report/booking.ts'
import type { Place } from '../../../shared/domain/report/lines.ts'
import { EMPTY_STOCK, stockAfter } from '../../../shared/domain/report/stock.ts'
import { batchesOf, runsOf } from '../known.ts'
import { ORGANISATIONS } from '../organisations.ts'
import type { Evidence } from './evidence.ts'
import { addTo } from './standing.ts'

/**
 * The books of every site, kept event by event as its mass balance keeps them, come to what lies there, is in its runs
 * and left it for the road.
 */
export function balanceComplaints(evidence: Evidence): string[] {
  const places = ORGANISATIONS.flatMap(({ id, sites }) => sites.map((site) => ({ org: id, site: site.id })))
  return places.flatMap((place) => {
    const { byStage, inProcessGrams, onTheRoadGrams, claims } = stockAfter(
      EMPTY_STOCK,
      evidence.events.map((event) => bookingOf(event, place)),
    )
    const [is, booked] = [
      stockAt(evidence, place),
      { byStage: some(byStage), inProcessGrams, onTheRoadGrams, claims: some(claims) },
    ]
    if (isDeepStrictEqual(is, booked)) return []
    return [`${place.org} ${place.site} has ${JSON.stringify(is)}, but booked ${JSON.stringify(booked)}`]
  })
}

const some = (figures: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).filter(([, grams]) => grams !== 0))

/** What lies at a place, is in its runs, or left it and is on the road, in nobody's stock. */
export function stockAt(evidence: Evidence, place: Place): ReturnType<typeof stock> {
  const all = batchesOf(evidence).filter(
    ({ custodian, site }) => custodian === place.org && site === place.site,
  )
  const batches = all.filter(({ status }) => status !== 'in-transit')
  const away = all.filter(({ status }) => status === 'in-transit')
  const runs = runsOf(evidence).filter(
    ({ org, site, status }) => org === place.org && site === place.site && status === 'open',
  )
  const byStage = new Map<string, number>()
  for (const { stage, remainingGrams } of batches) addTo(byStage, stage, remainingGrams)
  const claims = [...batches.map(({ remaining }) => remaining), ...runs.map(({ pool }) => pool)]
    .map((part) => part.claims)
    .reduce<Claims>(addClaims, {})
  return stock(
    byStage,
    runs.reduce((sum, { pool }) => sum + pool.massGrams, 0),
    away.reduce((sum, { remainingGrams }) => sum + remainingGrams, 0),
    claims,
  )
}

const stock = (
  byStage: ReadonlyMap<string, number>,
  inProcessGrams: number,
  onTheRoadGrams: number,
  claims: Claims,
) => ({
  byStage: some(Object.fromEntries(byStage)),
  inProcessGrams,
  onTheRoadGrams,
  claims: some(claims),
})
