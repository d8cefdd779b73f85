import type { UnlinkedEvent } from './events.ts'
import { coarse, distanceKm, type Position } from './geodesy.ts'
import { eventId } from './ids.ts'
import type { MaterialForm, Polymer } from './material.ts'
import type { Site } from './organisation.ts'
import { placeIdAt, PLACES } from './places.ts'
import { accept, refuse, type Decision } from './refusal.ts'
import { checkTime } from './time.ts'

/** A pickup as somebody reports it; the position is WGS 84 already. */
export interface RecordPickup {
  readonly batch: string
  readonly form: MaterialForm
  readonly polymer: Polymer
  readonly massGrams: number
  readonly pieces?: number
  readonly occurredAt: string
  readonly position?: Position
  readonly site: Site
  /** Commitments to what is private, by field name; see shared/ledger/seal.ts. */
  readonly sealed: Readonly<Record<string, string>>
}

/** Who acts, and when the system learns of it. */
export interface Actor {
  readonly org: string
  readonly role: string
  readonly now: string
}

/** Swapped coordinates land in another part of the world; within this distance a place counts as ours. */
const OUR_WATERS_KM = 300

/** A pickup makes a `collected` batch. Refuses a future time and coordinates that are evidently swapped. */
export function recordPickup(command: RecordPickup, actor: Actor): Decision<UnlinkedEvent[]> {
  const late = checkTime(command.occurredAt, actor.now)
  if (late) return late
  const { position, site } = command
  if (position && !isNearAnyPlace(position) && isNearAnyPlace({ lat: position.lon, lon: position.lat })) {
    const given = `lat ${position.lat}, lon ${position.lon}`
    const detail = `The position ${given} is far from every known place, but lies at the coast with lat and lon swapped.`
    return refuse('position-implausible', detail, '/position')
  }
  const { batch, form, polymer, massGrams, pieces, sealed } = command
  return accept([
    {
      v: 1,
      id: eventId(batch, 1),
      type: 'PickupRecorded',
      home: batch,
      occurredAt: command.occurredAt,
      recordedAt: actor.now,
      org: actor.org,
      role: actor.role,
      site: site.id,
      data: {
        batch,
        form,
        polymer,
        massGrams,
        ...(pieces !== undefined && { pieces }),
        placeId: placeIdAt(position ?? site),
        placeBasis: position ? 'position' : 'station',
        position: coarse(position ?? site),
        sealed,
      },
    },
  ])
}

function isNearAnyPlace(position: Position): boolean {
  return PLACES.some((place) => distanceKm(place, position) <= OUR_WATERS_KM)
}
