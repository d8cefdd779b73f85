import type { EventText } from '../adapters/chains.ts'
import { walkLineage, type Asked } from './walk.ts'
import type { Position } from './position.ts'

/** One page of a lineage's events, and where the next begins. */
export interface EventPage {
  readonly events: readonly EventText[]
  readonly next?: Position
}

/** Of a page's events together; one that is larger comes alone. */
export const MOST_PAGE_BYTES = 700_000
/** What a page costs to read grows with its events, not with its bytes. */
export const MOST_PAGE_EVENTS = 600

export async function readPage(
  asked: Asked,
  from: Position,
  { mostEvents = MOST_PAGE_EVENTS, mostBytes = MOST_PAGE_BYTES } = {},
): Promise<EventPage> {
  const events: EventText[] = []
  let bytes = 0
  for await (const { event, position } of walkLineage(asked, from)) {
    bytes += Buffer.byteLength(event.text)
    const isFull = events.length === mostEvents || bytes > mostBytes
    if (isFull && events.length > 0) return { events, next: position() }
    events.push(event)
  }
  return { events }
}
