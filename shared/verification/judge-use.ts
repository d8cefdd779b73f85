import type { EventOf } from '../domain/events/event.ts'
import type { Added, Charge } from '../domain/events/run.ts'
import { poolOf } from '../domain/decide/run.ts'
import { addClaims } from '../domain/lineage/claims.ts'
import { isAdded, mergeShares } from '../domain/lineage/origin.ts'
import { STAGES, STEP_RULES } from '../domain/material/stages.ts'
import { chargeOf, heldSince, type Batch } from '../domain/state/batch.ts'
import { addPools, presentIn, type Pool } from '../domain/state/pool.ts'
import type { Run } from '../domain/state/run.ts'
import type { Broken } from './fault.ts'
import { batchOf, broken, firstOf, memberFault, runOf, type Judge, type Replayed } from './world.ts'

/**
 * A charge: from each batch of the lineage no more than it has, by whom holds it and as long as it may be used, and with
 * exactly those grams of each origin and claim that the domain's apportionment gives. Of a run of the lineage the pool that it
 * grows by is what these charges come to, and nothing was added where the step adds nothing.
 */
export const judgeCharged: Judge<EventOf<'RunCharged'>> = (event, world) => {
  const { run: id, charges, added, pool } = event.data
  const run = runOf(world, id)
  if (world.isOurs(id)) {
    if (!run || run.status !== 'open') return broken('not-open', { subject: id })
    if (run.org !== event.org || run.site !== event.site) return broken('wrong-custody', { subject: id })
    if (event.occurredAt < run.occurredAt) return broken('time-order', { subject: id })
    if (added.length > 0 && !STEP_RULES[run.step].mayAdd)
      return broken('figures-do-not-follow', { subject: id, stated: added, due: [] })
  }
  const drawn: { charge: Charge; from: Batch }[] = []
  for (const charge of charges) {
    if (charges.find(({ batch }) => batch === charge.batch) !== charge)
      return broken('figures-do-not-follow', { subject: charge.batch, why: 'it is charged twice' })
    const from = batchOf(world, charge.batch)
    const fault = judgeDraw(charge, from, event, world)
    if (fault) return fault
    if (from) drawn.push({ charge, from })
  }
  if (!run) return undefined
  if (drawn.length === charges.length)
    return firstOf(
      () => memberFault(id, pool, poolOf(run.site, drawn, added)),
      () => mixesStages(run, event),
    )
  return memberFault(id, heapIn(pool), heapOf(charges, added))
}

/** Of a run with batches that are left out of the sample: what the charges themselves come to. */
function heapOf(charges: readonly Charge[], added: readonly Added[]): Heap {
  const nameless = added.map(({ kind, massGrams }) => [{ placeId: kind, period: '', grams: massGrams }])
  const sumOf = (parts: readonly { readonly massGrams: number }[]): number =>
    parts.reduce((sum, { massGrams }) => sum + massGrams, 0)
  return {
    massGrams: sumOf(charges) + sumOf(added),
    addedGrams: sumOf(added),
    origins: mergeShares([...charges.map(({ origins }) => origins), ...nameless]),
    claims: charges.reduce((sum, { claims }) => addClaims(sum, claims), {}),
  }
}

type Heap = Pick<Pool, 'massGrams' | 'addedGrams' | 'origins' | 'claims'>

const heapIn = ({ massGrams, addedGrams, origins, claims }: Heap): Heap => ({
  massGrams,
  addedGrams,
  origins,
  claims,
})

function judgeDraw(
  charge: Charge,
  from: Batch | undefined,
  event: EventOf<'RunCharged'>,
  world: Replayed,
): Broken | undefined {
  const { batch, massGrams, stage, origins, transport } = charge
  if (world.isLeftOut(batch)) return fromAPickup(charge)
  if (!from) return world.isOurs(batch) ? broken('impossible-event', { subject: batch }) : undefined
  return firstOf(
    () => unusable(from, event.org),
    () => {
      const run = runOf(world, event.data.run)
      return run && !STEP_RULES[run.step].takes.includes(stage)
        ? broken('wrong-stage', { subject: batch, stated: stage, due: STEP_RULES[run.step].takes })
        : undefined
    },
    () =>
      massGrams > from.remainingGrams
        ? broken('overdrawn', { subject: batch, stated: massGrams, due: from.remainingGrams })
        : undefined,
    () => (event.occurredAt < heldSince(from) ? broken('time-order', { subject: batch }) : undefined),
    () => memberFault(batch, { origins }, { origins: chargeOf(from, massGrams).origins }),
    () => memberFault(batch, charge, chargeOf(from, massGrams, transport)),
  )
}

/** Of a batch that is not in the sample no more is known than what the charge says of it: it must say what a pickup could be. */
function fromAPickup({ batch, stage, origins, massGrams }: Charge): Broken | undefined {
  const [share, ...others] = origins
  const isOne = share && others.length === 0 && share.grams === massGrams && !isAdded(share)
  return stage === 'collected' && isOne ? undefined : broken('not-a-pickup', { subject: batch })
}

/** Whether its holder may use a batch: it is theirs, here, not a mistake, and not held by itself. Holds from upstream are no events of it. */
export function unusable(batch: Batch, org: string): Broken | undefined {
  const { id, custodian, status, ownHolds } = batch
  if (custodian !== org) return broken('wrong-custody', { subject: id, stated: org, due: custodian })
  return status === 'in-transit' || status === 'void' || ownHolds.length > 0
    ? broken('not-usable', { subject: id, stated: ownHolds.length > 0 ? 'held' : status })
    : undefined
}

function mixesStages(run: Run, { data: { pool } }: EventOf<'RunCharged'>): Broken | undefined {
  if (STEP_RULES[run.step].makes !== 'same') return undefined
  const stages = presentIn(addPools(run.pool, pool).stages, STAGES)
  return stages.length > 1 ? broken('wrong-stage', { subject: run.id, stated: stages }) : undefined
}
