import type { DomainEvent } from '../events/event.ts'
import type { ErasureReason } from '../events/privacy.ts'
import type { Voucher } from '../identity/caller.ts'

/** The erasing of a person from an organisation's entries: begun, and done in any number of parts. */
export interface Erasure {
  readonly kind: 'erasure'
  readonly id: string
  readonly org: string
  readonly status: 'begun' | 'done'
  readonly reason: ErasureReason
  readonly by: Voucher
  /** Entries that named the person and do no more, so far, and of each sealed field how many values were removed. */
  readonly entries: number
  readonly removed: Readonly<Record<string, number>>
  readonly doneAt?: string
  readonly recordedAt: string
  readonly version: number
  readonly head: string
}

export function evolveErasure(
  erasure: Erasure | undefined,
  event: DomainEvent,
  hash: string,
): Erasure | undefined {
  const moved = applyToErasure(erasure, event)
  return moved && { ...moved, version: (erasure?.version ?? 0) + 1, head: hash }
}

function applyToErasure(erasure: Erasure | undefined, event: DomainEvent): Erasure | undefined {
  if (event.type === 'ErasureBegun') {
    const { erasure: id, reason, by } = event.data
    const { org, recordedAt } = event
    const nothing = { entries: 0, removed: {}, version: 0, head: '' }
    return { kind: 'erasure', id, org, status: 'begun', reason, by, recordedAt, ...nothing }
  }
  if (event.type !== 'PersonErased' || !erasure) return erasure
  const { entries, removed, isDone } = event.data
  return {
    ...erasure,
    entries: erasure.entries + entries,
    removed: sumOf(erasure.removed, removed),
    ...(isDone && { status: 'done', doneAt: event.recordedAt }),
  }
}

/** Counts of both, field by field. */
export function sumOf(
  some: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum = { ...some }
  for (const [field, count] of Object.entries(more)) sum[field] = (sum[field] ?? 0) + count
  return sum
}
