import type { DomainEvent } from '../events/event.ts'
import type { Role } from '../organisation.ts'

/**
 * What is sealed: which values there are, who is shown them, and whom they are about. An event has only commitments to
 * them (shared/ledger/seal.ts).
 */

/** The commitments that an event carries, by field; none where nothing in it is private. */
export function commitmentsOf({ data }: Pick<DomainEvent, 'data'>): Readonly<Record<string, string>> {
  return 'sealed' in data ? data.sealed : {}
}

/**
 * What is sealed from the public alone: whoever is shown the event is shown these with it, as the receiver of a load needs
 * its vehicle, and the sender why a line was rejected.
 */
export const SHARED: readonly string[] = ['vehicle', 'reason', 'reasons', 'note']

/**
 * Which sealed values of their organisation's own events a role is shown. Who is not named here for a field learns from
 * the event that something is sealed, and from the passport the place and about 1 km. Collectors are shown nothing here, since
 * one key may be several people's.
 */
export const SIGHT: Readonly<Record<Role, 'all' | readonly string[]>> = {
  operator: 'all',
  auditor: 'all',
  station: ['collector', 'weigher', 'vessel', 'photos', 'position', ...SHARED],
  recycler: SHARED,
  brand: SHARED,
  collector: [],
}

export function isShown(field: string, role: Role): boolean {
  const sight = SIGHT[role]
  return sight === 'all' || sight.includes(field)
}

/** How an entry is about somebody: they collected or drove, or they weighed, or both; or their vehicle carried it. */
export interface Part {
  readonly isPerson: boolean
  readonly isWeigher: boolean
  /** They were found by the vehicle of a load. */
  readonly isVehicle: boolean
}

/** Whom each value is about. One that is not named here may be about anybody in the entry, such as the entry as signed. */
const ABOUT: Readonly<Record<string, readonly (keyof Part)[]>> = {
  collector: ['isPerson'],
  position: ['isPerson'],
  vessel: ['isPerson'],
  photos: ['isPerson'],
  driver: ['isPerson'],
  weigher: ['isWeigher'],
  vehicle: ['isPerson', 'isVehicle'],
}

/** Whether something that was sealed about who collected or drove has no opening any more. */
export function isAnythingErased(event: Pick<DomainEvent, 'data'>, known: readonly string[]): boolean {
  const about = fieldsOf(
    { isPerson: true, isWeigher: false, isVehicle: false },
    Object.keys(commitmentsOf(event)),
  )
  return about.some((field) => !known.includes(field))
}

/** Which of these values somebody is told who asks what is held on them: no other person's. */
export function fieldsOf(part: Part, fields: readonly string[]): string[] {
  return fields.filter((field) => (ABOUT[field] ?? ['isPerson']).some((as) => part[as]))
}

/** Which of these values go when somebody is erased: also what may be about them among others. */
export function fieldsErasedFor(part: Part, fields: readonly string[]): string[] {
  return fields.filter((field) => {
    const about = ABOUT[field]
    return about === undefined || about.some((as) => part[as])
  })
}
