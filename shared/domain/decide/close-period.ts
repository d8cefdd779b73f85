import { firstFailure } from '../checks/rule.ts'
import { checkPeriod } from '../checks/period.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import { accept, refuse, refuseByRule, type Decision } from '../refusal.ts'
import { massBalance, type Balanced } from '../report/balance.ts'
import { checkPeriodLedgers } from '../report/ledgers.ts'
import { envelopeOf, type Actor, type Refused } from './actor.ts'

/** Which period of a site is to be closed. */
export interface PeriodWanted {
  readonly site: string
  /** End of the last closed period or, without one, when the first entry counts; undefined where there is none. */
  readonly from: string | undefined
  readonly closedUntil: string | undefined
  /** Beginning that was asked for; a site's first period may begin where nothing is in stock yet. */
  readonly wanted?: string | undefined
  readonly to: string
}

/** Refuses a period by its ends alone, before anything is read. Guarantees that `from` is there. */
export function refusePeriod(
  { site, from, closedUntil, wanted, to }: PeriodWanted,
  now: string,
): Refused | { readonly ok: true; readonly value: string } {
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
    const first = from === undefined ? 'nothing at all was' : `the first entry is of ${from}`
    const detail = `Nothing was recorded at site ${site} before ${to} (${first}), so there is no period to close.`
    return refuse('time-order', detail, pointer)
  }
  const length = checkPeriod({ from, to })
  return length.verdict === 'fail' ? refuseByRule(length, pointer) : accept(from)
}

export interface ClosePeriod extends Balanced {
  readonly isFirst: boolean
  /** Entries that count before it and were not taken back; of a first period none may be left out. */
  readonly entriesBefore: number
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
  const unopened = refuseStockBefore(command)
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

/** What a site had before its first period would be in no closed books at all. */
function refuseStockBefore({
  isFirst,
  site,
  from,
  opening,
  entriesBefore,
}: ClosePeriod): Refused | undefined {
  const { byStage, inProcessGrams, openRuns } = opening
  const isEmpty = Object.keys(byStage).length === 0 && inProcessGrams === 0 && openRuns.length === 0
  if (!isFirst || (isEmpty && entriesBefore === 0)) return undefined
  const detail = `Site ${site} had material before ${from}; its first period begins before that, or with its first entry where no beginning is given. A mistake that was corrected counts until the date of its correction.`
  return refuse('time-order', detail, '/from')
}
