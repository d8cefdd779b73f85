import type { EventType } from '../events/event.ts'
import type { OpenRun, OpenShipment, Stock } from '../events/registry.ts'
import type { Booking } from './booking.ts'
import type { Note } from './notes.ts'

/**
 * What an auditor should look at: checks that did not pass, corrections, weights that differ on receipt, lab results
 * outside their limits, what was recorded too late for the period in which it happened, and runs that were open and loads
 * that were on the road before the period and still are.
 */
export type Exception =
  | (Note & EventPlace)
  | ({ readonly kind: 'late' } & EventPlace)
  | ({ readonly kind: 'open-run' } & OpenRun)
  | ({ readonly kind: 'open-shipment' } & OpenShipment)

interface EventPlace {
  readonly event: string
  readonly type: EventType
  readonly occurredAt: string
  readonly recordedAt: string
  /** When it counts. */
  readonly bookedAt: string
}

export const EXCEPTION_KINDS = [
  'check',
  'correction',
  'difference',
  'failed-inspection',
  'late',
  'open-run',
  'open-shipment',
] as const
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number]

export interface Exceptions {
  /** How many there are of each kind, whether listed or not. */
  readonly counts: Readonly<Record<ExceptionKind, number>>
  /** The first {@link MAX_LISTED}, by time; a shorter period shows the others. */
  readonly listed: readonly Exception[]
}

/** So that a report of a very busy site still fits into an answer. */
export const MAX_LISTED = 2_000

export function exceptionsOf(
  bookings: readonly Booking[],
  { openRuns, openShipments }: Pick<Stock, 'openRuns' | 'openShipments'>,
  from: string,
): Exceptions {
  const isOld = ({ since }: { readonly since: string }): boolean => since < from
  const all: Exception[] = [
    ...openRuns.filter(isOld).map((run) => ({ kind: 'open-run' as const, ...run })),
    ...openShipments.filter(isOld).map((load) => ({ kind: 'open-shipment' as const, ...load })),
    ...bookings.flatMap(exceptionsIn),
  ]
  const counts = {
    check: 0,
    correction: 0,
    difference: 0,
    'failed-inspection': 0,
    late: 0,
    'open-run': 0,
    'open-shipment': 0,
  }
  for (const { kind } of all) counts[kind] += 1
  return { counts, listed: all.slice(0, MAX_LISTED) }
}

function exceptionsIn({ event, type, occurredAt, recordedAt, at, notes }: Booking): Exception[] {
  const place = { event, type, occurredAt, recordedAt, bookedAt: at }
  const late: Exception[] = at === occurredAt ? [] : [{ kind: 'late', ...place }]
  return [...late, ...notes.map((note) => ({ ...note, ...place }))]
}
