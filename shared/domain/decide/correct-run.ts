import type { ClosedFigures, Undo } from '../events/correction.ts'
import type { EventOf } from '../events/event.ts'
import { accept, refuse, type Decision, type Refused } from '../refusal.ts'
import type { Run } from '../state/run.ts'
import { batchIn, isHeld, ofKind, type World } from '../state/world.ts'
import { latest } from '../time.ts'
import {
  handOversAfter,
  ofTypes,
  refuseBecauseOf,
  refuseHeld,
  standingAfter,
  type Histories,
} from './later.ts'

/** Taking back what was said of a run. Taking back its closing reopens it; taking back all charges and its opening voids it. */
export function undoOpen(event: EventOf<'RunOpened'>, world: World, histories: Histories): Decision<Undo> {
  const run = runOf(world, event.data.run)
  if (!run.ok) return run
  const blockers = ofTypes(standingAfter(histories, event.home, event), 'RunCharged', 'RunClosed')
  return (
    refuseBecauseOf(blockers, event, 'the run was charged') ??
    accept({ of: 'RunOpened', run: event.data.run })
  )
}

export function undoCharge(event: EventOf<'RunCharged'>, world: World, histories: Histories): Decision<Undo> {
  const { run: runId, charges, pool } = event.data
  const run = runOf(world, runId)
  if (!run.ok) return run
  const closed = ofTypes(standingAfter(histories, event.home, event), 'RunClosed')
  const refusedClosed = refuseBecauseOf(closed, event, 'the run was closed')
  if (refusedClosed) return refusedClosed
  const refusedHeld = refuseHeldRun(run.value, world)
  if (refusedHeld) return refusedHeld
  const moved = charges.flatMap(({ batch }) => handOversAfter(histories, batch, event))
  const refusedMoved = refuseBecauseOf(moved, event, 'a batch that it would go back to was shipped')
  if (refusedMoved) return refusedMoved
  const others = otherCharges(event, run.value, histories)
  const elsewhere = new Set(others.flatMap(({ data }) => data.charges.map(({ batch }) => batch)))
  return accept({
    of: 'RunCharged',
    run: runId,
    sequence: sequenceOf(event.id),
    returned: charges,
    leaves: charges.map(({ batch }) => batch).filter((batch) => !elsewhere.has(batch)),
    pool,
    chargedUntil: latest([run.value.occurredAt, ...others.map(({ occurredAt }) => occurredAt)]),
  })
}

/** What the run was charged with by events that stand, this one left out. */
function otherCharges(event: EventOf<'RunCharged'>, run: Run, histories: Histories): EventOf<'RunCharged'>[] {
  return (histories.get(run.id) ?? []).filter(
    (other): other is EventOf<'RunCharged'> =>
      other.type === 'RunCharged' &&
      other.id !== event.id &&
      run.chargeSequences.includes(sequenceOf(other.id)),
  )
}

export function undoClose(event: EventOf<'RunClosed'>, world: World, histories: Histories): Decision<Undo> {
  const run = runOf(world, event.data.run)
  if (!run.ok) return run
  const outputs = event.data.outputs.map(({ batch }) => batch)
  const used = outputs.flatMap((batch) => [
    ...ofTypes(standingAfter(histories, batch, event), 'RunCharged'),
    ...handOversAfter(histories, batch, event),
  ])
  const refused =
    refuseBecauseOf(used, event, 'what came out of the run was used or shipped') ??
    refuseHeldOutputs(outputs, world)
  return refused ?? accept({ of: 'RunClosed', run: event.data.run, outputs, taken: figuresOf(event) })
}

/**
 * Of a run that was closed before, something came out that its held material was in. A charge that is taken out of it
 * now would let the same come out again unheld.
 */
function refuseHeldRun(run: Run, world: World): Refused | undefined {
  if (run.closings === 0 || !isHeld(world, run.id)) return undefined
  const detail = `Run ${run.id} was closed with material that is held; its charges cannot be taken back before that is released.`
  return refuse('batch-held', detail)
}

function refuseHeldOutputs(outputs: readonly string[], world: World): Refused | undefined {
  const held = outputs.flatMap((id) => {
    const batch = batchIn(world, id)
    return batch && batch.ownHolds.length > 0 ? [batch] : []
  })
  return held[0] && refuseHeld(held[0], 'the closing that it came out of cannot be taken back')
}

/** What the end of a run brought into the books, to be taken out of them again. */
export function figuresOf({ data }: EventOf<'RunClosed'>): ClosedFigures {
  const { step, inputGrams, inputClaims, losses, unaccountedGrams, destinationDocumentIds } = data
  const outputs = data.outputs.map(({ stage, massGrams, claims }) => ({ stage, massGrams, claims }))
  const figures = { step, inputGrams, inputClaims, outputs, losses, unaccountedGrams }
  return { ...figures, ...(destinationDocumentIds && { destinationDocumentIds }) }
}

function runOf(world: World, id: string): Decision<Run> {
  const run = ofKind(world, id, 'run')
  return run ? accept(run) : refuse('not-found', `There is no run ${id}.`)
}

/** Place of an event in its home's history, which its id ends with. */
export const sequenceOf = (eventId: string): number => Number(eventId.slice(eventId.lastIndexOf('-') + 1))
