import type { DomainEvent, UnlinkedEvent } from '../events/event.ts'
import { DAY_MS } from '../checks/thresholds.ts'

/** What makes a claim under certificates: a pickup, what is said instead of one, or the end of a run. */
export interface Claim {
  /** Ids of the certificates that it rests on; at least one. */
  readonly certificates: readonly string[]
  /** Id of the event whose claim it is: the pickup itself, where it was said anew. */
  readonly of: string
}

/** The claim that an event makes; undefined for one that makes none. */
export function claimIn(event: DomainEvent | UnlinkedEvent): Claim | undefined {
  const claim = saidIn(event)
  return claim && claim.certificates.length > 0 ? claim : undefined
}

function saidIn(event: DomainEvent | UnlinkedEvent): Claim | undefined {
  if (event.type === 'PickupRecorded' || event.type === 'RunClosed') {
    return { certificates: event.data.certificates, of: event.id }
  }
  if (event.type !== 'EventCorrected') return undefined
  const { event: of, undo } = event.data
  return undo.of === 'PickupRecorded' && undo.instead
    ? { certificates: undo.instead.certificates, of }
    : undefined
}

/** Events that make claims or take them back. */
export const ABOUT_CLAIMS: ReadonlySet<string> = new Set(['PickupRecorded', 'RunClosed', 'EventCorrected'])

/**
 * Of some events in the order of a journal, those that stand, rest on a certificate, and are dated `from` or later. A
 * pickup that was said anew rests on what it then said.
 */
export function restingOn(certificate: string, from: string, events: Iterable<DomainEvent>): DomainEvent[] {
  const resting = new Map<string, DomainEvent>()
  const taken = new Map<string, boolean>()
  for (const event of events) {
    if (event.type === 'PickupRecorded' || event.type === 'RunClosed') {
      if (event.occurredAt >= from) resting.set(event.id, event)
    } else if (event.type === 'EventCorrected') {
      taken.set(event.data.event, claimIn(event)?.certificates.includes(certificate) ?? false)
    }
  }
  return [...resting.values()].filter(
    (event) => taken.get(event.id) ?? claimIn(event)?.certificates.includes(certificate),
  )
}

/** Weeks since 1970, in which claims are counted by their dates; see functions/adapters/tallies.ts. */
export const weekOf = (at: string): number => Math.floor(Date.parse(at) / WEEK_MS)

/** When a week begins. */
export const startOfWeek = (week: number): string => new Date(week * WEEK_MS).toISOString()

const WEEK_MS = 7 * DAY_MS

/**
 * How many claims under a certificate some events make that are dated in a week or later, those that were taken back
 * included. Events may come in any order; what is said instead of a pickup counts only where the pickup is among them.
 */
export function claimsSince(certificate: string, week: number, events: readonly DomainEvent[]): number {
  const dates = new Map(events.map(({ id, occurredAt }) => [id, occurredAt]))
  return events.filter((event) => {
    const claim = claimIn(event)
    const at = claim && dates.get(claim.of)
    return at !== undefined && weekOf(at) >= week && claim?.certificates.includes(certificate)
  }).length
}
