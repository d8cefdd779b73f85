import { refuseByRule, type Refused } from './refusal.ts'

/** R7: clocks of phones and plants may run ahead of ours by this much, and no more. */
export const CLOCK_SKEW_SECONDS = 300

/** The latest of some instants, all UTC ISO 8601; empty where there are none. */
export const latest = (instants: readonly string[]): string =>
  instants.reduce((last, at) => (at > last ? at : last), '')

/** Refuses a time that lies in the future beyond the allowed skew. Both are UTC ISO 8601. */
export function checkTime(occurredAt: string, now: string, pointer = '/occurredAt'): Refused | undefined {
  if (Date.parse(occurredAt) - Date.parse(now) <= CLOCK_SKEW_SECONDS * 1000) return undefined
  const minutes = CLOCK_SKEW_SECONDS / 60
  const sentence = {
    en: `${occurredAt} lies in the future: it is now ${now}, and at most ${minutes} minutes ahead is allowed.`,
    zh: `${occurredAt} 在将来：现在是 ${now}，最多允许超前 ${minutes} 分钟。`,
  }
  return refuseByRule({ rule: 'R7', sentence }, pointer, 'future-time')
}
