import type { Link } from '../domain/events/envelope.ts'
import { subjectsOf, type DomainEvent, type UnlinkedEvent } from '../domain/events/event.ts'
import type { HashedEvent, Subjects } from '../domain/state/fold.ts'
import { eventHash } from './hash.ts'

/**
 * Links decided events into the history of what they touch: each names the hash of the last event of every subject it
 * changes, as loaded or as left by an earlier event of the same command. A subject that begins here has no link.
 */
export async function linkEvents(
  events: readonly UnlinkedEvent[],
  subjects: Subjects,
): Promise<HashedEvent[]> {
  const heads = new Map<string, string>([...subjects].map(([id, subject]) => [id, subject.head]))
  const linked: HashedEvent[] = []
  for (const unlinked of events) {
    const touched = subjectsOf(unlinked)
    const previous: Link[] = touched.flatMap((subject) => {
      const hash = heads.get(subject)
      return hash === undefined ? [] : [{ subject, hash }]
    })
    const event: DomainEvent = { ...unlinked, previous }
    const hash = await eventHash(event)
    for (const subject of touched) heads.set(subject, hash)
    linked.push({ event, hash })
  }
  return linked
}
