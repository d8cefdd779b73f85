import type { Actor } from '../../shared/domain/decide/actor.ts'
import { closePeriod, refusePeriod } from '../../shared/domain/decide/close-period.ts'
import type { UnlinkedEvent } from '../../shared/domain/events/event.ts'
import type { Decision } from '../../shared/domain/refusal.ts'
import { bookingOf } from '../../shared/domain/report/booking.ts'
import { arrange, baseOf, entriesBefore, recentIn } from '../../shared/domain/report/closed.ts'
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
  const first = bookings.map(({ at }) => at).toSorted()[0]
  const allowed = refusePeriod({ site, from: closedUntil ?? first, closedUntil, to }, actor.now)
  if (!allowed.ok) return allowed
  const range = { from: allowed.value, to }
  const arranged = arrange(bookings, closes, range)
  const opening = stockAfter(baseOf(closes, range.from)?.closing ?? EMPTY_STOCK, arranged.before)
  const balanced = { ...place, ...range, opening, bookings: arranged.within }
  const read = { asOf: actor.now, recent: recentIn(arranged, actor.now), reportSha256: '' }
  const isFirst = closedUntil === undefined
  return closePeriod(
    {
      ...balanced,
      ...read,
      isFirst,
      entriesBefore: entriesBefore(arranged),
      period: around.nextId('period'),
    },
    actor,
  )
}
