import type { LossKind } from '../material/material.ts'
import type { Stage } from '../material/stages.ts'

/**
 * The lines of a mass balance, and where every event goes. A site's books have four ledgers: its stock per stage, what
 * is in process in its runs, what left it and is on the road, and what may be claimed per scheme for the first two. Each line moves them as {@link LINES} says.
 *
 * | line         | what it is                                                                  | booked by                 |
 * | ------------ | --------------------------------------------------------------------------- | ------------------------- |
 * | collected    | own collection: pickups recorded for the site                               | PickupRecorded            |
 * | received     | accepted from another organisation, as that one had sent it                 | BatchReceived, at the receiver |
 * | moved-in     | charged into a run here, from a batch at another site of the organisation   | RunCharged, at the run's site |
 * | made         | outputs of runs here                                                        | RunClosed                 |
 * | returned     | came back: a customer rejected it, or the shipment was taken back           | BatchReceived, at the sender; EventCorrected of a BatchShipped |
 * | charged      | into runs here                                                              | RunCharged, at the run's site |
 * | shipped      | to another organisation, all that was left of each batch                    | BatchShipped, where the batch lay |
 * | moved-out    | charged into a run at another site of the organisation                      | RunCharged, where the batch lay |
 * | transit-loss | of what was received, the part that was missing on the receiver's scale     | BatchReceived, at the receiver |
 * | arrived      | of what was shipped, the part that the receiver accepted, as it was sent    | BatchReceived, at the sender |
 * | added        | into runs here, without a traced origin                                     | RunCharged                |
 * | run-loss     | lost in runs here, by kind                                                  | RunClosed                 |
 * | unaccounted  | of what went into runs here, the part that nobody could account for         | RunClosed                 |
 * | claims-lost  | what could be claimed for a run's input and cannot for its outputs; no mass | RunClosed                 |
 *
 * EventCorrected books the same lines again, negative, at the time of the correction; a pickup that is said anew books
 * both what it was and, positive, what it is. RunOpened only begins to be in process. ProductMade, BatchInspected,
 * BatchHeld, BatchReleased, CertificateRegistered and PeriodClosed book nothing: naming, testing or holding a batch
 * moves no mass, so held batches count like any other.
 *
 * By what the lines do, to the gram, for every stage, for each site and period:
 *
 *     opening + collected + received + moved-in + made + returned
 *       = charged + shipped + moved-out + transit-loss + closing
 *     in process at opening + charged + added = made + run-loss + unaccounted + in process at closing
 *     on the road at opening + shipped = returned + arrived + on the road at closing
 *     claims at opening + collected + received + moved-in + returned
 *       = shipped + moved-out + transit-loss + claims-lost + closing
 *
 * What is shipped leaves the sender's stock when it leaves the gate, and enters the receiver's when it is weighed in: on
 * the road it is in nobody's stock, but it stays in the books of the site that it left from until every line of it is
 * settled. Both sides book what the sender had sent, so over all sites arrived = received, the loss on the road is the
 * receiver's line, and nothing is lost quietly:
 *
 *     collected + added = stock + in process + on the road + run-loss + unaccounted + transit-loss
 */
export const LINES = {
  collected: { stock: 1, process: 0, road: 0, claims: 1 },
  received: { stock: 1, process: 0, road: 0, claims: 1 },
  'moved-in': { stock: 1, process: 0, road: 0, claims: 1 },
  made: { stock: 1, process: -1, road: 0, claims: 0 },
  returned: { stock: 1, process: 0, road: -1, claims: 1 },
  charged: { stock: -1, process: 1, road: 0, claims: 0 },
  shipped: { stock: -1, process: 0, road: 1, claims: -1 },
  'moved-out': { stock: -1, process: 0, road: 0, claims: -1 },
  'transit-loss': { stock: -1, process: 0, road: 0, claims: -1 },
  arrived: { stock: 0, process: 0, road: -1, claims: 0 },
  added: { stock: 0, process: 1, road: 0, claims: 0 },
  'run-loss': { stock: 0, process: -1, road: 0, claims: 0 },
  unaccounted: { stock: 0, process: -1, road: 0, claims: 0 },
  'claims-lost': { stock: 0, process: 0, road: 0, claims: -1 },
} as const satisfies Record<string, Record<'stock' | 'process' | 'road' | 'claims', -1 | 0 | 1>>

export type Line = keyof typeof LINES

export const IN_LINES = ['collected', 'received', 'moved-in', 'made', 'returned'] as const
export const OUT_LINES = ['charged', 'shipped', 'moved-out', 'transit-loss'] as const
export const STOCK_LINES = [...IN_LINES, ...OUT_LINES] as const
export const CLAIM_IN_LINES = ['collected', 'received', 'moved-in', 'returned'] as const
export const CLAIM_OUT_LINES = ['shipped', 'moved-out', 'transit-loss', 'claims-lost'] as const
export type StockLine = (typeof STOCK_LINES)[number]
export type ClaimLine = (typeof CLAIM_IN_LINES)[number] | (typeof CLAIM_OUT_LINES)[number]

/** An amount on a line, negative where it takes back what was booked before. */
export interface Posting {
  readonly line: Line
  /** Of lines that move stock. */
  readonly stage?: Stage
  /** Whom it came from or went to: another organisation or, of what was moved, another site of the same one. */
  readonly party?: string
  readonly kind?: LossKind
  /** Of what was lost, the document that says where it went. */
  readonly document?: string
  readonly grams: number
  /** Scheme → grams, with the sign of the posting. */
  readonly claims: Readonly<Record<string, number>>
}

/** Whose books: a site of an organisation. */
export interface Place {
  readonly org: string
  readonly site: string
}
