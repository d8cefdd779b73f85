import type { CheckResult } from './rule.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, THRESHOLDS } from './thresholds.ts'
import { kg } from './wording.ts'

/** A pickup in which the same photo (by its SHA-256) was used before. */
export interface EarlierUse {
  readonly batch: string
  /** Whose it is, as seen from here. A sentence names the batch only of the same station: others' are not its business. */
  readonly usedBy: 'same-station' | 'same-organisation' | 'another-organisation'
  readonly massGrams: number
  readonly occurredAt: string
}

/**
 * R5: no pickup is entered twice. The same photo, station and mass within 24 hours fails; the same photo otherwise is
 * for an auditor, as one photo may rightly show two bags, and another organisation's may have been copied.
 */
export function checkDuplicate(pickup: {
  readonly massGrams: number
  readonly occurredAt: string
  readonly earlier: readonly EarlierUse[]
}): CheckResult {
  const { massGrams, earlier } = pickup
  const hours = THRESHOLDS.duplicateHours
  const same = earlier.find(
    ({ usedBy, ...use }) =>
      usedBy === 'same-station' &&
      use.massGrams === massGrams &&
      hoursApart(use.occurredAt, pickup.occurredAt) <= hours,
  )
  if (same) {
    const mass = kg(massGrams)
    return {
      rule: 'R5',
      verdict: 'fail',
      sentence: {
        en: `Pickup ${same.batch} has the same photo, the same station and the same ${mass.en} within ${hours} hours; a pickup is entered once.`,
        zh: `回收批次 ${same.batch} 在 ${hours} 小时内使用了相同的照片、站点和重量（${mass.zh}）；每次回收只登记一次。`,
      },
    }
  }
  if (earlier.length === 0) {
    const sentence = {
      en: 'No photo of this pickup is known from another pickup that stands.',
      zh: '本次回收的照片未见于其他有效的回收登记。',
    }
    return { rule: 'R5', verdict: 'pass', sentence }
  }
  const uses = usesInWords(earlier)
  return {
    rule: 'R5',
    verdict: 'review',
    sentence: {
      en: `A photo of this pickup was already used ${uses.en.join(' and ')}; each pickup usually has its own.`,
      zh: `本次回收的照片已用于${uses.zh.join('，并用于')}；通常每次回收使用各自的照片。`,
    },
  }
}

function usesInWords(earlier: readonly EarlierUse[]): { readonly en: string[]; readonly zh: string[] } {
  const own = earlier.find(({ usedBy }) => usedBy === 'same-station')
  const isUsedBy = (who: EarlierUse['usedBy']): boolean => earlier.some(({ usedBy }) => usedBy === who)
  const uses = [
    ...(own ? [{ en: `for pickup ${own.batch}`, zh: `回收批次 ${own.batch}` }] : []),
    ...(isUsedBy('same-organisation') ? [{ en: 'at another station', zh: '其他站点的登记' }] : []),
    ...(isUsedBy('another-organisation') ? [{ en: 'by another organisation', zh: '其他组织的登记' }] : []),
  ]
  return { en: uses.map(({ en }) => en), zh: uses.map(({ zh }) => zh) }
}

/** R5 for a pickup that is said anew after its photos were erased: nothing is known, and an auditor should know that. */
export const PHOTOS_ERASED: CheckResult = {
  rule: 'R5',
  verdict: 'review',
  sentence: {
    en: 'The photos of this pickup were erased, so whether another pickup has them was not checked again.',
    zh: '本次回收的照片已被删除，因此未再核对是否用于其他回收登记。',
  },
}

const hoursApart = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b)) / HOUR_MS

/**
 * R7, the half that looks at one entry: it may not lie in the future beyond the clock's skew, and one that is entered
 * long after it happened is for an auditor. The deciders refuse the future themselves (shared/domain/time.ts); order
 * of stages and of steps is refused where batches are charged.
 */
export function checkEntryTime(entry: {
  readonly occurredAt: string
  readonly recordedAt: string
}): CheckResult {
  const lateMs = Date.parse(entry.recordedAt) - Date.parse(entry.occurredAt)
  const skewMinutes = (THRESHOLDS.clockSkewSeconds * 1000) / MINUTE_MS
  if (-lateMs > THRESHOLDS.clockSkewSeconds * 1000) {
    const ahead = Math.ceil(-lateMs / MINUTE_MS)
    return {
      rule: 'R7',
      verdict: 'fail',
      sentence: {
        en: `The entry lies ${ahead} minutes in the future; at most ${skewMinutes} are allowed.`,
        zh: `登记时间超前 ${ahead} 分钟；最多允许 ${skewMinutes} 分钟。`,
      },
    }
  }
  const usual = THRESHOLDS.lateEntryDays
  const late = lateMs > usual * DAY_MS
  const days = Math.max(0, late ? Math.ceil(lateMs / DAY_MS) : Math.floor(lateMs / DAY_MS))
  return {
    rule: 'R7',
    verdict: late ? 'review' : 'pass',
    sentence: {
      en: `It was entered ${days} days after it happened; up to ${usual} is usual.`,
      zh: `登记比发生时间晚 ${days} 天；通常不超过 ${usual} 天。`,
    },
  }
}
