import type { Item } from '../../../functions/adapters/items.ts'
import type { DomainEvent, EventOf } from '../../../shared/domain/events/event.ts'
import type { Table } from '../table.ts'
import { ofType } from './standing.ts'

/** Of one photo more uses than these are not remembered. */
const MAX_USES = 20
const DAY_MS = 86_400_000

/**
 * Every file of a photo, whose hash stands sealed beside each pickup, is remembered with all pickups that it was used for, and of
 * those none is the same again within a day, however many were sent at once.
 */
export function photoComplaints({ items, events }: Pick<Table, 'items' | 'events'>): string[] {
  const wrong = new Set(ofType(events, 'EventCorrected').map(({ data }) => data.event))
  const remembered = new Map(
    items.flatMap((item) => (item['sk']?.S === 'PHOTO' ? [[item['pk']?.S, usesIn(item)]] : [])),
  )
  return [...usesOf(items, events)].flatMap(([key, pickups]) => {
    const standing = pickups.filter(({ id }) => !wrong.has(id))
    const ids = remembered.get(key) ?? []
    const known = pickups.filter(({ data }) => ids.includes(data.batch))
    const isWhole =
      known.length === ids.length &&
      (pickups.length > MAX_USES || standing.every((pickup) => known.includes(pickup)))
    return [
      ...(isWhole ? [] : [`${key} was used for ${idsOf(pickups)}, but is remembered for ${ids.join()}`]),
      ...standing.flatMap((pickup, index) =>
        standing
          .slice(index + 1)
          .filter((other) => isSame(pickup, other))
          .map((other) => `${pickup.id} and ${other.id} are the same pickup with the photo ${key}`),
      ),
    ]
  })
}

type Pickup = EventOf<'PickupRecorded'>

const idsOf = (pickups: readonly Pickup[]): string => pickups.map(({ data }) => data.batch).join()

const isSame = (a: Pickup, b: Pickup): boolean =>
  a.org === b.org &&
  a.site === b.site &&
  a.data.massGrams === b.data.massGrams &&
  Math.abs(Date.parse(a.occurredAt) - Date.parse(b.occurredAt)) <= DAY_MS

/** By the key that a photo is remembered under, the pickups that it was used for, by whomever. */
function usesOf(items: readonly Item[], events: readonly DomainEvent[]): Map<string, Pickup[]> {
  const sealed = new Map(items.map((item) => [`${item['pk']?.S} ${item['sk']?.S}`, item['sealed']?.S]))
  const uses = new Map<string, Pickup[]>()
  for (const pickup of ofType(events, 'PickupRecorded')) {
    const { photos }: Openings = JSON.parse(sealed.get(`B#${pickup.home} H#000001`) ?? '{}')
    for (const file of (photos?.value ?? []).flatMap((photo) => [photo, photo.thumbnail])) {
      if (!file) continue
      const key = `F#${file.sha256}`
      uses.set(key, [...(uses.get(key) ?? []), pickup])
    }
  }
  return uses
}

interface Openings {
  readonly photos?: {
    readonly value: readonly { readonly sha256: string; readonly thumbnail?: { readonly sha256: string } }[]
  }
}

function usesIn(item: Item): string[] {
  const uses: { readonly batch: string }[] = JSON.parse(item['uses']?.S ?? '[]')
  return uses.map(({ batch }) => batch)
}
