import type { Batch } from './batch.ts'
import { refuse, type Refused } from '../refusal.ts'
import { latest } from '../time.ts'
import type { Subject, Subjects } from './fold.ts'

/** What a decision rests on: the subjects as loaded, and what holds them, on themselves or from upstream. */
export interface World {
  readonly subjects: Subjects
  /** Ids of the BatchHeld events that rest on a batch or a run. Absent where there are none. */
  readonly holds: ReadonlyMap<string, readonly string[]>
}

export function batchIn(world: World, id: string): Batch | undefined {
  return ofKind(world, id, 'batch')
}

export function ofKind<Kind extends Subject['kind']>(
  world: World,
  id: string,
  kind: Kind,
): Extract<Subject, { kind: Kind }> | undefined {
  const subject = world.subjects.get(id)
  return subject && isOf(subject, kind) ? subject : undefined
}

const isOf = <Kind extends Subject['kind']>(
  subject: Subject,
  kind: Kind,
): subject is Extract<Subject, { kind: Kind }> => subject.kind === kind

/** The latest time that anything in a world knows of: nothing that rests on it can come before. */
export function latestIn({ subjects }: World): string {
  return latest([...subjects.values()].map(latestOf))
}

function latestOf(subject: Subject): string {
  if (subject.kind === 'batch') return subject.updatedAt
  if (subject.kind !== 'run') return subject.recordedAt
  const { recordedAt, chargedUntil, closedAt = '' } = subject
  return latest([recordedAt, chargedUntil, closedAt])
}

export function isHeld({ holds }: World, id: string): boolean {
  return (holds.get(id) ?? []).length > 0
}

/**
 * The batch, if its holder may act on it now. One that is missing, or is another organisation's, is refused as unknown,
 * so that nobody learns what others have.
 */
export function usableBatch(
  world: World,
  id: string,
  org: string,
  pointer?: string,
): { readonly ok: true; readonly value: Batch } | Refused {
  const batch = batchIn(world, id)
  if (!batch || batch.custodian !== org) return refuse('unknown-batch', `You hold no batch ${id}.`, pointer)
  if (batch.status === 'in-transit') {
    const detail = `Batch ${id} is on its way in shipment ${batch.shipment ?? ''}; nothing can be done with it until it is received.`
    return refuse('batch-not-active', detail, pointer)
  }
  if (batch.status === 'void') {
    const detail = `Batch ${id} was declared a mistake; it never was, so nothing can be done with it.`
    return refuse('batch-not-active', detail, pointer)
  }
  if (isHeld(world, id)) {
    const detail = `Batch ${id} is held${batch.ownHolds.length > 0 ? '' : ', because something it was made of is held'}; it can be used again once that is released.`
    return refuse('batch-held', detail, pointer)
  }
  return { ok: true, value: batch }
}
