import type { Language } from './language.ts'

/** Numbers, times and ids as people read them. */

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value)
}

/** The time of day if `iso` falls on the day of `now`, else the date with it. */
export function formatTime(iso: string, now: Date, language: Language): string {
  const time = new Date(iso)
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false }
  const day: Intl.DateTimeFormatOptions = isSameDay(time, now) ? {} : { month: 'short', day: 'numeric' }
  return new Intl.DateTimeFormat(language, { ...day, ...clock }).format(time)
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString()
}
