import type { DomainEvent } from '../../../shared/domain/events/event.ts'
import type { Lineage } from './lineage.ts'
import { ofType } from './standing.ts'

/** What holds every batch and run: the holds that nobody released, carried forward along the lineage to its ends. */
export function holdsIn(events: readonly DomainEvent[], { onward }: Lineage): Map<string, string[]> {
  const released = new Set(ofType(events, 'BatchReleased').map(({ data }) => data.hold))
  const held = ofType(events, 'BatchHeld').filter(({ id }) => !released.has(id))
  const holds = new Map<string, string[]>()
  if (held.length === 0) return holds
  for (const { id, data } of held) {
    const reached = new Set([data.batch])
    for (const subject of reached) for (const next of onward.get(subject) ?? []) reached.add(next)
    for (const subject of reached) holds.set(subject, [...(holds.get(subject) ?? []), id].sort())
  }
  return holds
}
