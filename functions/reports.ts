import type * as z from 'zod/mini'
import type { massBalanceView } from '../shared/contract/answers/reports.ts'
import { REPORT_ROUTES } from '../shared/contract/routes/reports.ts'
import { isAtSite } from '../shared/domain/identity/reach.ts'
import { accept, refuse, type Decision } from '../shared/domain/refusal.ts'
import type { MassBalance } from '../shared/domain/report/balance.ts'
import { csvOf } from '../shared/domain/report/csv.ts'
import type { Range } from '../shared/domain/report/closed.ts'
import { findSite } from './commands/acting.ts'
import { readCloses } from './adapters/lists.ts'
import { readOpeningsOf, textIn } from './adapters/openings.ts'
import { reading } from './callers/reading.ts'
import { json } from './http/answers.ts'
import { readBalance, readClosesOf } from './views/balance.ts'
import { serve } from './http/http.ts'
import { viewPeriod } from './views/report-view.ts'

/** What an auditor reconciles with: mass balances, and the periods that were closed. */
export const handler = serve(REPORT_ROUTES, {
  readMassBalance: reading(async ({ query, header }, reader) => {
    const site = await findSite(reader, query.site, '/site')
    if (!site.ok) return site
    const range = rangeOf(query, new Date())
    if (!range.ok) return range
    const place = { org: reader.org, site: site.value.id }
    const closes = await readClosesOf(place)
    const { report, view, sha256, asOf } = await readBalance(place, range.value, closes)
    const reasons = await reasonsIn(report)
    if (wantsCsv(header('accept'), query.format)) {
      const name = `mass-balance-${report.site}-${report.from.slice(0, 10)}-${report.to.slice(0, 10)}.csv`
      return {
        answer: {
          statusCode: 200,
          headers: {
            'content-type': 'text/csv; charset=utf-8; header=present',
            'content-disposition': `attachment; filename="${name}"`,
            'cache-control': 'no-store',
            vary: 'accept',
          },
          body: csvOf(withReasons(report, reasons), { asOf, sha256 }, query.lang),
        },
      }
    }
    const closed = closes.find(({ from, to }) => from === report.from && to === report.to)
    const answer: z.output<typeof massBalanceView> = {
      asOf,
      note: NOTE,
      sha256,
      ...(closed && {
        closedAs: {
          periodId: closed.id,
          reportSha256: closed.reportSha256,
          agrees: closed.reportSha256 === sha256,
        },
      }),
      report: view,
      ...(Object.keys(reasons).length > 0 && { reasons }),
    }
    return json(200, answer, { vary: 'accept' })
  }),

  listPeriods: reading(async ({ query }, reader) => {
    const site = query.site === undefined ? accept(undefined) : await findSite(reader, query.site, '/site')
    if (!site.ok) return site
    const closes = (await readCloses(reader.org)).filter((close) => isAtSite(reader, close.site))
    const wanted = closes.filter((period) => site.value === undefined || period.site === site.value.id)
    return json(200, { items: wanted.map(viewPeriod) })
  }),
})

/** Why corrections were made, by their events, where that was not erased. What is hashed of a report is without. */
async function reasonsIn({ exceptions }: MassBalance): Promise<Record<string, string>> {
  const corrections = exceptions.listed.flatMap((one) => (one.kind === 'correction' ? [one.event] : []))
  const openings = await readOpeningsOf(corrections)
  return Object.fromEntries(
    corrections.flatMap((event) => {
      const reason = textIn(openings.get(event), 'reason')
      return reason === undefined ? [] : [[event, reason]]
    }),
  )
}

function withReasons(report: MassBalance, reasons: Readonly<Record<string, string>>): MassBalance {
  const { exceptions } = report
  const listed = exceptions.listed.map((one) => {
    const reason = one.kind === 'correction' ? reasons[one.event] : undefined
    return one.kind === 'correction' && reason !== undefined ? { ...one, reason } : one
  })
  return { ...report, exceptions: { ...exceptions, listed } }
}

const NOTE = {
  en: 'Made from an index that follows the records, usually within a second: what was recorded a moment before asOf may be missing. Nothing else is left out.',
  zh: '本报表依据的索引略晚于原始记录（通常在一秒内）：asOf 之前片刻登记的内容可能尚未计入。除此之外没有遗漏。',
}

/** CSV for those who ask for it by `format=csv`, or accept it and not JSON. */
function wantsCsv(accepts: string | undefined, format: 'json' | 'csv' | undefined): boolean {
  if (format !== undefined) return format === 'csv'
  return accepts !== undefined && accepts.includes('text/csv') && !accepts.includes('application/json')
}

/** The period asked for; without `from` the month in which it ends, without `to` up to now. */
function rangeOf(
  given: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
): Decision<Range> {
  const to = given.to === undefined ? now : new Date(given.to)
  if (to > now) {
    const detail = `${to.toISOString()} lies in the future: it is now ${now.toISOString()}, and a report ends there at the latest.`
    return refuse('future-time', detail, '/to')
  }
  const from = given.from === undefined ? monthOf(to) : new Date(given.from)
  if (from < to) return accept({ from: from.toISOString(), to: to.toISOString() })
  const detail = `The period begins at ${from.toISOString()} and would end at ${to.toISOString()}; it has to begin before it ends.`
  return refuse('invalid-request', detail, '/from')
}

/** The beginning, in UTC, of the month of the last instant before `to`. */
function monthOf(to: Date): Date {
  const last = new Date(to.getTime() - 1)
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), 1))
}
