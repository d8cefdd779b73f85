import type { Language } from '../words/language.ts'

/** Numbers, times and ids as people read them. */

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value)
}

/** The time of day if `iso` falls on the day of `now`, else the date with it; the date alone where no `now` is given. */
export function formatTime(iso: string, now: Date | undefined, language: Language): string {
  const time = new Date(iso)
  if (!now) return new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric' }).format(time)
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false }
  const day: Intl.DateTimeFormatOptions = isSameDay(time, now) ? {} : { month: 'short', day: 'numeric' }
  return new Intl.DateTimeFormat(language, { ...day, ...clock }).format(time)
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString()
}

const UNITS = ['kilobyte', 'megabyte', 'gigabyte'] as const

/** A size as people know it from their phone's settings: in powers of 1,000, two digits at least. */
export function formatBytes(bytes: number, language: Language): string {
  const power = Math.min(UNITS.length, Math.max(1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const unit = UNITS[power - 1] ?? 'kilobyte'
  const value = bytes / 1000 ** power
  const options = { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const
  return new Intl.NumberFormat(language, options).format(value)
}
