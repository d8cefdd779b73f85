import type { Batch } from '../state/batch.ts'
import type { Undo } from '../events/correction.ts'
import type { DomainEvent, EventOf } from '../events/event.ts'
import type { PickupFacts } from '../events/pickup.ts'
import type { InspectionFacts } from '../events/quality.ts'
import type { ProductFacts } from '../events/run.ts'
import { refuseUnlicensed, type GtinHolding } from '../gs1/holding.ts'
import { kgFromGrams } from '../material/mass.ts'
import { accept, refuse, type Decision, type Refused } from '../refusal.ts'
import { batchIn, type World } from '../state/world.ts'
import { identified, refuseTaken } from './product.ts'
import {
  handOversAfter,
  ofTypes,
  refuseBecauseOf,
  refuseHeld,
  standingAfter,
  type Histories,
} from './later.ts'

/**
 * Taking back a pickup, or saying it anew. Once some of it was used, only its mass may still be corrected, and not
 * below what was used: anything else would change what was made of it.
 */
export function undoPickup(
  event: EventOf<'PickupRecorded'>,
  instead: PickupFacts | undefined,
  world: World,
  histories: Histories,
): Decision<Undo> {
  const batch = batchIn(world, event.data.batch)
  if (!batch) return refuse('unknown-batch', `There is no batch ${event.data.batch}.`)
  const later = standingAfter(histories, batch.id, event)
  const handedOver = handOversAfter(histories, batch.id, event)
  const refused =
    refuseBecauseOf(handedOver, event, 'the batch was shipped') ??
    refuseUsed(batch, event, instead, later) ??
    refuseLessHeld(batch, instead)
  const was = { massGrams: batch.massGrams, claims: batch.claims }
  return refused ?? accept({ of: 'PickupRecorded', batch: batch.id, was, ...(instead && { instead }) })
}

/** Of a held batch more may turn out to be there, but none of it is talked away, and nothing more is claimed of it. */
function refuseLessHeld(batch: Batch, instead: PickupFacts | undefined): Refused | undefined {
  const gained = Object.keys(instead?.claims ?? {}).some((scheme) => batch.claims[scheme] === undefined)
  if (gained) return refuseHeld(batch, 'nothing more can be claimed of it now')
  if (instead && instead.massGrams >= batch.massGrams) return undefined
  return refuseHeld(batch, 'its pickup can neither be taken back nor be said to have been less')
}

function refuseUsed(
  batch: Batch,
  event: DomainEvent,
  instead: PickupFacts | undefined,
  later: readonly DomainEvent[],
): Decision<never> | undefined {
  const drawnGrams = batch.massGrams - batch.remainingGrams
  if (drawnGrams === 0) return undefined
  const charges = ofTypes(later, 'RunCharged')
  if (!instead) return refuseBecauseOf(charges, event, 'some of the batch was used')
  if (instead.massGrams < drawnGrams) {
    const [used, corrected] = [kgFromGrams(drawnGrams), kgFromGrams(instead.massGrams)]
    return refuseBecauseOf(
      charges,
      event,
      `${used} kg of the batch were used, more than the corrected ${corrected} kg`,
    )
  }
  const changed = changesBesidesMass(batch, instead)
  if (changed.length === 0) return undefined
  const what = changed.map(({ says }) => says).join(', ')
  const refused = refuseBecauseOf(
    charges,
    event,
    `some of the batch was used, so only its mass can still be corrected, but this also changes ${what}; repeat what stands`,
  )
  const errors = changed.map(({ field, says }) => ({
    pointer: `/instead/${field}`,
    detail: `This changes ${says}.`,
  }))
  return refused && { ok: false, refusal: { ...refused.refusal, errors } }
}

/** What a pickup said anew would change but its mass: the field of the request, and in words. */
interface Change {
  readonly field: string
  readonly says: string
}

function changesBesidesMass(batch: Batch, instead: PickupFacts): Change[] {
  const [share] = batch.origins
  const isElsewhere = share?.placeId !== instead.placeId || share.found !== instead.found
  const was = Object.keys(batch.claims).join(', ')
  const willBe = Object.keys(instead.claims).join(', ')
  return [
    ...(isElsewhere ? [{ field: 'position', says: 'the position (left out, it stays as it is)' }] : []),
    ...changeIn('form', batch.form, instead.form),
    ...changeIn('polymer', batch.polymer, instead.polymer),
    ...changeIn('moisturePct', percentOf(batch.moistureBp), percentOf(instead.moistureBp)),
    ...changeIn('claim', was === '' ? 'none' : was, willBe === '' ? 'none' : willBe),
  ]
}

const changeIn = (field: string, stands: string, given: string): Change[] =>
  stands === given ? [] : [{ field, says: `${field} (${stands} stands, ${given} is given)` }]

const percentOf = (basisPoints: number | undefined): string =>
  basisPoints === undefined ? 'none' : String(basisPoints / 100)

/**
 * What a product lot is called, said anew; `isTaken` where another lot has its GTIN and lot number, and in `holding` who
 * may make lots with that GTIN, if anybody has one.
 */
export interface CalledInstead {
  readonly name: string
  readonly gtin?: string
  readonly lot?: string
  readonly isTaken?: boolean
  readonly holding?: GtinHolding | undefined
}

/**
 * A product's name can be said anew as long as its maker has it, and so can its lot number if it has no GTIN; it can also
 * be given a GTIN. A GTIN and the lot number with it stay as they are: codes with them were there from the first moment.
 * Its quantity and content are the run's, which is corrected by its closing.
 */
export function undoProduct(
  event: EventOf<'ProductMade'>,
  instead: CalledInstead | undefined,
  world: World,
  histories: Histories,
): Decision<Undo> {
  const batch = batchIn(world, event.data.batch)
  if (!batch?.product) return refuse('unknown-batch', `There is no product lot ${event.data.batch}.`)
  if (batch.status === 'void') {
    return refuse('batch-not-active', `Batch ${batch.id} was declared a mistake; it never was.`)
  }
  if (!instead) {
    const detail = `${event.id} only names the lot; say in "instead" what it is called. To take the lot back, correct the closing of run ${event.data.run}.`
    return refuse('not-correctable', detail, '/instead')
  }
  const handedOver = handOversAfter(histories, batch.id, event)
  const refused =
    refuseBecauseOf(handedOver, event, 'the lot was shipped') ??
    refuseHeld(batch, 'it cannot be called otherwise now')
  if (refused) return refused
  const { name: _, gtin: __, lot: ___, ...quantity } = batch.product
  const called = calledInstead(batch.id, batch.product, instead, event)
  return called.ok
    ? accept({ of: 'ProductMade', batch: batch.id, instead: { ...quantity, ...called.value } })
    : called
}

function calledInstead(
  batch: string,
  { gtin, lot }: Pick<ProductFacts, 'gtin' | 'lot'>,
  { isTaken = false, holding, ...instead }: CalledInstead,
  { org, data: { run } }: EventOf<'ProductMade'>,
): Decision<Pick<ProductFacts, 'name' | 'gtin' | 'lot'>> {
  if (gtin === undefined) {
    const given = identified(instead, batch)
    const unlicensed = refuseUnlicensed(holding, org, '/instead')
    return unlicensed ?? (isTaken ? refuseTaken(given, '/instead') : accept(given))
  }
  const stands = { gtin, ...(lot !== undefined && { lot }) }
  const changed = (['gtin', 'lot'] as const).find(
    (part) => instead[part] !== undefined && instead[part] !== stands[part],
  )
  if (!changed) return accept({ name: instead.name, ...stands })
  const detail = `The lot is GTIN ${gtin}, lot ${lot} for good, because codes that say so may be printed; ${changed} ${instead[changed]} is given. If it should be another, take the lot back by correcting the closing of run ${run}, and make it anew.`
  return refuse('not-correctable', detail, `/instead/${changed}`)
}

/** Lab results are said anew or taken back as long as the batch has not been handed over: the next holder relies on them. */
export function undoInspection(
  event: EventOf<'BatchInspected'>,
  instead: InspectionFacts | undefined,
  world: World,
  histories: Histories,
): Decision<Undo> {
  const batch = batchIn(world, event.data.batch)
  if (!batch) return refuse('unknown-batch', `There is no batch ${event.data.batch}.`)
  const handedOver = handOversAfter(histories, batch.id, event)
  return (
    refuseBecauseOf(handedOver, event, 'the batch was shipped') ??
    accept({
      of: 'BatchInspected',
      batch: batch.id,
      inspection: event.id,
      ...(instead && { instead }),
    })
  )
}
