import type { DomainEvent } from './event.ts'

/**
 * How events of an older shape are read. An event is stored, hashed and proven as the text that it was written as, for good;
 * whoever reads one to fold or show it gets it in today's shape. When the shape of a type changes, its `v` counts up and an
 * entry here says how to make the next version of one, so that code knows the newest alone.
 */
export interface StoredEvent {
  readonly v: number
  readonly type: string
}

/** Makes version n + 1 of an event of version n. It must not invent: what was not said then stays absent. */
export type Upcaster = (event: StoredEvent & Readonly<Record<string, unknown>>) => StoredEvent

/** By type and the version that is taken, as `PickupRecorded@1`. None yet: every type is at its first. */
export const UPCASTERS: ReadonlyMap<string, Upcaster> = new Map()

/**
 * An event in today's shape from the text that it is stored as. What we wrote is trusted to be what we read. The hash of
 * an event is that of its text, never of what this gives.
 */
export function eventFromText(
  text: string,
  upcasters: ReadonlyMap<string, Upcaster> = UPCASTERS,
): DomainEvent {
  let event = JSON.parse(text)
  for (;;) {
    const { type, v }: StoredEvent = event
    const next = upcasters.get(`${type}@${v}`)
    if (!next) return event
    event = next(event)
    if (event.v !== v + 1) throw new Error(`what takes ${type} of version ${v} makes version ${event.v}`)
  }
}
