import type { Batch } from '../../../shared/domain/state/batch.ts'
import type { Leg } from '../../../shared/domain/lineage/journey.ts'
import { makePassport } from '../../../shared/domain/passport/make-passport.ts'
import { journeyOf } from '../../../shared/domain/state/transfers.ts'
import { batchesOf, runsOf, type Known } from '../known.ts'
import { ORGANISATIONS } from '../organisations.ts'
import { sumOf } from './standing.ts'

/** States never change, so one that was looked at need not be looked at again. */
const seen = new WeakSet<object>()

function isNew(state: object): boolean {
  const known = seen.has(state)
  seen.add(state)
  return !known
}

/** Every leg closes, no figure is negative, and what the public is shown adds up. */
export function journeyComplaints(known: Known): string[] {
  return [
    ...batchesOf(known)
      .filter(isNew)
      .flatMap((batch) => [
        ...legComplaints(batch.id, batch.journey),
        ...legComplaints(`${batch.id} on its way`, journeyOf(batch)),
        ...passportComplaints(batch),
      ]),
    ...runsOf(known)
      .filter(isNew)
      .flatMap(({ id, pool }) => legComplaints(id, pool.journey)),
  ]
}

function legComplaints(of: string, journey: readonly Leg[]): string[] {
  return journey.flatMap((leg) => {
    const { inputGrams, outputGrams, unaccountedGrams, addedGrams, losses, activities = {}, step } = leg
    const lost = sumOf(Object.values(losses), (grams) => grams)
    const figures = [
      inputGrams,
      outputGrams,
      unaccountedGrams,
      addedGrams,
      ...Object.values(losses),
      ...Object.values(activities),
    ]
    const isClosed = inputGrams === outputGrams + unaccountedGrams + lost
    const isWhole =
      addedGrams <= inputGrams && figures.every((figure) => Number.isSafeInteger(figure) && figure >= 0)
    return isClosed && isWhole ? [] : [`the ${step} of ${of} does not close: ${JSON.stringify(leg)}`]
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
  const shown = sumOf(rows, ({ grams }) => grams) + passport.otherMaterialGrams
  const [maker = ''] = batch.custodians
  const madeAt = ORGANISATIONS.find(({ id }) => id === maker)?.sites.some(({ id }) => id === passport.site.id)
  const empty = passport.journey.filter(({ inputGrams }) => inputGrams === 0).map(({ step }) => step)
  return [
    ...(empty.length === 0 ? [] : [`the passport of ${batch.id} shows a ${empty.join()} of nothing`]),
    ...(shown === batch.massGrams ? [] : [`the passport of ${batch.id} shows origins of ${shown} g`]),
    ...(madeAt ? [] : [`the passport of ${batch.id} says that ${maker} made it at ${passport.site.id}`]),
  ]
}
