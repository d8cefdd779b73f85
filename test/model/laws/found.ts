import type { PickupFacts } from '../../../shared/domain/events/pickup.ts'
import { FOUND, type Found } from '../../../shared/domain/geo/coast/found.ts'
import type { OriginShare } from '../../../shared/domain/lineage/origin.ts'
import { makePassport } from '../../../shared/domain/passport/make-passport.ts'
import type { Batch } from '../../../shared/domain/state/batch.ts'
import { batchesOf } from '../known.ts'
import { ORGANISATIONS } from '../organisations.ts'
import type { Evidence } from './evidence.ts'
import { levelsFrom } from './lineage.ts'
import { ofType, sumOf } from './standing.ts'

/** Nothing is said to be from nearer the sea than the pickups upstream of it bear out, on its passport neither. */
export function foundComplaints(known: Evidence): string[] {
  const pickups = new Map(ofType(known.standing, 'PickupRecorded').map(({ data }) => [data.batch, data]))
  return [
    ...[...pickups].flatMap(([id, facts]) =>
      isBorneOut(facts) ? [] : [`${id} was not found ${facts.found}`],
    ),
    ...batchesOf(known).flatMap((batch) => {
      const upstream = levelsFrom(batch.id, 'backward', known.lineage).flatMap((level) => [...level])
      const sources = upstream.flatMap((id) => pickups.get(id) ?? [])
      return [...gains(batch, sources), ...passportComplaints(batch)]
    }),
  ]
}

/** By the other things that the event says of its position. */
function isBorneOut({ found, placeBasis, oceanBound }: PickupFacts): boolean {
  const isInland = oceanBound?.obpClass === 'INLAND'
  return (
    (found === 'unrecorded') === (placeBasis === 'station') &&
    (found === 'sea') === (oceanBound?.openSea ?? false) &&
    (!isInland || found === 'inland' || found === 'undetermined')
  )
}

const of = (shares: readonly Pick<OriginShare, 'found' | 'grams'>[], kind: Found): number =>
  sumOf(
    shares.filter(({ found }) => found === kind),
    ({ grams }) => grams,
  )

function gains({ id, origins }: Batch, sources: readonly PickupFacts[]): string[] {
  const collected = sources.map(({ found, massGrams }) => ({ found, grams: massGrams }))
  return FOUND.flatMap((found) => {
    const [is, ever] = [of(origins, found), of(collected, found)]
    return is <= ever ? [] : [`${id} has ${is} g found ${found}, of ${ever} g that there are upstream`]
  })
}

function passportComplaints(batch: Batch): string[] {
  const passport = makePassport(batch, {
    organisations: ORGANISATIONS,
    holds: [],
    certificates: [],
    revision: 1,
  })
  const rows = [...passport.origins, ...passport.otherOrigins]
  return FOUND.flatMap((found) =>
    of(rows, found) === of(batch.origins, found)
      ? []
      : [`the passport of ${batch.id} shows ${of(rows, found)} g found ${found}`],
  )
}
