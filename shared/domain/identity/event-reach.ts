import type { Undo } from '../events/correction.ts'
import type { DomainEvent } from '../events/event.ts'
import type { Batch } from '../state/batch.ts'
import { passedOn, type DepthOf, type Reader } from './reach.ts'

/** A batch that is open to a reader, so many runs up from what its organisation holds or held. */
export interface Seen {
  readonly batch: Batch
  readonly runs: number
}

/**
 * Whether an event in the history of a batch is shown to a reader to whom the batch is open. What its organisation
 * recorded is. Of what others recorded: nothing that came after it passed the batch on but the receipt; and nothing that
 * names their other batches, except a load from or to it. So the end of the run that made the batch is shown, where that is
 * open, if the run made nothing else.
 * What is not shown is still there as a hash, so that the history stays whole.
 */
export function isShown(
  event: DomainEvent,
  { batch, runs }: Seen,
  reader: Reader,
  depthOf: DepthOf,
): boolean {
  if (isParty(event, reader.org)) return true
  const left = passedOn(reader, batch)
  if (left && event.occurredAt >= left.at) return false
  switch (event.type) {
    case 'PickupRecorded':
    case 'BatchInspected':
    case 'BatchHeld':
    case 'BatchReleased':
      return true
    case 'RunClosed':
      return event.data.outputs.length === 1 && runs < depthOf(event.org)
    case 'ProductMade':
      return runs < depthOf(event.org)
    case 'BatchShipped':
    case 'BatchReceived':
      return event.data.lines.length === 1
    case 'EventCorrected':
      return isShownCorrection(event.data.undo, runs < depthOf(event.org))
    case 'RunOpened':
    case 'RunCharged':
    case 'CertificateRegistered':
    case 'PeriodClosed':
    case 'ErasureBegun':
    case 'PersonErased':
      return false
  }
}

/** Whether an organisation recorded an event or is the other side of it: sender and receiver see the whole load. */
export function isParty({ org: by, type, data }: DomainEvent, org: string): boolean {
  if (by === org) return true
  if (type === 'BatchShipped') return data.to.org === org
  if (type === 'BatchReceived') return data.from.org === org
  if (type !== 'EventCorrected') return false
  const { undo } = data
  if (undo.of === 'BatchShipped') return undo.to.org === org
  return undo.of === 'BatchReceived' && undo.from.org === org
}

function isShownCorrection(undo: Undo, isRunOpen: boolean): boolean {
  switch (undo.of) {
    case 'PickupRecorded':
    case 'BatchInspected':
      return true
    case 'RunClosed':
      return isRunOpen && undo.outputs.length === 1
    case 'ProductMade':
      return isRunOpen
    case 'RunOpened':
    case 'RunCharged':
    case 'BatchShipped':
    case 'BatchReceived':
    case 'CertificateRegistered':
      return false
  }
}
