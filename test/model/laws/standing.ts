import type { DomainEvent, EventOf, EventType } from '../../../shared/domain/events/event.ts'

/**
 * History as it would be if no mistake had ever been made: what was declared wrong is left out, what was said anew is
 * said right at once. Whatever is counted over these needs no arithmetic of taking back, and so is independent of it.
 */
export function standingOf(events: readonly DomainEvent[]): DomainEvent[] {
  const corrections = new Map<string, EventOf<'EventCorrected'>>()
  for (const event of events) if (event.type === 'EventCorrected') corrections.set(event.data.event, event)
  return events.flatMap((event) => {
    if (event.type === 'EventCorrected') return []
    const correction = corrections.get(event.id)
    return correction ? saidInstead(event, correction.data.undo) : [event]
  })
}

function saidInstead(event: DomainEvent, undo: EventOf<'EventCorrected'>['data']['undo']): DomainEvent[] {
  if (undo.of === 'PickupRecorded' && event.type === 'PickupRecorded') {
    const { batch, sealed } = event.data
    return undo.instead ? [{ ...event, data: { batch, sealed, ...undo.instead } }] : []
  }
  if (undo.of === 'ProductMade' && event.type === 'ProductMade') {
    const { run, batch, checks } = event.data
    return [{ ...event, data: { run, batch, checks, ...undo.instead } }]
  }
  if (undo.of === 'BatchInspected' && event.type === 'BatchInspected') {
    const { batch, checks } = event.data
    return undo.instead ? [{ ...event, data: { batch, checks, ...undo.instead } }] : []
  }
  return []
}

export const ofType = <Type extends EventType>(events: readonly DomainEvent[], type: Type): EventOf<Type>[] =>
  events.filter((event): event is EventOf<Type> => event.type === type)

export const sumOf = <T>(values: Iterable<T>, grams: (value: T) => number): number => {
  let sum = 0
  for (const value of values) sum += grams(value)
  return sum
}

/** Adds to the figure under a key. */
export function addTo(figures: Map<string, number>, key: string, grams: number): void {
  figures.set(key, (figures.get(key) ?? 0) + grams)
}
