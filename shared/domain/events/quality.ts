import type { CheckResult } from '../checks/rule.ts'
import type { EventEnvelope } from './envelope.ts'

/** Lab results, and what is held back because of them or of anything else. */
export interface LabResult {
  readonly parameter: string
  readonly method: string
  readonly value: number
  readonly unit: string
  readonly lowest?: number
  readonly highest?: number
  /** Whether it is within its limits; absent where nobody gave any, as it then neither passed nor failed. */
  readonly passed?: boolean
}

export interface InspectionFacts {
  readonly sample: string
  readonly lab: string
  readonly testedAt: string
  readonly results: readonly LabResult[]
  readonly reportSha256?: string
  /** False where any result failed, true where all that have limits passed, absent where none has limits. */
  readonly passed?: boolean
}

export type BatchInspected = EventEnvelope<
  'BatchInspected',
  InspectionFacts & { readonly batch: string; readonly checks: readonly CheckResult[] }
>

export const HOLD_REASONS = [
  'contamination',
  'quality',
  'origin-in-doubt',
  'claim-in-doubt',
  'other',
] as const
export type HoldReason = (typeof HOLD_REASONS)[number]

/** Spreads forward to all that was made of the batch; see functions/adapters/holds.ts. */
export type BatchHeld = EventEnvelope<
  'BatchHeld',
  {
    readonly batch: string
    readonly reason: HoldReason
    /** The commitment to a note, if there is one. */
    readonly sealed: Readonly<Record<string, string>>
  }
>

export type BatchReleased = EventEnvelope<
  'BatchReleased',
  {
    readonly batch: string
    /** Id of the BatchHeld event. */
    readonly hold: string
    /** The commitment to a note, if there is one; where one command releases several holds, in the first alone. */
    readonly sealed: Readonly<Record<string, string>>
  }
>
