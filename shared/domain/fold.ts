import { evolveBatch, type Batch } from './batch.ts'
import { subjectsOf, type DomainEvent } from './events.ts'
import { evolveRun, type Run } from './run.ts'

/** Anything that has a history and a state folded from it. */
export type Subject = Batch | Run
export type Subjects = ReadonlyMap<string, Subject>

/** An event together with its own hash, as it stands in the table and in the log. */
export interface HashedEvent {
  readonly event: DomainEvent
  readonly hash: string
}

/**
 * Folds events, in order, into all that they touch. This is the only way state comes about: the write path calls it
 * with the subjects it has loaded, the rebuild calls it with nothing and every event there ever was.
 */
export function fold(subjects: Subjects, events: readonly HashedEvent[]): Map<string, Subject> {
  const folded = new Map(subjects)
  for (const { event, hash } of events) {
    for (const id of subjectsOf(event)) {
      const before = folded.get(id)
      const after =
        id === event.home && event.type !== 'PickupRecorded'
          ? evolveRun(before?.kind === 'run' ? before : undefined, event, hash)
          : evolveBatch(before?.kind === 'batch' ? before : undefined, id, event, hash)
      if (after) folded.set(id, after)
    }
  }
  return folded
}
