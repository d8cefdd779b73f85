import type { Actor } from '../../shared/domain/decide/actor.ts'
import { beginningOf, closePeriod } from '../../shared/domain/decide/close-period.ts'
import type { UnlinkedEvent } from '../../shared/domain/events/event.ts'
import type { Decision } from '../../shared/domain/refusal.ts'
import { bookingOf } from '../../shared/domain/report/booking.ts'
import { arrange, baseOf, firstEntry, recentIn, standingBefore } from '../../shared/domain/report/closed.ts'
import { EMPTY_STOCK, stockAfter } from '../../shared/domain/report/stock.ts'
import type { Surroundings } from './decide.ts'
import type { CommandOf } from './intent.ts'
import { periodsAt } from './known.ts'
import { journalOf } from './laws/journal.ts'

/** Closing the books of a site, as functions/periods.ts does it with a journal that is read from the table. */
export function decideClose(
  { site, to }: CommandOf<'close-period'>,
  around: Surroundings,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const place = { org: actor.org, site }
  const closes = periodsAt(around, place)
  const bookings = journalOf(around.events, place).map((event) => bookingOf(event, place))
  const closedUntil = closes.at(-1)?.to
  const isFirst = closedUntil === undefined
  const first = isFirst ? firstEntry(bookings) : undefined
  const allowed = beginningOf({ site, closedUntil, first, to }, actor.now)
  if (!allowed.ok) return allowed
  const range = { from: allowed.value, to }
  const arranged = arrange(bookings, closes, range, isFirst ? range.from : undefined)
  const opening = stockAfter(baseOf(closes, range.from)?.closing ?? EMPTY_STOCK, arranged.before)
  const balanced = { ...place, ...range, opening, bookings: arranged.within }
  const read = { asOf: actor.now, recent: recentIn(arranged, actor.now), reportSha256: '' }
  return closePeriod(
    {
      ...balanced,
      ...read,
      isFirst,
      standingBefore: isFirst ? standingBefore(bookings, range.from) : [],
      period: around.nextId('period'),
    },
    actor,
  )
}
