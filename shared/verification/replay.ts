import { subjectsOf, type DomainEvent } from '../domain/events/event.ts'
import { eventId, kindOfId } from '../domain/ids.ts'
import { booksBalance } from '../domain/state/batch.ts'
import { evolveBatch } from '../domain/state/evolve-batch.ts'
import type { HashedEvent, Subject } from '../domain/state/fold.ts'
import { evolveRun } from '../domain/state/run.ts'
import { CLOCK_SKEW_SECONDS } from '../domain/time.ts'
import type { Broken, BundleFault } from './fault.ts'
import { judgeCorrection } from './judge-correction.ts'
import { judgeReceived, judgeShipped } from './judge-custody.ts'
import { judgeClosed, judgeOpened, judgePickup, judgeProduct } from './judge-making.ts'
import { judgeCharged } from './judge-use.ts'
import type { Lineage } from './lineage.ts'
import { batchOf, broken, firstOf, runOf, type Replayed } from './world.ts'

/**
 * Tells the events of a lineage again, one after the other: each is held to what came before it, and then folded by the very
 * fold that the service has its state from. So the state at the end is worked out from the events alone, and no event has made
 * mass, moved an origin, or used what it did not have.
 *
 * Not looked at is what does not lie in the lineage: certificates, closed books, holds from upstream, yields and other rules
 * whose verdict was only noted.
 */
export interface Replaying {
  /** Tells the next event; what is wrong with it, if anything is. */
  readonly tell: (next: HashedEvent) => BundleFault | undefined
  readonly subjects: ReadonlyMap<string, Subject>
}

interface Mutable extends Replayed {
  readonly subjects: Map<string, Subject>
  readonly standing: Map<string, DomainEvent>
  readonly addressees: Map<string, string>
  readonly charges: Map<string, Set<string>>
}

export function beginReplay({
  subjects: ours,
  unsampled,
}: Pick<Lineage, 'subjects' | 'unsampled'>): Replaying {
  const world: Mutable = {
    subjects: new Map(),
    isOurs: (subject) => ours.has(subject),
    isLeftOut: (batch) => unsampled.has(batch),
    standing: new Map(),
    addressees: new Map(),
    charges: new Map(),
  }
  return { tell: (next) => tell(world, next), subjects: world.subjects }
}

function tell(world: Mutable, { event, hash }: HashedEvent): BundleFault | undefined {
  try {
    const fault = firstOf(
      () => misplaced(event, world),
      () => judge(event, world),
    )
    if (fault) return { ...fault, event: event.id }
    const unbalanced = fold(world, { event, hash })
    if (unbalanced) return { ...unbalanced, event: event.id }
    note(world, event)
    return undefined
  } catch (cause) {
    // The domain throws where it is asked for what its callers never ask.
    return { code: 'impossible-event', event: event.id, why: cause instanceof Error ? cause.message : '' }
  }
}

/** The place in the history that an event's id names is the one it has, and it did not happen after it was recorded. */
function misplaced(event: DomainEvent, world: Mutable): Broken | undefined {
  const { home, id, occurredAt, recordedAt } = event
  const place = (world.subjects.get(home)?.version ?? 0) + 1
  if (world.isOurs(home) && !world.isLeftOut(home) && id !== eventId(home, place))
    return broken('wrong-sequence', { subject: home, stated: id, due: eventId(home, place) })
  const aheadMs = Date.parse(occurredAt) - Date.parse(recordedAt)
  return aheadMs <= CLOCK_SKEW_SECONDS * 1000 ? undefined : broken('time-order', { subject: home })
}

function judge(event: DomainEvent, world: Replayed): Broken | undefined {
  switch (event.type) {
    case 'PickupRecorded':
      return judgePickup(event, world)
    case 'RunOpened':
      return judgeOpened(event, world)
    case 'RunCharged':
      return event.data.run === event.home ? judgeCharged(event, world) : broken('wrong-link')
    case 'RunClosed':
      return event.data.run === event.home ? judgeClosed(event, world) : broken('wrong-link')
    case 'ProductMade':
      return judgeProduct(event, world)
    case 'BatchShipped':
      return event.data.shipment === event.home ? judgeShipped(event, world) : broken('wrong-link')
    case 'BatchReceived':
      return event.data.shipment === event.home ? judgeReceived(event, world) : broken('wrong-link')
    case 'BatchInspected':
    case 'BatchHeld':
      return event.data.batch === event.home ? undefined : broken('wrong-link')
    case 'BatchReleased':
      return judgeRelease(event.home, event.data, world)
    case 'EventCorrected':
      return judgeCorrection(event, world)
    case 'CertificateRegistered':
    case 'PeriodClosed':
    case 'ErasureBegun':
    case 'PersonErased':
      return undefined
  }
}

/** A release takes away a hold that rests on this batch. */
function judgeRelease(
  home: string,
  { batch: id, hold }: { readonly batch: string; readonly hold: string },
  world: Replayed,
): Broken | undefined {
  if (id !== home) return broken('wrong-link', { subject: id })
  const batch = batchOf(world, id)
  const isThere = !batch || batch.ownHolds.some(({ event }) => event === hold)
  return isThere ? undefined : broken('impossible-event', { subject: id, stated: hold })
}

/** Folds an event into what it touches of the lineage, and sees that batches keep their books. */
function fold(world: Mutable, { event, hash }: HashedEvent): Broken | undefined {
  for (const id of subjectsOf(event)) {
    if (!world.isOurs(id) || world.isLeftOut(id)) continue
    const after = evolve(world, id, { event, hash })
    if (!after) return broken('impossible-event', { subject: id })
    if (after.kind === 'batch' && !booksBalance(after)) return broken('overdrawn', { subject: id })
    world.subjects.set(id, after)
  }
  return undefined
}

/** As the fold of the domain does it; nothing else than batches and runs is part of a lineage. */
function evolve(world: Mutable, id: string, { event, hash }: HashedEvent): Subject | undefined {
  return kindOfId(id) === 'run'
    ? evolveRun(runOf(world, id), event, hash)
    : evolveBatch(batchOf(world, id), id, event, hash)
}

function note({ standing, addressees, charges }: Mutable, event: DomainEvent): void {
  standing.set(event.id, event)
  if (event.type === 'BatchShipped') addressees.set(event.home, event.data.to.org)
  if (event.type === 'RunCharged') {
    const ids = charges.get(event.home) ?? new Set()
    charges.set(event.home, ids.add(event.id))
  }
  if (event.type !== 'EventCorrected' || 'instead' in event.data.undo) return
  standing.delete(event.data.event)
  charges.get(event.home)?.delete(event.data.event)
}
