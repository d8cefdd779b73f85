import { isDeepStrictEqual } from 'node:util'
import type { DomainEvent } from '../../../shared/domain/events/event.ts'
import { bookingOf, inOrder, type Booking } from '../../../shared/domain/report/booking.ts'
import type { Place } from '../../../shared/domain/report/lines.ts'
import { EMPTY_STOCK, stockAfter } from '../../../shared/domain/report/stock.ts'
import type { Period } from '../../../shared/domain/state/period.ts'
import { periodsAt, type Known } from '../known.ts'
import { ORGANISATIONS } from '../organisations.ts'
import type { Evidence } from './evidence.ts'
import { journalOf } from './journal.ts'

/** What a close had in its books by its date, but had come in so shortly before that it must say so. */
const RECENT_MS = 60_000

/** The closed periods of every site follow on each other, and hold what they were closed with, counted again. */
export function periodComplaints(evidence: Evidence): string[] {
  const places = ORGANISATIONS.flatMap(({ id, sites }) => sites.map((site) => ({ org: id, site: site.id })))
  return places.flatMap((place) => {
    const periods = periodsAt(evidence, place)
    if (periods.length === 0) return []
    const journal = countedAt(evidence, place)
    return periods.flatMap((period, index) => {
      const { id, from, to, opening, closing } = period
      const counted = stockAfter(
        EMPTY_STOCK,
        journal.filter(({ at }) => at < to),
      )
      const before = periods[index - 1]
      return [
        ...(before && before.to !== from ? [`${id} begins at ${from}, not at ${before.to}`] : []),
        ...(from < to ? [] : [`${id} ends at ${to}, before it begins`]),
        ...(isDeepStrictEqual(opening, before?.closing ?? EMPTY_STOCK)
          ? []
          : [`${id} opens with another stock`]),
        ...(isDeepStrictEqual(closing, counted)
          ? []
          : [`${id} closed with ${JSON.stringify(closing)}, counted ${JSON.stringify(counted)}`]),
        ...(isNegative(closing.byStage) || isNegative(closing.claims) || closing.inProcessGrams < 0
          ? [`${id} closed below zero`]
          : []),
      ]
    })
  })
}

const isNegative = (figures: Readonly<Record<string, number>>): boolean =>
  Object.values(figures).some((grams) => grams < 0)

/** The bookings of a site in order, each at the instant from which it counts. */
export function countedAt(known: Pick<Known, 'events' | 'subjects'>, place: Place): Booking[] {
  const periods = periodsAt(known, place)
  return inOrder(
    journalOf(known.events, place).map((event) => {
      const booking = bookingOf(event, place)
      return { ...booking, at: countsFrom(event, periods) }
    }),
  )
}

/** An event counts in the first period that ends after it and whose close had seen it, else in the one that is open. */
function countsFrom(
  { id, occurredAt, bookedAt = occurredAt, recordedAt }: DomainEvent,
  periods: readonly Period[],
): string {
  const isSeen = ({ asOf, recent }: Period): boolean =>
    recent.includes(id) || Date.parse(recordedAt) < Date.parse(asOf) - RECENT_MS
  const index = periods.findIndex((period) => bookedAt < period.to && isSeen(period))
  const begin = index < 0 ? periods.at(-1)?.to : (periods[index - 1]?.to ?? periods[0]?.from)
  return begin === undefined || bookedAt > begin ? bookedAt : begin
}

/** What is dated into a period that had been closed before it was recorded says itself that it counts later. */
export function lateComplaints(before: Known, after: Known): string[] {
  const known = new Set(before.events.map(({ id }) => id))
  const periods = [...before.subjects.values()].filter((subject) => subject.kind === 'period')
  return periods.flatMap(({ id: period, org, site, to }) =>
    journalOf(after.events, { org, site })
      .filter(({ id, occurredAt, bookedAt = occurredAt }) => !known.has(id) && bookedAt < to)
      .map(({ id }) => `${id} is booked into ${period}, which was closed before`),
  )
}
