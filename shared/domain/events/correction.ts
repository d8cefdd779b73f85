import type { EventEnvelope } from './envelope.ts'
import type { Party, ReceivedLine, ShipmentLine } from './custody.ts'
import type { PickupFacts } from './pickup.ts'
import type { InspectionFacts } from './quality.ts'
import type { Charge, Output, ProductFacts, RunClosed } from './run.ts'
import type { Pool } from '../state/pool.ts'

/**
 * A mistake is declared by an event in the same history as the mistaken one. `undo` says in full what it takes back, so
 * that folding needs no look at the mistaken event; what is right instead is in `undo` too, or is recorded anew.
 */
export type EventCorrected = EventEnvelope<
  'EventCorrected',
  {
    /** Id and type of the mistaken event. */
    readonly event: string
    readonly type: string
    readonly undo: Undo
    /** Commitments to the reason, and to what is private in what is said instead, by field name. */
    readonly sealed: Readonly<Record<string, string>>
  }
>

export type Undo =
  | {
      readonly of: 'PickupRecorded'
      readonly batch: string
      /** What the pickup counted for until now. */
      readonly was: Pick<PickupFacts, 'massGrams' | 'claims'>
      readonly instead?: PickupFacts
    }
  | { readonly of: 'RunOpened'; readonly run: string }
  | {
      readonly of: 'RunCharged'
      readonly run: string
      readonly sequence: number
      readonly returned: readonly Charge[]
      /** Those of the returned batches that the run holds nothing of any more. */
      readonly leaves: readonly string[]
      readonly pool: Pool
      /** When the run was last charged, or opened, once this charge is gone. */
      readonly chargedUntil: string
    }
  | {
      readonly of: 'RunClosed'
      readonly run: string
      readonly outputs: readonly string[]
      readonly taken: ClosedFigures
    }
  | { readonly of: 'ProductMade'; readonly batch: string; readonly instead: ProductFacts }
  | {
      readonly of: 'BatchShipped'
      readonly shipment: string
      readonly to: Party
      readonly lines: readonly ShipmentLine[]
    }
  | {
      readonly of: 'BatchReceived'
      readonly shipment: string
      readonly from: Party
      readonly lines: readonly ReceivedLine[]
    }
  | {
      readonly of: 'BatchInspected'
      readonly batch: string
      readonly inspection: string
      readonly instead?: InspectionFacts
    }
  | { readonly of: 'CertificateRegistered'; readonly certificate: string }

/** What the end of a run brought into the books. */
export type ClosedFigures = Pick<
  RunClosed['data'],
  'step' | 'inputGrams' | 'inputClaims' | 'losses' | 'unaccountedGrams' | 'destinationDocumentIds'
> & { readonly outputs: readonly Pick<Output, 'stage' | 'massGrams' | 'claims'>[] }
