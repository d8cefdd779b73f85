import type { Charge, DomainEvent, Output, PickupRecorded } from './events.ts'
import { drawJourney, type Leg } from './journey.ts'
import type { MaterialForm, Polymer } from './material.ts'
import { drawShares, totalGrams, type OriginShare } from './origin.ts'

/** The stages of a batch, in order. A run makes new batches of a later stage; a batch's own stage never changes. */
export const STAGES = ['collected', 'sorted', 'cleaned', 'pelletized', 'product'] as const
export type Stage = (typeof STAGES)[number]

export const STATUSES = ['active', 'used-up'] as const
export type BatchStatus = (typeof STATUSES)[number]

/**
 * A batch as its events have left it. Invariants: `remaining` adds up to what was not drawn yet, `origins` to
 * `massGrams`, both to the gram; `status` is `used-up` exactly when nothing remains.
 */
export interface Batch {
  readonly kind: 'batch'
  readonly id: string
  readonly stage: Stage
  readonly form: MaterialForm
  readonly polymer: Polymer
  readonly custodian: string
  readonly site: string
  readonly massGrams: number
  readonly remainingGrams: number
  readonly status: BatchStatus
  readonly origins: readonly OriginShare[]
  readonly journey: readonly Leg[]
  /** What draws are taken from: the parts of `origins` and `journey` that are still here. */
  readonly remaining: { readonly origins: readonly OriginShare[]; readonly journey: readonly Leg[] }
  /** When the material came to be this batch, and when we learned of it. */
  readonly occurredAt: string
  readonly recordedAt: string
  readonly updatedAt: string
  /** The run that made it; none for a pickup. */
  readonly run?: string
  readonly product?: ProductFacts
  /** How many events its history holds, and the hash of the last: what the next event must name. */
  readonly version: number
  readonly head: string
}

export interface ProductFacts {
  readonly name: string
  readonly units: number
  readonly gramsPerUnit: number
  readonly gtin?: string
  readonly lot?: string
}

/**
 * Folds one event into one batch. `hash` is the event's own hash. Requires that the event touches the batch, and that
 * events come in the order of the batch's history. Returns the batch unchanged for an event that does not concern it.
 */
export function evolveBatch(
  batch: Batch | undefined,
  id: string,
  event: DomainEvent,
  hash: string,
): Batch | undefined {
  const moved = applyToBatch(batch, id, event)
  return moved && { ...moved, version: (batch?.version ?? 0) + 1, head: hash, updatedAt: event.recordedAt }
}

function applyToBatch(batch: Batch | undefined, id: string, event: DomainEvent): Batch | undefined {
  switch (event.type) {
    case 'PickupRecorded':
      return batchOfPickup(event)
    case 'RunCharged': {
      const charge = event.data.charges.find((candidate) => candidate.batch === id)
      return batch && charge ? draw(batch, charge).batch : batch
    }
    case 'RunClosed': {
      const output = event.data.outputs.find((candidate) => candidate.batch === id)
      return output ? batchOfOutput(output, event) : batch
    }
    case 'ProductMade': {
      const { name, units, gramsPerUnit, gtin, lot } = event.data
      const product = { name, units, gramsPerUnit, ...(gtin && { gtin }), ...(lot && { lot }) }
      return batch && { ...batch, product }
    }
    case 'RunOpened':
      return batch
  }
}

/** Takes a charge out of a batch. Requires 0 < charge ≤ what remains; the deciders and the table's conditions see to it. */
export function draw(batch: Batch, charge: Charge): { batch: Batch; origins: OriginShare[]; journey: Leg[] } {
  const origins = drawShares(batch.remaining.origins, charge.massGrams)
  const journey = drawJourney(batch.remaining.journey, charge.massGrams, batch.remainingGrams)
  const remainingGrams = batch.remainingGrams - charge.massGrams
  const left: Batch = {
    ...batch,
    remainingGrams,
    status: remainingGrams === 0 ? 'used-up' : 'active',
    remaining: { origins: origins.rest, journey: journey.rest },
  }
  return { batch: left, origins: origins.drawn, journey: journey.drawn }
}

type Fresh = 'stage' | 'form' | 'polymer' | 'massGrams' | 'origins' | 'journey'

function newBatch(id: string, event: DomainEvent, facts: Pick<Batch, Fresh> & { run?: string }): Batch {
  return {
    kind: 'batch',
    id,
    custodian: event.org,
    site: event.site,
    remainingGrams: facts.massGrams,
    status: 'active',
    remaining: { origins: facts.origins, journey: facts.journey },
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    updatedAt: event.recordedAt,
    version: 0,
    head: '',
    ...facts,
  }
}

function batchOfPickup(event: PickupRecorded): Batch {
  const { batch, form, polymer, massGrams, placeId } = event.data
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
  }
  const origins = [{ placeId, period: event.occurredAt.slice(0, 7), grams: massGrams }]
  return newBatch(batch, event, { stage: 'collected', form, polymer, massGrams, origins, journey: [leg] })
}

/** The stage that each step's outputs have. */
export const STAGE_AFTER = {
  collection: 'collected',
  sorting: 'sorted',
  cleaning: 'cleaned',
  pelletizing: 'pelletized',
  manufacturing: 'product',
} as const satisfies Record<Leg['step'], Stage>

function batchOfOutput(output: Output, event: Extract<DomainEvent, { type: 'RunClosed' }>): Batch {
  const { batch, form, polymer, massGrams, origins, journey } = output
  const stage = STAGE_AFTER[event.data.step]
  return newBatch(batch, event, { stage, form, polymer, massGrams, origins, journey, run: event.data.run })
}

/** True where a batch keeps its own books: what remains and its shares add up. Tests and the rebuild assert it. */
export function booksBalance(batch: Batch): boolean {
  return (
    batch.remainingGrams >= 0 &&
    batch.remainingGrams <= batch.massGrams &&
    totalGrams(batch.origins) === batch.massGrams &&
    totalGrams(batch.remaining.origins) === batch.remainingGrams
  )
}
