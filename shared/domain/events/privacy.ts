import type { Voucher } from '../identity/caller.ts'
import type { EventEnvelope } from './envelope.ts'

/** Why somebody's data is erased. A code and no text: a sentence would soon name whom it is about. */
export const ERASURE_REASONS = [
  'person-asked',
  'consent-withdrawn',
  'no-longer-needed',
  'entered-by-mistake',
] as const
export type ErasureReason = (typeof ERASURE_REASONS)[number]

/**
 * Somebody is to be erased from the entries of an organisation: what opens the commitments about them is removed, the
 * events stay as they are. Whom it is about stands here as a commitment alone, and what opens it goes at the end.
 */
export type ErasureBegun = EventEnvelope<
  'ErasureBegun',
  {
    readonly erasure: string
    readonly reason: ErasureReason
    readonly by: Voucher
    readonly sealed: Readonly<Record<string, string>>
  }
>

/**
 * Values were removed, in the same transaction as this was recorded. It says how many and not of which events: a list
 * would say for good which entries are the same person's.
 */
export type PersonErased = EventEnvelope<
  'PersonErased',
  {
    readonly erasure: string
    readonly by: Voucher
    readonly entries: number
    /** Of each sealed field, how many values; `label` is how many phones and members were called by the name. */
    readonly removed: Readonly<Record<string, number>>
    /** Whether no entry was left that named them. */
    readonly isDone: boolean
  }
>
