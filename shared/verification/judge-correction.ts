import type { EventCorrected, Undo } from '../domain/events/correction.ts'
import type { DomainEvent } from '../domain/events/event.ts'
import type { PickupFacts } from '../domain/events/pickup.ts'
import { figuresOf, sequenceOf } from '../domain/decide/correct-run.ts'
import type { Batch } from '../domain/state/batch.ts'
import type { Broken } from './fault.ts'
import { productFault } from './judge-making.ts'
import { batchOf, broken, runOf, same, standingOf, type Judge, type Replayed } from './world.ts'

/**
 * A correction takes back exactly what the mistaken event did, which stands and is of the same history; and nothing of it that
 * something later rests on: what was drawn stays drawn, and outputs that were used stay outputs.
 */
export const judgeCorrection: Judge<EventCorrected> = (event, world) => {
  const { undo, event: id } = event.data
  const mistaken = world.standing.get(id)
  if (mistaken ? mistaken.home !== event.home || mistaken.type !== undo.of : world.isOurs(event.home))
    return broken('wrong-correction', { subject: event.home, stated: id })
  return undoFault(event, undo, world)
}

const wrong = (subject: string): Broken => broken('wrong-correction', { subject })

function undoFault(event: EventCorrected, undo: Undo, world: Replayed): Broken | undefined {
  switch (undo.of) {
    case 'PickupRecorded':
      return undo.batch === event.home ? pickupFault(undo, batchOf(world, undo.batch)) : wrong(undo.batch)
    case 'RunOpened': {
      const run = runOf(world, undo.run)
      return run && (run.status !== 'open' || run.chargeSequences.length > 0) ? wrong(undo.run) : undefined
    }
    case 'RunCharged':
      return chargeFault(event, undo, world)
    case 'RunClosed':
      return closeFault(event, undo, world)
    case 'ProductMade':
      return productUndoFault(undo, batchOf(world, undo.batch))
    case 'BatchShipped': {
      const shipped = standingOf(world, event.data.event, 'BatchShipped')
      const isSame = shipped && undo.shipment === event.home && same(shipped.data.lines, undo.lines)
      return isSame ? firstBatch(undo.lines, world, isOnItsWay(undo.shipment)) : wrong(event.home)
    }
    case 'BatchReceived': {
      const received = standingOf(world, event.data.event, 'BatchReceived')
      const isSame = received && undo.shipment === event.home && same(received.data.lines, undo.lines)
      return isSame ? firstBatch(undo.lines, world, isAsReceived(undo)) : wrong(event.home)
    }
    case 'BatchInspected':
      return undo.batch === event.home && undo.inspection === event.data.event ? undefined : wrong(event.home)
    case 'CertificateRegistered':
      return undefined
  }
}

/** A batch that some was drawn from can only turn out to be more or less, and never less than was drawn. */
function pickupFault(
  { was, instead }: Extract<Undo, { of: 'PickupRecorded' }>,
  batch: Batch | undefined,
): Broken | undefined {
  if (!batch) return undefined
  const { id, massGrams, claims, remainingGrams, status } = batch
  if (status === 'void' || status === 'in-transit' || !same(was, { massGrams, claims })) return wrong(id)
  const drawnGrams = massGrams - remainingGrams
  if (!instead) return drawnGrams > 0 ? wrong(id) : undefined
  if (drawnGrams > 0 && !isSameMaterial(batch, instead)) return wrong(id)
  return instead.massGrams < drawnGrams
    ? broken('overdrawn', { subject: id, stated: instead.massGrams, due: drawnGrams })
    : undefined
}

function isSameMaterial(batch: Batch, instead: PickupFacts): boolean {
  const [share] = batch.origins
  const stands = [batch.form, batch.polymer, batch.moistureBp ?? -1, share?.placeId, share?.found]
  const said = [instead.form, instead.polymer, instead.moistureBp ?? -1, instead.placeId, instead.found]
  return same(stands, said)
}

function chargeFault(
  { home, data: { event } }: EventCorrected,
  undo: Extract<Undo, { of: 'RunCharged' }>,
  world: Replayed,
): Broken | undefined {
  const charged = standingOf(world, event, 'RunCharged')
  const run = runOf(world, home)
  if (run && run.status !== 'open') return wrong(home)
  const isSame =
    charged &&
    undo.run === home &&
    undo.sequence === sequenceOf(event) &&
    same(charged.data.charges, undo.returned) &&
    same(charged.data.pool, undo.pool)
  if (!isSame) return wrong(home)
  return run && !same(undo.leaves, leavesOf(charged, world)) ? wrong(home) : undefined
}

/** Those batches of a charge that no other charge of the run holds. */
function leavesOf(charged: Extract<DomainEvent, { type: 'RunCharged' }>, world: Replayed): string[] {
  const elsewhere = new Set<string>()
  for (const id of world.charges.get(charged.home) ?? []) {
    if (id === charged.id) continue
    for (const { batch } of standingOf(world, id, 'RunCharged')?.data.charges ?? []) elsewhere.add(batch)
  }
  return charged.data.charges.map(({ batch }) => batch).filter((batch) => !elsewhere.has(batch))
}

function closeFault(
  { home, data: { event } }: EventCorrected,
  { run: id, outputs, taken }: Extract<Undo, { of: 'RunClosed' }>,
  world: Replayed,
): Broken | undefined {
  const closed = standingOf(world, event, 'RunClosed')
  const run = runOf(world, home)
  const isSame =
    closed &&
    id === home &&
    same(
      closed.data.outputs.map(({ batch }) => batch),
      outputs,
    ) &&
    same(figuresOf(closed), taken)
  if (!isSame || (run && run.closedBy !== event)) return wrong(home)
  const untouched = ({ massGrams, remainingGrams, status }: Batch): boolean =>
    status === 'active' && remainingGrams === massGrams
  return firstBatch(
    outputs.map((batch) => ({ batch })),
    world,
    untouched,
  )
}

function productUndoFault(
  { batch: id, instead }: Extract<Undo, { of: 'ProductMade' }>,
  batch: Batch | undefined,
): Broken | undefined {
  if (!batch) return undefined
  const { units, gramsPerUnit, recycledShareBp = 0 } = batch.product ?? { units: 0, gramsPerUnit: 0 }
  const isSame = same(
    [units, gramsPerUnit, recycledShareBp],
    [instead.units, instead.gramsPerUnit, instead.recycledShareBp ?? 0],
  )
  return isSame ? productFault(batch, instead) : wrong(id)
}

function firstBatch(
  lines: readonly { readonly batch: string }[],
  world: Replayed,
  fits: (batch: Batch) => boolean,
): Broken | undefined {
  const odd = lines.map(({ batch }) => batchOf(world, batch)).find((batch) => batch && !fits(batch))
  return odd && wrong(odd.id)
}

const isOnItsWay =
  (load: string) =>
  ({ status, shipment }: Batch): boolean =>
    status === 'in-transit' && shipment === load

/** Nothing was done with it since: it lies where it was received, or is back where it was sent from. */
const isAsReceived =
  ({ lines, shipment }: Extract<Undo, { of: 'BatchReceived' }>) =>
  ({ id, status, transfers, remainingGrams, returns }: Batch): boolean => {
    const line = lines.find(({ batch }) => batch === id)
    if (!line || status === 'in-transit') return false
    return line.accepted
      ? transfers[transfers.length - 1]?.shipment === shipment && remainingGrams === line.keptGrams
      : returns.some((back) => back.shipment === shipment)
  }
