import type { DomainEvent } from '../events/event.ts'
import type { OpenShipment } from '../events/registry.ts'
import type { Booking } from './booking.ts'
import { LINES } from './lines.ts'

/** The load that an event moves: what leaves with it, arrives of it or comes back. How much is in the postings. */
export interface Load {
  readonly shipment: string
  /** The organisation that it is on its way to. */
  readonly to: string
}

export function loadOf(event: DomainEvent): Load | undefined {
  switch (event.type) {
    case 'BatchShipped':
      return { shipment: event.data.shipment, to: event.data.to.org }
    case 'BatchReceived':
      return { shipment: event.data.shipment, to: event.org }
    case 'EventCorrected': {
      const { undo } = event.data
      if (undo.of === 'BatchShipped') return { shipment: undo.shipment, to: undo.to.org }
      if (undo.of === 'BatchReceived') return { shipment: undo.shipment, to: event.org }
      return undefined
    }
    default:
      return undefined
  }
}

/** What a booking puts on the road, in grams; negative where it takes it off. */
export const roadGrams = ({ postings }: Pick<Booking, 'postings'>): number =>
  postings.reduce((sum, { line, grams }) => sum + LINES[line].road * grams, 0)

/**
 * The loads of a site that are not settled after some bookings, by their ids. Requires the bookings in order: a load
 * whose receipt is taken back after all of it was settled is on its way since then, not since it left.
 */
export function openShipmentsAfter(
  before: readonly OpenShipment[],
  bookings: readonly Booking[],
): OpenShipment[] {
  const open = new Map(before.map((load) => [load.shipment, load]))
  for (const booking of bookings) {
    const { load, at } = booking
    const grams = roadGrams(booking)
    if (!load || grams === 0) continue
    const { to, since, massGrams } = open.get(load.shipment) ?? { to: load.to, since: at, massGrams: 0 }
    // A receipt may count before the shipment, where only that came late; both are in the books until they meet.
    if (massGrams + grams === 0) open.delete(load.shipment)
    else open.set(load.shipment, { shipment: load.shipment, to, since, massGrams: massGrams + grams })
  }
  return [...open.values()].sort((a, b) => (a.shipment < b.shipment ? -1 : 1))
}
