import { drawCharge, receiveLine, returnCharge, unreceiveLine, type Batch, type Transfer } from './batch.ts'
import { checkedBy, UNCHECKED } from '../checks/rule.ts'
import type { BatchReceived } from '../events/custody.ts'
import type { EventCorrected } from '../events/correction.ts'
import { countsAt } from '../events/envelope.ts'
import type { DomainEvent } from '../events/event.ts'
import type { PickupFacts } from '../events/pickup.ts'
import type { Output } from '../events/run.ts'
import { activitiesOfCollection } from '../lineage/activities.ts'
import type { Leg } from '../lineage/journey.ts'
import { drawClaims } from '../lineage/claims.ts'
import { mostDryGrams } from '../lineage/dry.ts'
import { latest } from '../time.ts'

/**
 * Folds one event into one batch. `hash` is the event's own hash. Requires that the event touches the batch, and that
 * events come in the order of the batch's history. Throws RangeError where an event takes what is not there.
 */
export function evolveBatch(
  batch: Batch | undefined,
  id: string,
  event: DomainEvent,
  hash: string,
): Batch | undefined {
  const moved = applyToBatch(batch, id, event)
  return (
    moved && {
      ...moved,
      version: (batch?.version ?? 0) + 1,
      head: hash,
      updatedAt: event.recordedAt,
      countsFrom: gives(event) ? latest([moved.countsFrom, countsAt(event)]) : moved.countsFrom,
    }
  )
}

/** Whether an event may give mass to a batch that is there already. */
function gives(event: DomainEvent): boolean {
  if (event.type === 'BatchReceived') return true
  return event.type === 'EventCorrected' && MASS.has(event.data.undo.of)
}

const MASS: ReadonlySet<EventCorrected['data']['undo']['of']> = new Set([
  'PickupRecorded',
  'RunCharged',
  'RunClosed',
  'BatchShipped',
  'BatchReceived',
])

function applyToBatch(batch: Batch | undefined, id: string, event: DomainEvent): Batch | undefined {
  if (event.type === 'PickupRecorded') return batchOfPickup(id, event, event.data)
  if (event.type === 'RunClosed') {
    const output = event.data.outputs.find((candidate) => candidate.batch === id)
    return output ? batchOfOutput(output, event) : batch
  }
  return batch && applyToKnown(batch, id, event)
}

function applyToKnown(batch: Batch, id: string, event: DomainEvent): Batch {
  switch (event.type) {
    case 'RunCharged': {
      const charge = event.data.charges.find((candidate) => candidate.batch === id)
      return charge ? drawCharge(batch, charge, event.data.run) : batch
    }
    case 'ProductMade': {
      const { run: _, batch: __, checks, ...product } = event.data
      return { ...batch, product, checked: checkedBy(checks, batch.checked) }
    }
    case 'BatchShipped':
      return { ...batch, status: 'in-transit', shipment: event.data.shipment }
    case 'BatchReceived':
      return settle(batch, event)
    case 'BatchInspected': {
      const { batch: _, checks: __, ...facts } = event.data
      return { ...batch, inspections: [...batch.inspections, { ...facts, event: event.id }] }
    }
    case 'BatchHeld': {
      const hold = { event: event.id, org: event.org, reason: event.data.reason, since: event.occurredAt }
      return { ...batch, ownHolds: [...batch.ownHolds, hold] }
    }
    case 'BatchReleased':
      return { ...batch, ownHolds: batch.ownHolds.filter((hold) => hold.event !== event.data.hold) }
    case 'EventCorrected':
      return undoInBatch(batch, event)
    default:
      return batch
  }
}

function settle(batch: Batch, event: BatchReceived): Batch {
  const line = event.data.lines.find((candidate) => candidate.batch === batch.id)
  if (!line) return batch
  const { shipment, transport } = event.data
  if (!line.accepted) {
    const { shipment: _, ...back } = batch
    const returns = [...batch.returns, { shipment, at: event.occurredAt, by: event.org }]
    return { ...back, status: 'active', returns }
  }
  const transfer: Omit<Transfer, 'keptGrams'> = {
    shipment,
    from: { org: batch.custodian, site: batch.site },
    loadedAt: event.data.from.site,
    to: { org: event.org, site: event.site },
    at: event.occurredAt,
    sentGrams: line.sentGrams,
    receivedGrams: line.receivedGrams,
    ...(transport && { mode: transport.mode, distanceKm: transport.distanceKm }),
  }
  return receiveLine(batch, line, transfer)
}

function undoInBatch(batch: Batch, { data: { undo } }: EventCorrected): Batch {
  switch (undo.of) {
    case 'PickupRecorded':
      return undo.instead ? replacePickup(batch, undo.instead) : voided(batch)
    case 'RunCharged': {
      const returned = undo.returned.find((charge) => charge.batch === batch.id)
      return returned ? returnCharge(batch, returned, undo.run, undo.leaves.includes(batch.id)) : batch
    }
    case 'RunClosed':
      return voided(batch)
    case 'ProductMade':
      return { ...batch, product: undo.instead }
    case 'BatchShipped': {
      const { shipment: _, ...back } = batch
      return { ...back, status: 'active' }
    }
    case 'BatchReceived': {
      const line = undo.lines.find((candidate) => candidate.batch === batch.id)
      if (!line) return batch
      if (line.accepted) return unreceiveLine(batch, line)
      const returns = batch.returns.filter(({ shipment }) => shipment !== undo.shipment)
      return { ...batch, status: 'in-transit', shipment: undo.shipment, returns }
    }
    case 'BatchInspected':
      return replaceInspection(batch, undo)
    default:
      return batch
  }
}

function voided(batch: Batch): Batch {
  const nothing = { origins: [], claims: {} }
  const { dryAtMostGrams: _, mixture: __, sources: ___, ...rest } = batch
  return {
    ...rest,
    massGrams: 0,
    remainingGrams: 0,
    ...nothing,
    certificates: [],
    checked: UNCHECKED,
    remaining: nothing,
    journey: [],
    status: 'void',
  }
}

function replaceInspection(
  batch: Batch,
  undo: Extract<EventCorrected['data']['undo'], { of: 'BatchInspected' }>,
): Batch {
  const inspections = batch.inspections.flatMap((inspection) => {
    if (inspection.event !== undo.inspection) return [inspection]
    return undo.instead ? [{ ...undo.instead, event: undo.inspection }] : []
  })
  return { ...batch, inspections }
}

type Facts = Pick<
  Batch,
  | 'stage'
  | 'form'
  | 'sourceForm'
  | 'sources'
  | 'polymer'
  | 'mixture'
  | 'massGrams'
  | 'moistureBp'
  | 'dryAtMostGrams'
  | 'origins'
  | 'step'
  | 'journey'
  | 'model'
  | 'claims'
  | 'certificates'
  | 'checked'
  | 'oceanBound'
  | 'run'
>

function newBatch(id: string, event: DomainEvent, facts: Facts): Batch {
  return {
    kind: 'batch',
    id,
    custodian: event.org,
    site: event.site,
    custodians: [event.org],
    lostGrams: 0,
    remainingGrams: facts.massGrams,
    status: 'active',
    remaining: { origins: facts.origins, claims: facts.claims, ...dryOf(facts.dryAtMostGrams) },
    transfers: [],
    returns: [],
    inspections: [],
    ownHolds: [],
    usedIn: [],
    occurredAt: event.occurredAt,
    countsFrom: countsAt(event),
    recordedAt: event.recordedAt,
    updatedAt: event.recordedAt,
    version: 0,
    head: '',
    ...facts,
  }
}

function batchOfPickup(id: string, event: DomainEvent, facts: PickupFacts): Batch {
  return newBatch(id, event, factsOfPickup(event, facts))
}

function factsOfPickup(event: Pick<DomainEvent, 'org' | 'site' | 'occurredAt'>, facts: PickupFacts): Facts {
  const { form, polymer, massGrams, moistureBp, placeId, found, oceanBound, claims, certificates } = facts
  const leg: Leg = {
    step: 'collection',
    org: event.org,
    site: event.site,
    firstAt: event.occurredAt,
    lastAt: event.occurredAt,
    inputGrams: massGrams,
    addedGrams: 0,
    outputGrams: massGrams,
    losses: {},
    unaccountedGrams: 0,
    ...activitiesOfCollection(massGrams, moistureBp),
  }
  return {
    stage: 'collected',
    form,
    sourceForm: form,
    polymer,
    massGrams,
    ...(moistureBp !== undefined && { moistureBp }),
    ...dryOf(mostDryGrams(facts)),
    origins: [{ placeId, period: event.occurredAt.slice(0, 7), found, grams: massGrams }],
    step: leg.step,
    journey: [leg],
    model: 'identity-preserved',
    claims,
    certificates,
    checked: checkedBy(facts.checks),
    ...(oceanBound && { oceanBound }),
  }
}

/** What may be dry, where anything is known of it. */
const dryOf = (dryAtMostGrams: number | undefined): Pick<Batch, 'dryAtMostGrams'> =>
  dryAtMostGrams === undefined ? {} : { dryAtMostGrams }

/** What remains of it after a pickup was said anew: less what was drawn, to the gram, which draws had rounded. */
function dryLeft(batch: Batch, dryAtMostGrams: number | undefined): Pick<Batch, 'dryAtMostGrams'> {
  if (dryAtMostGrams === undefined) return {}
  const drawnGrams = (batch.dryAtMostGrams ?? 0) - (batch.remaining.dryAtMostGrams ?? 0)
  return { dryAtMostGrams: dryAtMostGrams - drawnGrams }
}

/**
 * A pickup said anew. What was drawn from it already stays drawn: the correction was allowed because all that changed
 * is how much there is, or because nothing was drawn.
 */
function replacePickup(batch: Batch, instead: PickupFacts): Batch {
  const drawnGrams = batch.massGrams - batch.remainingGrams
  const { moistureBp: _, oceanBound: __, dryAtMostGrams: ___, ...kept } = batch
  const [collector = batch.custodian] = batch.custodians
  const leg = batch.journey[0]
  const at = { org: collector, site: leg?.site ?? batch.site, occurredAt: batch.occurredAt }
  const facts = factsOfPickup(at, instead)
  const remainingGrams = facts.massGrams - drawnGrams
  return {
    ...kept,
    ...facts,
    remainingGrams,
    remaining: {
      origins: facts.origins
        .map((share) => ({ ...share, grams: remainingGrams }))
        .filter(({ grams }) => grams > 0),
      claims: drawClaims(facts.claims, remainingGrams, facts.massGrams),
      ...dryLeft(batch, facts.dryAtMostGrams),
    },
    status: remainingGrams === 0 ? 'used-up' : 'active',
  }
}

function batchOfOutput(output: Output, event: Extract<DomainEvent, { type: 'RunClosed' }>): Batch {
  const { batch: id, dryAtMostGrams = mostDryGrams(output), ...facts } = output
  const { step, run, certificates, checks } = event.data
  return newBatch(id, event, {
    ...facts,
    ...dryOf(dryAtMostGrams),
    certificates: Object.keys(facts.claims).length > 0 ? certificates : [],
    checked: checkedBy(checks),
    step,
    run,
  })
}
