import type { Undo } from '../events/correction.ts'
import { countsAt } from '../events/envelope.ts'
import type { DomainEvent, EventOf, UnlinkedEvent } from '../events/event.ts'
import type { PickupFacts } from '../events/pickup.ts'
import { accept, refuse, type Decision, type Refused } from '../refusal.ts'
import type { Batch } from '../state/batch.ts'
import type { Subject } from '../state/fold.ts'
import type { Run } from '../state/run.ts'
import type { Shipment } from '../state/shipment.ts'
import { checkTime } from '../time.ts'
import type { World } from '../state/world.ts'
import { envelopeOf, refuseEarlier, type Actor } from './actor.ts'
import { undoCharge, undoClose, undoOpen } from './correct-run.ts'
import { undoCertificate } from './withdraw.ts'
import { undoReceipt, undoShipment } from './correct-custody.ts'
import { undoInspection, undoPickup, undoProduct, type CalledInstead } from './correct-facts.ts'
import type { InspectBatch } from './quality.ts'
import { inspectionOf } from './quality.ts'

/** Declaring an event wrong, and where it can be said at once, what is right instead. */
export interface CorrectEvent {
  readonly event: DomainEvent
  readonly occurredAt: string
  readonly instead?: Instead
  readonly sealed: Readonly<Record<string, string>>
  /** Whole histories, oldest first, of all that the event touches. */
  readonly histories: ReadonlyMap<string, readonly DomainEvent[]>
  /** Of a certificate, what rests on it and is dated when it was no longer in force, or shortly before; see {@link restingOn}. */
  readonly resting?: readonly DomainEvent[]
}

export type Instead =
  | { readonly of: 'PickupRecorded'; readonly facts: PickupFacts }
  | {
      readonly of: 'ProductMade'
      readonly facts: CalledInstead
    }
  | { readonly of: 'BatchInspected'; readonly facts: InspectBatch }

/**
 * Decides a correction. It is refused, naming what must be corrected first, while something later rests on the event:
 * history is taken back from its end, so that every state on the way is one that could have been.
 */
export function correctEvent(command: CorrectEvent, world: World, actor: Actor): Decision<UnlinkedEvent[]> {
  const { event } = command
  const refused =
    checkTime(command.occurredAt, actor.now) ??
    refuseBefore(command) ??
    refuseMismatch(command) ??
    refuseTwice(command)
  if (refused) return refused
  const undo = undoOf(command, world)
  if (!undo.ok) return undo
  const version = world.subjects.get(event.home)?.version ?? 0
  const { occurredAt } = command
  const batches = [...world.subjects.values()].filter((subject) => subject.kind === 'batch')
  const touching = [...batches, ...sendersOf(undo.value)]
  // Nor does a correction count before its mistake: corrections are not corrected, so such books could not be mended.
  const after = [{ countsFrom: countsAt(event) }, ...[...world.subjects.values()].filter(keepsBooks)]
  return accept([
    {
      ...envelopeOf(event.home, version + 1, { site: event.site, occurredAt, touching, after }, actor),
      type: 'EventCorrected',
      data: {
        event: event.id,
        type: event.type,
        undo: undo.value,
        sealed: command.sealed,
      },
    },
  ])
}

/** A certificate may turn out to have been withdrawn before it was registered here; all else happened before it was wrong. */
function refuseBefore({ event, occurredAt }: CorrectEvent): Refused | undefined {
  if (event.type === 'CertificateRegistered') return undefined
  return refuseEarlier(occurredAt, event.occurredAt, `${event.id} happened`)
}

/** The sites whose batches are on the road again, where a receipt is taken back: their books tell of it too. */
function sendersOf(undo: Undo): { readonly custodian: string; readonly site: string }[] {
  if (undo.of !== 'BatchReceived') return []
  const { from, lines } = undo
  return lines.map(({ site }) => ({ custodian: from.org, site }))
}

const keepsBooks = (subject: Subject): subject is Batch | Run | Shipment => 'countsFrom' in subject

function refuseMismatch({ event, instead }: CorrectEvent): Refused | undefined {
  if (!instead || instead.of === event.type) return undefined
  const detail = `${event.id} is a ${event.type}; what is given instead is for a ${instead.of}.`
  return refuse('invalid-request', detail, '/instead')
}

function refuseTwice({ event, histories }: CorrectEvent): Refused | undefined {
  const already = (histories.get(event.home) ?? []).find(
    (later) => later.type === 'EventCorrected' && later.data.event === event.id && !keepsStanding(later),
  )
  return already && refuse('not-correctable', `${event.id} was corrected already, by ${already.id}.`)
}

/** A pickup, product or inspection that was said anew still stands, and can be corrected again. */
function keepsStanding({ data: { undo } }: EventOf<'EventCorrected'>): boolean {
  return 'instead' in undo && undo.instead !== undefined
}

function undoOf(command: CorrectEvent, world: World): Decision<Undo> {
  const { event, instead, histories } = command
  switch (event.type) {
    case 'PickupRecorded':
      return undoPickup(event, instead?.of === 'PickupRecorded' ? instead.facts : undefined, world, histories)
    case 'RunOpened':
      return undoOpen(event, world, histories)
    case 'RunCharged':
      return undoCharge(event, world, histories)
    case 'RunClosed':
      return undoClose(event, world, histories)
    case 'ProductMade':
      return undoProduct(event, instead?.of === 'ProductMade' ? instead.facts : undefined, world, histories)
    case 'BatchShipped':
      return undoShipment(event, world, histories)
    case 'BatchReceived':
      return undoReceipt(event, world, histories)
    case 'BatchInspected':
      return undoInspection(
        event,
        instead?.of === 'BatchInspected' ? inspectionOf(instead.facts) : undefined,
        world,
        histories,
      )
    case 'CertificateRegistered':
      return undoCertificate(command, world)
    case 'BatchHeld':
      return refuse('not-correctable', `${event.id} is a hold; release the batch instead.`)
    case 'BatchReleased':
      return refuse('not-correctable', `${event.id} is a release; hold the batch again instead.`)
    case 'EventCorrected':
      return refuse('not-correctable', `${event.id} is itself a correction; record what is right anew.`)
    case 'ErasureBegun':
    case 'PersonErased':
      return refuse('not-correctable', `${event.id} is of an erasure, which cannot be undone.`)
    case 'PeriodClosed':
      return refuse(
        'not-correctable',
        `${event.id} closed a period; what was wrong in it is corrected in the current one.`,
      )
  }
}
