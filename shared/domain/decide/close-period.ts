import { firstFailure, type CheckResult } from '../checks/rule.ts'
import { checkPeriod } from '../checks/period.ts'
import { day } from '../checks/wording.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import { accept, refuse, refuseByRule, type Decision, type Refused } from '../refusal.ts'
import { massBalance, type Balanced } from '../report/balance.ts'
import type { Booking } from '../report/booking.ts'
import { checkPeriodLedgers } from '../report/ledgers.ts'
import { envelopeOf, type Actor } from './actor.ts'

/** Which period of a site is to be closed. */
export interface PeriodWanted {
  readonly site: string
  /** End of the last closed period, which it follows on. */
  readonly closedUntil: string | undefined
  /** What a site's first period begins with, unless that is said; undefined where there is nothing. */
  readonly first?: Entry | undefined
  /** Beginning that was asked for; only a site's first period has a choice. */
  readonly wanted?: string | undefined
  readonly to: string
}

/** An entry of the journal, and when it counts. */
export type Entry = Pick<Booking, 'event' | 'at'>

/** When a period begins, or why its ends alone refuse it. */
export function beginningOf(wantedPeriod: PeriodWanted, now: string): Decision<string> {
  const { site, first, closedUntil, wanted, to } = wantedPeriod
  const from = closedUntil ?? wanted ?? first?.at
  const pointer = '/to'
  if (to > now) {
    const detail = `${to} lies in the future: it is now ${now}, and a period can be closed once it is over.`
    return refuse('future-time', detail, pointer)
  }
  if (closedUntil !== undefined && to <= closedUntil) {
    const detail = `Site ${site} is closed until ${closedUntil} already; the next period ends after that, not at ${to}.`
    return refuse('period-closed', detail, pointer)
  }
  if (wanted !== undefined && closedUntil !== undefined && wanted !== closedUntil) {
    const detail = `Site ${site} is closed until ${closedUntil}; its next period begins then, not at ${wanted}.`
    return refuse('period-closed', detail, '/from')
  }
  if (from === undefined || to <= from) {
    const begins = wanted === undefined ? 'the first entry is of' : 'the period is to begin at'
    const why = from === undefined ? 'nothing at all was' : `${begins} ${from}`
    const detail = `Nothing was recorded at site ${site} before ${to} (${why}), so there is no period to close.`
    return refuse('time-order', detail, pointer)
  }
  const length = checkPeriod({ from, to })
  return length.verdict === 'fail' ? refuseByRule(advised(length, wantedPeriod), pointer) : accept(from)
}

/** A period that is too long, with what to do about it: a mistyped year must not make its site close dozens of periods. */
function advised(length: CheckResult, { closedUntil, wanted, first }: PeriodWanted): CheckResult {
  const { en, zh } = length.sentence
  const part = { en: 'close a part that ends earlier first.', zh: '先关闭结束时间较早的一段。' }
  const isEntry = closedUntil === undefined && wanted === undefined && first !== undefined
  const advice = isEntry
    ? {
        en: `It begins with ${nameOf(first)}, the first entry. If that is a mistake, correct it, which takes it back, and close again. Else ${part.en}`,
        zh: `期间自首条记录 ${nameOf(first)} 起。若该记录有误，请先更正（撤回）后再关闭；否则请${part.zh}`,
      }
    : { en: `So ${part.en}`, zh: `请${part.zh}` }
  return { ...length, sentence: { en: `${en} ${advice.en}`, zh: `${zh}${advice.zh}` } }
}

const nameOf = ({ event, at }: Entry): string => `${event} of ${day(at)}`

export interface ClosePeriod extends Balanced {
  readonly isFirst: boolean
  /** Entries that stand and are dated before it: a first period may leave none out. */
  readonly standingBefore: readonly Entry[]
  readonly period: string
  /** When the journal was read. */
  readonly asOf: string
  /** Of the newest entries, those that the journal showed then; see report/closed.ts. */
  readonly recent: readonly string[]
  readonly reportSha256: string
}

/**
 * Decides the close of a site's period. R12 refuses it where any ledger was below zero at any time. From then on the
 * period's figures stand: what comes later, and what is corrected later, counts in the next.
 */
export function closePeriod(command: ClosePeriod, actor: Actor): Decision<UnlinkedEvent[]> {
  const { period, site, from, to, asOf, recent, reportSha256 } = command
  const unopened = refuseStandingBefore(command)
  if (unopened) return unopened
  const checks = checkPeriodLedgers(command)
  const failure = firstFailure(checks)
  if (failure) return refuseByRule(failure, '/to')
  const { opening, closing } = massBalance(command)
  return accept([
    {
      ...envelopeOf(period, 1, { site, occurredAt: actor.now }, actor),
      type: 'PeriodClosed',
      data: { period, from, to, asOf, recent, opening, closing, reportSha256, checks },
    },
  ])
}

/** What a site had before its first period would be in no closed books at all, also if it has left since. */
function refuseStandingBefore({ isFirst, site, from, standingBefore }: ClosePeriod): Refused | undefined {
  const [first] = standingBefore
  if (!isFirst || !first) return undefined
  const others = standingBefore.length > 1 ? `, the first of ${standingBefore.length} entries` : ''
  const detail = `Site ${site} had material before ${from}: ${nameOf(first)}${others}. Begin its first period at ${first.at} at the latest, or leave "from" out. If an entry is a mistake, correct it, which takes it back; then it is in nobody's way.`
  return refuse('time-order', detail, '/from')
}
