import type { UnlinkedEvent } from '../events/event.ts'
import type { ErasureReason } from '../events/privacy.ts'
import type { Voucher } from '../identity/caller.ts'
import { accept, type Decision } from '../refusal.ts'
import { sumOf, type Erasure } from '../state/erasure.ts'
import { envelopeOf, type Actor } from './actor.ts'

/** An erasure is the organisation's as a whole. */
const NO_SITE = ''

export interface BeginErasure {
  readonly erasure: string
  readonly reason: ErasureReason
  readonly by: Voucher
  readonly sealed: Readonly<Record<string, string>>
}

export function beginErasure(command: BeginErasure, actor: Actor): Decision<UnlinkedEvent[]> {
  const { erasure } = command
  return accept([
    {
      ...envelopeOf(erasure, 1, { site: NO_SITE, occurredAt: actor.now }, actor),
      type: 'ErasureBegun',
      data: command,
    },
  ])
}

export interface ErasePart {
  readonly by: Voucher
  /** Which fields go of each entry. */
  readonly fields: readonly (readonly string[])[]
  /** How many labels of phones and members go. */
  readonly labels: number
  readonly isLast: boolean
}

/** One part of an erasure. Refuses nothing. */
export function erasePart({ id, version }: Erasure, part: ErasePart, actor: Actor): UnlinkedEvent {
  const fields = [...part.fields.flat(), ...Array.from({ length: part.labels }, () => 'label')]
  const counts = fields.map((field) => ({ [field]: 1 }))
  return {
    ...envelopeOf(id, version + 1, { site: NO_SITE, occurredAt: actor.now }, actor),
    type: 'PersonErased',
    data: {
      erasure: id,
      by: part.by,
      entries: part.fields.length,
      removed: counts.reduce<Record<string, number>>(sumOf, {}),
      isDone: part.isLast,
    },
  }
}
