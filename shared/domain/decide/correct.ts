import type { Undo } from '../events/correction.ts'
import type { DomainEvent, EventOf, UnlinkedEvent } from '../events/event.ts'
import type { PickupFacts } from '../events/pickup.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { checkTime } from '../time.ts'
import { batchIn, ofKind, type World } from '../state/world.ts'
import { envelopeOf, refuseEarlier, type Actor, type Refused } from './actor.ts'
import { undoCharge, undoClose, undoOpen } from './correct-run.ts'
import { undoReceipt, undoShipment } from './correct-custody.ts'
import { undoPickup, undoProduct } from './correct-facts.ts'
import type { InspectBatch } from './quality.ts'
import { inspectionOf } from './quality.ts'

/** Declaring an event wrong, and where it can be said at once, what is right instead. */
export interface CorrectEvent {
  readonly event: DomainEvent
  readonly occurredAt: string
  readonly reason: string
  readonly instead?: Instead
  readonly sealed: Readonly<Record<string, string>>
  /** Whole histories, oldest first, of all that the event touches. */
  readonly histories: ReadonlyMap<string, readonly DomainEvent[]>
}

export type Instead =
  | { readonly of: 'PickupRecorded'; readonly facts: PickupFacts }
  | {
      readonly of: 'ProductMade'
      readonly facts: { readonly name: string; readonly gtin?: string; readonly lot?: string }
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
  return accept([
    {
      ...notBefore(
        event,
        envelopeOf(event.home, version + 1, { site: event.site, occurredAt, touching }, actor),
      ),
      type: 'EventCorrected',
      data: {
        event: event.id,
        type: event.type,
        reason: command.reason,
        undo: undo.value,
        sealed: command.sealed,
      },
    },
  ])
}

/** Where a batch lay before a receipt: by now it may be in the receiver's books, but the sender's knew of the receipt too. */
function sendersOf(undo: Undo): { readonly custodian: string; readonly site: string }[] {
  if (undo.of !== 'BatchReceived') return []
  return undo.lines.map(({ site }) => ({ custodian: undo.from.org, site }))
}

/** A certificate may turn out to have been withdrawn before it was registered here; all else happened before it was wrong. */
function refuseBefore({ event, occurredAt }: CorrectEvent): Refused | undefined {
  if (event.type === 'CertificateRegistered') return undefined
  return refuseEarlier(occurredAt, event.occurredAt, `${event.id} happened`)
}

/** Books that took something back before they had it would be negative for good: corrections are not corrected. */
function notBefore(event: DomainEvent, envelope: ReturnType<typeof envelopeOf>): typeof envelope {
  const mistakenAt = event.bookedAt ?? event.occurredAt
  const booked = envelope.bookedAt ?? envelope.occurredAt
  return booked < mistakenAt ? { ...envelope, bookedAt: mistakenAt } : envelope
}

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
      return undoProduct(event, instead?.of === 'ProductMade' ? instead.facts : undefined, world)
    case 'BatchShipped':
      return undoShipment(event, world, histories)
    case 'BatchReceived':
      return undoReceipt(event, world, histories)
    case 'BatchInspected': {
      const facts = instead?.of === 'BatchInspected' ? inspectionOf(instead.facts) : undefined
      const batch = batchIn(world, event.data.batch)
      if (!batch) return refuse('unknown-batch', `There is no batch ${event.data.batch}.`)
      return accept({
        of: 'BatchInspected',
        batch: batch.id,
        inspection: event.id,
        ...(facts && { instead: facts }),
      })
    }
    case 'CertificateRegistered': {
      const certificate = ofKind(world, event.data.certificate, 'certificate')
      if (certificate?.withdrawnAt === undefined)
        return accept({ of: 'CertificateRegistered', certificate: event.data.certificate })
      return refuse('not-correctable', `The certificate was withdrawn on ${certificate.withdrawnAt}.`)
    }
    case 'BatchHeld':
      return refuse('not-correctable', `${event.id} is a hold; release the batch instead.`)
    case 'BatchReleased':
      return refuse('not-correctable', `${event.id} is a release; hold the batch again instead.`)
    case 'EventCorrected':
      return refuse('not-correctable', `${event.id} is itself a correction; record what is right anew.`)
    case 'PeriodClosed':
      return refuse(
        'not-correctable',
        `${event.id} closed a period; what was wrong in it is corrected in the current one.`,
      )
  }
}
