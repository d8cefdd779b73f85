import type { EventEnvelope } from '../events/envelope.ts'
import { eventId } from '../ids.ts'
import { refuse, type Refusal } from '../refusal.ts'

/** Who acts, and when the system learns of it. */
export interface Actor {
  readonly org: string
  readonly role: string
  readonly now: string
  /** End of the latest closed period of those concerned; what is dated before is booked now. */
  readonly closedUntil?: string
}

export type Refused = { readonly ok: false; readonly refusal: Refusal }

/** The what, when, where and who of the nth event in the history of `home`. */
export function envelopeOf(
  home: string,
  sequence: number,
  { site, occurredAt }: { readonly site: string; readonly occurredAt: string },
  actor: Actor,
): Omit<EventEnvelope<string, never>, 'type' | 'data' | 'previous'> {
  return {
    v: 1,
    id: eventId(home, sequence),
    home,
    occurredAt,
    recordedAt: actor.now,
    ...(actor.closedUntil !== undefined && occurredAt < actor.closedUntil && { bookedAt: actor.now }),
    org: actor.org,
    role: actor.role,
    site,
  }
}

/** Refuses an act that is dated before what it builds on. Both are UTC ISO 8601. */
export function refuseEarlier(occurredAt: string, notBefore: string, what: string): Refused | undefined {
  if (occurredAt >= notBefore) return undefined
  const detail = `${occurredAt} lies before ${notBefore}, when ${what}.`
  return refuse('time-order', detail, '/occurredAt')
}
