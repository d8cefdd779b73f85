import type { Batch } from './batch.ts'
import type { Charge, UnlinkedEvent } from './events.ts'
import { eventId } from './ids.ts'
import { gramsOfUnits } from './mass.ts'
import type { LossKind } from './material.ts'
import type { Actor } from './pickup.ts'
import { processBatches } from './processing.ts'
import { accept, refuse, type Decision } from './refusal.ts'

/** A product lot made of pellets, and of other material where the recycled content is below 100 %. */
export interface MakeProduct {
  readonly run: string
  readonly batch: string
  readonly site: string
  readonly occurredAt: string
  readonly name: string
  readonly units: number
  readonly gramsPerUnit: number
  readonly charges: readonly Charge[]
  readonly otherMaterialGrams: number
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly gtin?: string
  readonly lot?: string
}

/**
 * Decides a product lot: a manufacturing run with one output of units × grams per unit, and the fact that names it.
 * R14 follows from the run's balance: units can only be made of pellets that were charged and material that was added.
 */
export function makeProduct(
  command: MakeProduct,
  batches: ReadonlyMap<string, Batch>,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const { run, batch, site, occurredAt, charges, losses, name, units, gramsPerUnit, gtin, lot } = command
  const output = { batch, massGrams: gramsOfUnits(units, gramsPerUnit) }
  if (output.massGrams === 0) {
    const detail = `${units} × ${gramsPerUnit} g round to 0 g; a lot weighs at least 1 g.`
    return refuse('invalid-request', detail, '/units')
  }
  const manufacturing = processBatches(
    {
      run,
      step: 'manufacturing',
      site,
      occurredAt,
      charges,
      addedGrams: command.otherMaterialGrams,
      outputs: [output],
      losses,
    },
    batches,
    actor,
  )
  if (!manufacturing.ok) return manufacturing
  const made: UnlinkedEvent = {
    v: 1,
    id: eventId(run, 4),
    type: 'ProductMade',
    home: run,
    occurredAt,
    recordedAt: actor.now,
    org: actor.org,
    role: actor.role,
    site,
    data: { run, batch, name, units, gramsPerUnit, ...(gtin && { gtin }), ...(lot && { lot }) },
  }
  return accept([...manufacturing.value, made])
}
