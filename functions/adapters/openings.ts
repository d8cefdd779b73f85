import type * as z from 'zod/mini'
import type { pickupBody } from '../../shared/contract/requests/pickups.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import type { Opening } from '../../shared/ledger/seal.ts'
import { readHistoryItems } from './history.ts'
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
