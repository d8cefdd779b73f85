import { refuse, type Refusal } from './refusal.ts'

/** R7: clocks of phones and plants may run ahead of ours by this much, and no more. */
export const CLOCK_SKEW_SECONDS = 300

/** The latest of some instants, all UTC ISO 8601; empty where there are none. */
export const latest = (instants: readonly string[]): string =>
  instants.reduce((last, at) => (at > last ? at : last), '')

/** Refuses a time that lies in the future beyond the allowed skew. Both are UTC ISO 8601. */
export function checkTime(
  occurredAt: string,
  now: string,
  pointer = '/occurredAt',
): { ok: false; refusal: Refusal } | undefined {
  if (Date.parse(occurredAt) - Date.parse(now) <= CLOCK_SKEW_SECONDS * 1000) return undefined
  const detail = `${occurredAt} lies in the future: it is now ${now}, and at most ${CLOCK_SKEW_SECONDS / 60} minutes ahead is allowed.`
  return refuse('future-time', detail, pointer)
}
