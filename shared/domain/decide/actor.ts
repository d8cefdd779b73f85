import type { EventEnvelope } from '../events/envelope.ts'
import { eventId } from '../ids.ts'
import { refuseByRule, type Refused } from '../refusal.ts'
import { latest } from '../time.ts'

/** Who acts, and when the system learns of it. */
export interface Actor {
  readonly org: string
  readonly role: string
  readonly now: string
  /** Until when the books of those concerned are closed; what is dated before is booked now. */
  readonly closes?: readonly Closed[]
}

/** A site's books, closed up to but without an instant. */
export interface Closed {
  readonly org: string
  readonly site: string
  readonly until: string
}

/** Where and when something happens, and what batches it touches, which may lie at other sites. */
export interface Happening {
  readonly site: string
  readonly occurredAt: string
  readonly touching?: readonly { readonly custodian: string; readonly site: string }[]
  /** What it builds on: it counts no earlier than that does, or books would give what they have not got yet. */
  readonly after?: readonly { readonly countsFrom: string }[]
}

/** The what, when, where and who of the nth event in the history of `home`. */
export function envelopeOf(
  home: string,
  sequence: number,
  happening: Happening,
  actor: Actor,
): Omit<EventEnvelope<string, never>, 'type' | 'data' | 'previous'> {
  const { site, occurredAt } = happening
  const counts = countsFrom(happening, actor)
  return {
    v: 1,
    id: eventId(home, sequence),
    home,
    occurredAt,
    recordedAt: actor.now,
    ...(counts !== occurredAt && { bookedAt: counts }),
    org: actor.org,
    role: actor.role,
    site,
  }
}

function countsFrom({ site, occurredAt, touching = [], after = [] }: Happening, actor: Actor): string {
  const isLate = isClosed(actor, occurredAt, [{ custodian: actor.org, site }, ...touching])
  return latest([isLate ? actor.now : occurredAt, ...after.map((one) => one.countsFrom)])
}

function isClosed(
  { closes = [] }: Actor,
  at: string,
  places: readonly { readonly custodian: string; readonly site: string }[],
): boolean {
  return closes.some(
    ({ org, site, until }) =>
      at < until && places.some((place) => place.custodian === org && place.site === site),
  )
}

/** R7: refuses an act that is dated before what it builds on. Both are UTC ISO 8601. */
export function refuseEarlier(occurredAt: string, notBefore: string, what: string): Refused | undefined {
  if (occurredAt >= notBefore) return undefined
  const sentence = {
    en: `${occurredAt} lies before ${notBefore}, when ${what}.`,
    zh: `${occurredAt} 早于 ${notBefore}；不得早于其所依据的事件。`,
  }
  return refuseByRule({ rule: 'R7', sentence }, '/occurredAt', 'time-order')
}
