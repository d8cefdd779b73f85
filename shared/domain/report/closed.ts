import type { Period } from '../state/period.ts'
import { latest } from '../time.ts'
import { inOrder, type Booking } from './booking.ts'

/**
 * When an entry counts, given the periods that a site has closed. A closed period never changes: what it did not hold
 * when it was closed counts from the beginning of the next one that does, or of the open one.
 *
 * Almost always the entry itself says so (`bookedAt`), because its writer knew of the close. But an entry may be on its
 * way while a period is being closed: its writer had looked up the closes some seconds before, or its transaction was
 * still being tried, or the index did not show it yet. It then stands in the journal among what was closed. To tell the
 * two apart a close notes when it read the journal, and which entries it saw that had been recorded in the
 * {@link RECENT_MS} before; whatever else came that late had not been seen.
 */
export type Closed = Pick<Period, 'from' | 'to' | 'asOf' | 'recent' | 'recordedAt' | 'closing'>

/** Longer than a look-up of closes is kept, a command is tried, an index lags and clocks differ, all together. */
export const RECENT_MS = 60_000

/** What a close that reads the journal now has to note of what it saw, also of what only makes up its opening stock. */
export function recentIn({ before, within }: Arranged, asOf: string): string[] {
  return [...before, ...within]
    .filter(({ recordedAt }) => !isLongBefore(recordedAt, asOf))
    .map(({ event }) => event)
}

/**
 * The entry that a site's first period begins with: the earliest that stands or, where none does, the earliest of all.
 * A mistake that was taken back may be dated anywhere, and its correction says when it was made.
 */
export function firstEntry(bookings: readonly Booking[]): Booking | undefined {
  const [first] = inOrder(standing(bookings))
  return first ?? inOrder(bookings)[0]
}

/** Entries that stand and moved mass, or a run, before an instant; in order. Requires whole journals. */
export function standingBefore(bookings: readonly Booking[], from: string): Booking[] {
  return inOrder(standing(bookings)).filter(
    ({ at, postings, run }) => at < from && (postings.length > 0 || run !== undefined),
  )
}

function standing(bookings: readonly Booking[]): Booking[] {
  const gone = new Set(bookings.map(({ takesBack }) => takesBack))
  return bookings.filter(({ event, type }) => type !== 'EventCorrected' && !gone.has(event))
}

const isLongBefore = (recordedAt: string, asOf: string): boolean =>
  Date.parse(recordedAt) < Date.parse(asOf) - RECENT_MS

const held = ({ asOf, recent }: Closed, { event, recordedAt }: Booking): boolean =>
  isLongBefore(recordedAt, asOf) || recent.includes(event)

/**
 * The instant from which an entry counts. Requires the site's closes, the earliest first, and where the first is being
 * made, where its period begins. Nothing counts before that: what is dated earlier and was taken back is in the books
 * from there on until its correction, so that the first period opens with nothing, and all that ever was is in some books.
 */
export function countsFrom(
  booking: Booking,
  closes: readonly Closed[],
  beginning = closes[0]?.from ?? '',
): string {
  return latest([beginning, heldFrom(booking, closes)])
}

function heldFrom(booking: Booking, closes: readonly Closed[]): string {
  const first = closes.findIndex(({ to }) => booking.at < to)
  if (first < 0) return booking.at
  const holding = closes.findIndex((close, index) => index >= first && held(close, booking))
  if (holding === first) return booking.at
  return (holding < 0 ? closes.at(-1)?.to : closes[holding]?.from) ?? booking.at
}

export interface Range {
  readonly from: string
  readonly to: string
}

/** The last close before an instant: where its books begin. */
export function baseOf(closes: readonly Closed[], from: string): Closed | undefined {
  return closes.findLast(({ to }) => to <= from)
}

/**
 * From when on the journal has to be read for a report that begins at `from`; undefined for all of it. That is one
 * closed period more than the books need, for what came in while it was being closed, and as many as were closed in
 * the same few minutes. What is dated before the first of all closes counts in that, so there it is all.
 */
export function readFrom(closes: readonly Closed[], from: string): string | undefined {
  const base = baseOf(closes, from)
  if (!base) return undefined
  const earliest = closes.findIndex(
    ({ recordedAt }) => Date.parse(recordedAt) >= Date.parse(base.recordedAt) - 2 * RECENT_MS,
  )
  return earliest === 0 ? undefined : closes[earliest]?.from
}

export interface Arranged {
  /** Since the base and before the range; they make up its opening stock. */
  readonly before: readonly Booking[]
  readonly within: readonly Booking[]
}

/**
 * Puts what was read at the time from which it counts, in order, and leaves out what lies before the base or after the
 * range. `beginning` is that of a first period that is being closed, see {@link countsFrom}.
 */
export function arrange(
  bookings: readonly Booking[],
  closes: readonly Closed[],
  { from, to }: Range,
  beginning?: string,
): Arranged {
  const start = baseOf(closes, from)?.to ?? ''
  const counted = bookings.map((booking) => ({ ...booking, at: countsFrom(booking, closes, beginning) }))
  const ordered = inOrder(counted.filter(({ at }) => at >= start && at < to))
  return {
    before: ordered.filter(({ at }) => at < from),
    within: ordered.filter(({ at }) => at >= from),
  }
}
