import { massBalance, type Balanced, type MassBalance } from '../../shared/domain/report/balance.ts'
import { bookingOf, type Booking } from '../../shared/domain/report/booking.ts'
import { arrange, baseOf, readFrom, recentIn, type Range } from '../../shared/domain/report/closed.ts'
import type { Place } from '../../shared/domain/report/lines.ts'
import { EMPTY_STOCK, stockAfter } from '../../shared/domain/report/stock.ts'
import type { Period } from '../../shared/domain/state/period.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import { sha256OfText, toHex } from '../../shared/ledger/hash.ts'
import { readJournal } from '../adapters/journal.ts'
import { readCloses } from '../adapters/lists.ts'
import { viewMassBalance, type ReportView } from './report-view.ts'

/** A mass balance as it was read, and what it was made of. */
export interface ReadBalance {
  readonly asOf: string
  /** Of the newest entries those that were there, also where they only make up the opening stock. */
  readonly recent: readonly string[]
  readonly balanced: Balanced
  readonly report: MassBalance
  readonly view: ReportView
  /** Of the JCS of the view, so that whoever has the JSON can check it. */
  readonly sha256: string
}

/** A site's journal, as far as it was read, as bookings. */
export interface ReadJournal {
  /** When reading began. */
  readonly asOf: string
  readonly bookings: readonly Booking[]
}

/** Reads the journal from an instant on (from the beginning, without it) up to but without another (to the end). */
export async function readBookings(
  place: Place,
  { from, to = END_OF_TIME }: { readonly from?: string | undefined; readonly to?: string },
): Promise<ReadJournal> {
  const asOf = new Date().toISOString()
  const bookings: Booking[] = []
  for await (const events of readJournal(place, { from, to })) {
    bookings.push(...events.map((event) => bookingOf(event, place)))
  }
  return { asOf, bookings }
}

const END_OF_TIME = '9999'

/** Reads what a balance needs and makes it. Requires the site's closes, the earliest first. */
export async function readBalance(
  place: Place,
  range: Range,
  closes: readonly Period[],
): Promise<ReadBalance> {
  const read = await readBookings(place, { from: readFrom(closes, range.from), to: range.to })
  return balanceOf(place, read, range, closes)
}

/** The balance of a range, from all that concerns it; `beginning` as for {@link arrange}. */
export async function balanceOf(
  place: Place,
  { asOf, bookings }: ReadJournal,
  { from, to }: Range,
  closes: readonly Period[],
  beginning?: string,
): Promise<ReadBalance> {
  const arranged = arrange(bookings, closes, { from, to }, beginning)
  const { before, within } = arranged
  const opening = stockAfter(baseOf(closes, from)?.closing ?? EMPTY_STOCK, before)
  const balanced = { ...place, from, to, opening, bookings: within }
  const report = massBalance(balanced)
  const view = viewMassBalance(report)
  const recent = recentIn(arranged, asOf)
  const sha256 = toHex(await sha256OfText(canonicalJson(view)))
  return { asOf, recent, balanced, report, view, sha256 }
}

/** The closed periods of one site, the earliest first, read strongly. */
export async function readClosesOf({ org, site }: Place): Promise<Period[]> {
  return (await readCloses(org)).filter((period) => period.site === site)
}
