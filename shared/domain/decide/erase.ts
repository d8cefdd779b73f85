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

/** One part of an erasure: which fields go of each entry, and whether it is the last. Refuses nothing. */
export function erasePart(
  { id, version }: Erasure,
  part: { readonly by: Voucher; readonly fields: readonly (readonly string[])[]; readonly isLast: boolean },
  actor: Actor,
): UnlinkedEvent {
  const counts = part.fields.flat().map((field) => ({ [field]: 1 }))
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
