import type { Link } from '../domain/events/envelope.ts'
import { subjectsOf, type DomainEvent, type UnlinkedEvent } from '../domain/events/event.ts'
import type { HashedEvent, Subjects } from '../domain/state/fold.ts'
import { canonicalJson } from './canonical.ts'
import { canonicalHash } from './hash.ts'

/** An event that has its place in the history, with the very text that was hashed and is to be stored. */
export interface LinkedEvent extends HashedEvent {
  readonly text: string
}

/**
 * Links decided events into the history of what they touch: each names the hash of the last event of every subject it
 * changes, as loaded or as left by an earlier event of the same command. A subject that begins here has no link.
 */
export async function linkEvents(
  events: readonly UnlinkedEvent[],
  subjects: Subjects,
): Promise<LinkedEvent[]> {
  const heads = new Map<string, string>([...subjects].map(([id, subject]) => [id, subject.head]))
  const linked: LinkedEvent[] = []
  for (const unlinked of events) {
    const touched = subjectsOf(unlinked)
    const previous: Link[] = touched.flatMap((subject) => {
      const hash = heads.get(subject)
      return hash === undefined ? [] : [{ subject, hash }]
    })
    const event: DomainEvent = { ...unlinked, previous }
    const text = canonicalJson(event)
    const hash = await canonicalHash(text)
    for (const subject of touched) heads.set(subject, hash)
    linked.push({ event, hash, text })
  }
  return linked
}
