import type { LocalName } from '../organisation.ts'
import type { CheckResult } from './rule.ts'
import { THRESHOLDS } from './thresholds.ts'
import { day, kg } from './wording.ts'

/** Mass that came to (> 0) or left (< 0) a ledger. */
export interface Movement {
  readonly occurredAt: string
  readonly deltaGrams: number
}

/**
 * R12: a ledger never falls below zero, at no time of the period, not only at its end: what was sold before it was
 * there was sold without backing. Movements may come in any order; those of one instant count as one.
 */
export function checkLedger(ledger: {
  readonly openingGrams: number
  readonly movements: readonly Movement[]
  /** What it is the ledger of, if that does not go without saying. */
  readonly of?: LocalName
}): CheckResult {
  const of = ledger.of ? { en: ` of ${ledger.of.en}`, zh: ledger.of.zh } : { en: '', zh: '' }
  let balance = ledger.openingGrams
  let lowest: { readonly grams: number; readonly at?: string } = { grams: balance }
  for (const [at, delta] of byInstant(ledger.movements)) {
    balance += delta
    if (balance < lowest.grams) lowest = { grams: balance, at: new Date(at).toISOString() }
  }
  const [low, closing] = [kg(lowest.grams), kg(balance)]
  if (lowest.grams < 0) {
    const when =
      lowest.at === undefined
        ? { en: 'at the opening', zh: '期初' }
        : { en: `on ${day(lowest.at)}`, zh: `${day(lowest.at)} ` }
    return {
      rule: 'R12',
      verdict: 'fail',
      sentence: {
        en: `The balance${of.en} is ${low.en} ${when.en}; it may not be below 0 kg at any time.`,
        zh: `${when.zh}${of.zh}结余为 ${low.zh}；任何时候都不得小于 0 千克。`,
      },
    }
  }
  return {
    rule: 'R12',
    verdict: 'pass',
    sentence: {
      en: `The balance${of.en} is never below ${low.en} and closes at ${closing.en}; it may not be below 0 kg.`,
      zh: `期间${of.zh}结余最低为 ${low.zh}，期末为 ${closing.zh}；不得小于 0 千克。`,
    },
  }
}

function byInstant(movements: readonly Movement[]): [number, number][] {
  const sums = new Map<number, number>()
  for (const { occurredAt, deltaGrams } of movements) {
    const at = Date.parse(occurredAt)
    sums.set(at, (sums.get(at) ?? 0) + deltaGrams)
  }
  return [...sums].sort(([a], [b]) => a - b)
}

/** R12: a period, from `from` up to but without `to` (UTC), is longer than nothing and at most three months long. */
export function checkPeriod(period: { readonly from: string; readonly to: string }): CheckResult {
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)]
  const months = THRESHOLDS.periodMonths
  const lasts = {
    en: `${day(period.from)} to ${day(period.to)}`,
    zh: `${day(period.from)} 至 ${day(period.to)}`,
  }
  if (to <= from) {
    return {
      rule: 'R12',
      verdict: 'fail',
      sentence: {
        en: `The period ${lasts.en} does not end after it begins; it has to.`,
        zh: `期间 ${lasts.zh} 的结束时间不晚于开始时间；结束须晚于开始。`,
      },
    }
  }
  const long = to > monthsAfter(from, months)
  // A period that is too long by hours does not look it by its days.
  const exact = long ? { en: `${period.from} to ${period.to}`, zh: `${period.from} 至 ${period.to}` } : lasts
  return {
    rule: 'R12',
    verdict: long ? 'fail' : 'pass',
    sentence: {
      en: `The period is ${exact.en}; at most ${months} months are allowed.`,
      zh: `期间为 ${exact.zh}；最长允许 ${months} 个月。`,
    },
  }
}

/** The same day so many months later or, where that month is too short, its last day. */
function monthsAfter(instant: number, months: number): number {
  const start = new Date(instant)
  const end = new Date(instant)
  end.setUTCDate(1)
  end.setUTCMonth(end.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  end.setUTCDate(Math.min(start.getUTCDate(), lastDay))
  return end.getTime()
}
