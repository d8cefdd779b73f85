import { heldSince, type Batch } from '../state/batch.ts'
import { checkEntryTime } from '../checks/entry.ts'
import { firstFailure, type CheckResult } from '../checks/rule.ts'
import { checkManifest } from '../checks/custody.ts'
import { checkHaul, type Way } from '../checks/haul.ts'
import type { Party, ShipmentLine, Transport } from '../events/custody.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import { accept, refuse, refuseByRule, type Decision } from '../refusal.ts'
import { checkTime } from '../time.ts'
import { usableBatch, type World } from '../state/world.ts'
import { envelopeOf, refuseEarlier, type Actor } from './actor.ts'

/** A load of whole batches, each with all that remains of it. */
export interface ShipBatches {
  readonly shipment: string
  readonly site: string
  readonly to: Party
  readonly occurredAt: string
  readonly batches: readonly string[]
  readonly manifest: { readonly number: string; readonly massGrams?: number }
  readonly seal?: string
  readonly transport: Transport
  /** The two sites, as far as it is known where they are: a stated distance is compared with them. */
  readonly way?: Way
  readonly sealed: Readonly<Record<string, string>>
}

/** Decides a shipment. From then on nothing can be done with its batches until the receiver has weighed them in. */
export function shipBatches(command: ShipBatches, world: World, actor: Actor): Decision<UnlinkedEvent[]> {
  const late = checkTime(command.occurredAt, actor.now)
  if (late) return late
  if (command.to.org === actor.org) {
    const detail =
      'The receiver is your own organisation; between own sites nothing changes hands, so just charge the batch where it is used, and say with the charge how it got there.'
    return refuse('invalid-request', detail, '/to/organisationId')
  }
  const haul = checksOfHaul(command)
  const impossible = firstFailure(haul)
  if (impossible) return refuseByRule(impossible, '/transport/distanceKm')
  const lines: ShipmentLine[] = []
  const touching: Batch[] = []
  for (const [index, id] of command.batches.entries()) {
    const pointer = `/batches/${index}`
    if (command.batches.indexOf(id) !== index) {
      return refuse('invalid-request', `Batch ${id} is named twice.`, pointer)
    }
    const batch = usableBatch(world, id, actor.org, pointer)
    if (!batch.ok) return batch
    if (batch.value.remainingGrams === 0) {
      return refuse('not-enough-mass', `Nothing is left of batch ${id}, so it cannot be shipped.`, pointer)
    }
    const early = refuseEarlier(command.occurredAt, heldSince(batch.value), `batch ${id} came to be yours`)
    if (early) return early
    const { site, stage, remainingGrams: massGrams, remaining } = batch.value
    lines.push({ batch: id, site, stage, massGrams, claims: remaining.claims })
    touching.push(batch.value)
  }
  const { shipment, to, manifest, seal, transport, sealed } = command
  return accept([
    {
      ...envelopeOf(shipment, 1, { ...command, touching, after: touching }, actor),
      type: 'BatchShipped',
      data: {
        shipment,
        to,
        lines,
        manifest,
        ...(seal !== undefined && { seal }),
        transport,
        checks: [
          ...checksOf(lines, manifest),
          ...haul,
          checkEntryTime({ occurredAt: command.occurredAt, recordedAt: actor.now }),
        ],
        sealed,
      },
    },
  ])
}

/** Only what somebody stated is compared with the sites: what was estimated is from their positions. */
function checksOfHaul({ transport, way }: ShipBatches): CheckResult[] {
  const check = transport.basis === 'measured' ? checkHaul(transport.distanceKm, way ?? {}) : undefined
  return check ? [check] : []
}

function checksOf(lines: readonly ShipmentLine[], manifest: ShipBatches['manifest']): CheckResult[] {
  if (manifest.massGrams === undefined) return []
  const weighedGrams = lines.reduce((sum, line) => sum + line.massGrams, 0)
  return [checkManifest({ manifest: { massGrams: manifest.massGrams }, seen: { weighedGrams } })]
}
