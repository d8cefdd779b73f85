import type * as z from 'zod/mini'
import type { pickupBody } from '../../shared/contract/requests/pickups.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import type { Opening } from '../../shared/ledger/seal.ts'
import { eventId } from '../../shared/domain/ids.ts'
import { SHARED } from '../../shared/domain/privacy/sealed.ts'
import type { HashedEvent } from '../../shared/domain/state/fold.ts'
import { readEventItems, readHistoryItems } from './history.ts'
import { hashedEventIn, stringIn, type Item, type People } from './items.ts'
import { eventKey, PERSON_INDEXES, personOfPk } from './keys.ts'
import { readItem, readItems } from './read.ts'

/**
 * Reads the values that stand beside events and open their commitments (shared/ledger/seal.ts). What we wrote is trusted
 * to be what we read.
 */
export type Openings = Readonly<Record<string, Opening>> & {
  readonly [Field in keyof SealedPickup]?: Opening & { readonly value: NonNullable<SealedPickup[Field]> }
}

/** What is private in a pickup and judged by rules, as far as it has not been erased. Never for an answer. */
export type SealedPickup = Pick<z.output<typeof pickupBody>, 'collector' | 'weigher' | 'photos' | 'position'>

export async function readSealedPickup(eventId: string): Promise<KnownPickup> {
  const item = (await readItem(eventKey(eventId))) ?? {}
  const openings = openingsIn(item)
  const { collector, weigher, photos, position } = openings
  return {
    told: {
      ...(collector && { collector: collector.value }),
      ...(weigher && { weigher: weigher.value }),
      ...(photos && { photos: photos.value }),
      ...(position && { position: position.value }),
    },
    known: Object.keys(openings),
    people: peopleIn(item),
  }
}

/** A pickup as far as it has not been erased: what rules compare, which values there still are, and who is found by them. */
export interface KnownPickup {
  readonly told: SealedPickup
  readonly known: readonly string[]
  readonly people: People
}

/** Whom an event is about, as its item is found by them. */
function peopleIn(item: Item): People {
  const [person, weigher] = (['person', 'weigher'] as const).map(
    (capacity) => item[PERSON_INDEXES[capacity].pk]?.S,
  )
  return {
    ...(person !== undefined && { person: personOfPk(person) }),
    ...(weigher !== undefined && { weigher: personOfPk(weigher) }),
  }
}

/** An event with whatever still opens its commitments. */
export interface Opened {
  readonly event: DomainEvent
  readonly openings: Openings
}

/** Reads one item of an event; undefined for a link to one, which has nothing beside it. */
export function openedIn(item: Item): Opened | undefined {
  return item['event'] && { event: hashedEventIn(item).event, openings: openingsIn(item) }
}

export function openingsIn(item: Item): Openings {
  const openings: Openings = item['sealed'] ? JSON.parse(stringIn(item, 'sealed')) : {}
  return openings
}

/** What still opens the commitments of events, by their ids. */
export async function readOpeningsOf(events: readonly string[]): Promise<Map<string, Openings>> {
  const items = await readItems(events.map(eventKey))
  return new Map(items.map((item) => [hashedEventIn(item).event.id, openingsIn(item)]))
}

/** A subject's own events after a sequence number (0 for all), oldest first, of up to `limit` entries of its history. */
export async function readOpened(
  subject: string,
  after: number,
  limit: number,
): Promise<{ readonly opened: readonly Opened[]; readonly nextAfter?: number }> {
  const { items, ...next } = await readHistoryItems(subject, after, limit)
  return { opened: items.map(openedIn).filter((one) => one !== undefined), ...next }
}

/** An event as whoever may see it is shown it: with what is sealed from the public alone, as far as it is still there. */
export interface Told extends HashedEvent {
  readonly opened?: Readonly<Record<string, Opening>>
}

/** Entries of a subject's history after a sequence number (0 for all), oldest first, links resolved. */
export async function readTold(
  subject: string,
  after: number,
  limit: number,
): Promise<{ readonly events: readonly Told[]; readonly nextAfter?: number }> {
  const { items, ...next } = await readEventItems(subject, after, limit)
  return { events: items.map(toldIn), ...next }
}

function toldIn(item: Item): Told {
  const shared = Object.entries(openingsIn(item)).filter(([field]) => SHARED.includes(field))
  return { ...hashedEventIn(item), ...(shared.length > 0 && { opened: Object.fromEntries(shared) }) }
}

/** The vehicles of shipments, by their ids; without those that were erased. */
export async function readVehicles(shipments: readonly string[]): Promise<Map<string, string>> {
  const openings = await readOpeningsOf(shipments.map((id) => eventId(id, 1)))
  return new Map(
    shipments.flatMap((id): [string, string][] => {
      const vehicle = textIn(openings.get(eventId(id, 1)), 'vehicle')
      return vehicle === undefined ? [] : [[id, vehicle]]
    }),
  )
}

/** A sealed text, unless it was erased. */
export function textIn(openings: Openings | undefined, field: string): string | undefined {
  const value = openings?.[field]?.value
  return typeof value === 'string' ? value : undefined
}
