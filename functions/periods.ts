import { PERIOD_ROUTES } from '../shared/contract/routes/periods.ts'
import { beginningOf, closePeriod } from '../shared/domain/decide/close-period.ts'
import { accept, type Decision } from '../shared/domain/refusal.ts'
import type { Booking } from '../shared/domain/report/booking.ts'
import { firstEntry, standingBefore } from '../shared/domain/report/closed.ts'
import type { Place } from '../shared/domain/report/lines.ts'
import { ofKind } from '../shared/domain/state/world.ts'
import { findSite } from './commands/acting.ts'
import { keyOf } from './adapters/items.ts'
import { periodStartKey } from './adapters/keys.ts'
import { NOTHING_LOADED } from './adapters/ledger.ts'
import { forgetLists } from './adapters/registry.ts'
import { created } from './http/answers.ts'
import { balanceOf, readBalance, readBookings, readClosesOf, type ReadBalance } from './views/balance.ts'
import { execute, homeId } from './commands/command.ts'
import { serve } from './http/http.ts'
import { viewPeriod } from './views/report-view.ts'
import { viewCheck } from './views/views.ts'

/** Closing the books of a site. Of two that close at once, one finds the beginning of the period taken and is refused. */
export const handler = serve(PERIOD_ROUTES, {
  closePeriod: async ({ body, caller, idempotencyKey }) => {
    const period = await homeId('period', { org: caller.org, route: 'closePeriod', idempotencyKey })
    const now = new Date().toISOString()
    const ends = {
      to: new Date(body.to).toISOString(),
      ...(body.from !== undefined && { from: new Date(body.from).toISOString() }),
    }
    const executed = await execute({
      once: { home: period },
      request: body,
      load: async () => {
        const site = await findSite(caller.org, body.siteId)
        if (!site.ok) return site
        const read = await readPeriod({ org: caller.org, site: site.value.id }, ends, now)
        return read.ok ? accept({ world: NOTHING_LOADED, extra: read.value }) : read
      },
      decide: (_, { closedUntil, before, balance }) => {
        const { balanced, asOf, recent, sha256: reportSha256 } = balance
        const isFirst = closedUntil === undefined
        return closePeriod(
          { ...balanced, isFirst, standingBefore: before, period, asOf, recent, reportSha256 },
          { ...caller, now },
        )
      },
      answer: (after, [event]) => {
        const closed = ofKind(after, period, 'period')
        if (!closed || event?.type !== 'PeriodClosed') throw new Error('a close makes a period')
        return { ...viewPeriod(closed), checks: event.data.checks.map(viewCheck) }
      },
      claims: ({ balance, closedUntil }) => [
        { item: keyOf(periodStartKey(caller.org, balance.balanced.site, closedUntil)) },
      ],
    })
    if (!executed.ok) return executed
    forgetLists(caller.org)
    return created(executed.value)
  },
})

interface ReadPeriod {
  readonly balance: ReadBalance
  /** End of the close that it follows on; undefined for a site's first. */
  readonly closedUntil: string | undefined
  /** Of a first period, what stands and is dated before it. */
  readonly before: readonly Booking[]
}

/** What is to be closed, with its balance; a refusal where its ends alone forbid it. */
async function readPeriod(
  place: Place,
  { from: wanted, to }: { readonly from?: string; readonly to: string },
  now: string,
): Promise<Decision<ReadPeriod>> {
  const closes = await readClosesOf(place)
  const closedUntil = closes.at(-1)?.to
  if (closedUntil === undefined) return readFirstPeriod(place, { from: wanted, to }, now)
  const from = beginningOf({ site: place.site, closedUntil, wanted, to }, now)
  if (!from.ok) return from
  const balance = await readBalance(place, { from: from.value, to }, closes)
  return accept({ balance, closedUntil, before: [] })
}

/** A site's first period rests on its whole journal: an entry may be taken back at any time after it. */
async function readFirstPeriod(
  place: Place,
  { from: wanted, to }: { readonly from: string | undefined; readonly to: string },
  now: string,
): Promise<Decision<ReadPeriod>> {
  const read = await readBookings(place, {})
  const first = firstEntry(read.bookings)
  const from = beginningOf({ site: place.site, closedUntil: undefined, first, wanted, to }, now)
  if (!from.ok) return from
  const balance = await balanceOf(place, read, { from: from.value, to }, [], from.value)
  return accept({ balance, closedUntil: undefined, before: standingBefore(read.bookings, from.value) })
}
