import type { CheckResult } from '../checks/rule.ts'
import type { Claims } from '../lineage/claims.ts'
import type { OriginShare } from '../lineage/origin.ts'
import type { Stage } from '../material/stages.ts'
import type { EventEnvelope } from './envelope.ts'

/** Custody changes in two steps: the sender ships, the receiver weighs and accepts or rejects, line by line. */
export const TRANSPORT_MODES = ['road', 'sea'] as const
export type TransportMode = (typeof TRANSPORT_MODES)[number]

export interface Transport {
  readonly mode: TransportMode
  readonly distanceKm: number
  /** `measured`: as the sender said. `estimated`: from the two sites' positions. */
  readonly basis: 'measured' | 'estimated'
}

export interface ShipmentLine {
  readonly batch: string
  /** Where it lay, and what it was. */
  readonly site: string
  readonly stage: Stage
  /** All that remained of the batch when it left, and of what may be claimed for it. */
  readonly massGrams: number
  readonly claims: Claims
}

export interface Party {
  readonly org: string
  readonly site: string
}

export type BatchShipped = EventEnvelope<
  'BatchShipped',
  {
    readonly shipment: string
    readonly to: Party
    readonly lines: readonly ShipmentLine[]
    readonly manifest: { readonly number: string; readonly massGrams?: number }
    readonly seal?: string
    readonly transport: Transport
    readonly checks: readonly CheckResult[]
    /** Commitments to the driver, and to the vehicle: the plate of the truck or the name of the ship. */
    readonly sealed: Readonly<Record<string, string>>
  }
>

/**
 * What became of one line. Accepted: `keptGrams = min(sent, received)` goes on, since nobody can use more than was sent;
 * what is missing is a loss in transit with its share of origins and claims, what is too much is only noted.
 * Rejected: the batch goes back to the sender as it was.
 */
export interface ReceivedLine {
  readonly batch: string
  /** The sender's site at which it lay, and what it was. */
  readonly site: string
  readonly stage: Stage
  readonly sentGrams: number
  readonly receivedGrams: number
  readonly accepted: boolean
  readonly keptGrams: number
  /** What may be claimed for what was kept; with `lost.claims` it is what was sent. */
  readonly claims: Claims
  readonly lost: {
    readonly massGrams: number
    readonly origins: readonly OriginShare[]
    readonly claims: Claims
    /** What may be dry of it; absent where nothing is known of that. What is missing is taken as water as far as it can be. */
    readonly dryAtMostGrams?: number
  }
  readonly surplusGrams: number
}

export type BatchReceived = EventEnvelope<
  'BatchReceived',
  {
    readonly shipment: string
    readonly from: Party
    /** How it came to where it was received, which need not be where it was sent to; absent where nobody recorded that. */
    readonly transport?: Transport
    readonly lines: readonly ReceivedLine[]
    readonly checks: readonly CheckResult[]
    /** The commitment to `reasons`: what was said of lines, by batch. */
    readonly sealed: Readonly<Record<string, string>>
  }
>
