import { isRecord } from './bundle.ts'
import { subjectsOf, type DomainEvent } from '../domain/events/event.ts'
import { kindOfId } from '../domain/ids.ts'

/**
 * Whether something that calls itself an event can be reckoned with: the folds and deciders were written for events that we
 * wrote ourselves, and these may be anybody's. It has the envelope of an event; what it seals is there by hashes; it names what it touches; and whatever is
 * called a mass, a count or a distance is one, wherever it stands, as is every entry of a tally. What else a type needs is
 * not asked for here: an event that lacks it differs from what follows from the others, or cannot be told (replay.ts).
 */
export function isEvent(value: unknown): value is DomainEvent {
  try {
    return isEnvelope(value) && isMeasured(value) && linksAreItsOwn(value)
  } catch {
    // It has no list where events of its type have one.
    return false
  }
}

const HASH = /^[0-9a-f]{64}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const TEXTS = ['id', 'type', 'home', 'org', 'role', 'site', 'occurredAt', 'recordedAt'] as const

function isEnvelope(value: unknown): value is DomainEvent {
  if (!isRecord(value)) return false
  const { v, id, home, occurredAt, recordedAt, bookedAt = recordedAt, data, previous } = value
  return (
    v === 1 &&
    TEXTS.every((name) => typeof value[name] === 'string') &&
    [occurredAt, recordedAt, bookedAt].every((at) => INSTANT.test(String(at))) &&
    isRecord(data) &&
    (value['type'] !== 'PickupRecorded' || isRecord(data['sealed'])) &&
    isSealed(data['sealed']) &&
    Array.isArray(previous) &&
    previous.every((link) => isRecord(link) && HASH.test(String(link['hash']))) &&
    kindOfId(String(home)) !== undefined &&
    // Its id is its home's, and a place in that history.
    String(id).startsWith(`${String(home)}-`) &&
    /^[1-9]\d*$/.test(String(id).slice(String(home).length + 1))
  )
}

/** What is sealed is there by its hashes alone. */
const isSealed = (sealed: unknown): boolean =>
  sealed === undefined ||
  (isRecord(sealed) && Object.values(sealed).every((commitment) => HASH.test(String(commitment))))

const COUNTED = /(?:[gG]rams|Bp|Wh|Ml|^units|^round|^sequence)$/
const TALLIES =
  /^(?:claims|inputClaims|stages|forms|sourceForms|polymers|mixture|models|unmeasuredForms|losses|sources|activities)$/

function isMeasured(value: unknown, areCounts = false): boolean {
  if (Array.isArray(value)) return value.every((member) => isMeasured(member))
  if (!isRecord(value)) return true
  return Object.entries(value).every(([name, member]) => {
    // An entry of such a name would be found in every tally, also where it is not.
    if (areCounts && name in Object.prototype) return false
    if (areCounts || COUNTED.test(name)) return isCount(member)
    if (name === 'distanceKm') return typeof member === 'number' && member >= 0
    return isMeasured(member, TALLIES.test(name) && !Array.isArray(member))
  })
}

const isCount = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** `previous` names nothing that the event does not touch, nothing twice, and in the order in which it touches them. */
function linksAreItsOwn(event: DomainEvent): boolean {
  const touched = subjectsOf(event)
  const places = event.previous.map(({ subject }) => touched.indexOf(subject))
  return (
    touched.every((id) => typeof id === 'string') &&
    places.every((place, index) => place > (places[index - 1] ?? -1))
  )
}
