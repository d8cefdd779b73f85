import type { Language } from './language.ts'
import type { Share } from './shares.ts'

/**
 * Numbers and dates as each language writes them. A page holds a hundred, and with Intl it takes twice as long to make:
 * they are put together from their digits instead, which is exact, and tests hold them to what Intl writes. Dates are
 * days in UTC, as the records are (`2026-07-04T02:00:00Z`); the footer says so.
 */
export interface Format {
  /** A count of things. */
  count: (value: number) => string
  /** Kilograms to the gram, with no more decimals than it needs. */
  kg: (grams: number) => string
  /** Kilograms with a fixed number of decimals, for columns; {@link decimalsFor} says how many show all of it. */
  kgFixed: (grams: number, decimals: number) => string
  /** Grams to the milligram, with no more decimals than they need. */
  grams: (grams: number) => string
  /** Thousandths as wholes to three figures or so, for what is not known any better: `0.64`, `12.3`, `1,235`. */
  about: (thousandths: number) => string
  /** Thousandths that may be below zero, with their sign. */
  signedKgFixed: (grams: number, decimals: number) => string
  /** Basis points, which are exact. */
  percent: (shareBp: number) => string
  /** A share, with no needless `.0`: for sentences. */
  share: (share: Share) => string
  /** A share with one decimal always: for columns. */
  shareFixed: (share: Share) => string
  day: (instant: string) => string
  days: (from: string, to: string) => string
  /** Months as `2026-07`. */
  months: (from: string, to: string) => string
}

export function formatOf(language: Language): Format {
  return FORMATS[language]
}

/** Both languages group digits by thousands with a comma and write a decimal point. */
const NUMBERS: Omit<Format, 'day' | 'days' | 'months'> = {
  count: grouped,
  kg: thousandths,
  kgFixed: thousandths,
  grams: (grams) => thousandths(Math.round(grams * 1000)),
  about,
  signedKgFixed: (grams, decimals) =>
    `${grams < 0 ? '−' : grams > 0 ? '+' : ''}${thousandths(Math.abs(grams), decimals)}`,
  percent: (shareBp) => `${shareBp / 100}%`,
  share: (share) => shareText(share, (tenths) => (tenths % 10 === 0 ? `${tenths / 10}` : tenthsText(tenths))),
  shareFixed: (share) => shareText(share, tenthsText),
}

const FORMATS: Readonly<Record<Language, Format>> = {
  en: { ...NUMBERS, ...datesBy(englishDate, englishRange) },
  zh: { ...NUMBERS, ...datesBy(chineseDate, chineseRange) },
}

function grouped(whole: number): string {
  const digits = String(whole)
  return digits.length < 4 ? digits : digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** A whole number of thousandths as a number of wholes. */
function thousandths(value: number, decimals: number = decimalsFor([value])): string {
  const whole = grouped(Math.floor(value / 1000))
  return decimals === 0
    ? whole
    : `${whole}.${String(value % 1000)
        .padStart(3, '0')
        .slice(0, decimals)}`
}

/** Fewer decimals the larger it is. Something is never shown as nothing. */
function about(value: number): string {
  if (value > 0 && value < 5) return '<0.01'
  const decimals = value >= 100_000 ? 0 : value >= 10_000 ? 1 : 2
  const step = 10 ** (3 - decimals)
  return thousandths(Math.round(value / step) * step, decimals)
}

const tenthsText = (tenths: number): string => `${Math.floor(tenths / 10)}.${tenths % 10}`

/** Something is never shown as nothing, nor almost all as all. */
function shareText({ grams, tenths, ofGrams }: Share, percent: (tenths: number) => string): string {
  if (grams > 0 && tenths === 0) return `<${percent(1)}%`
  if (grams < ofGrams && tenths === 1000) return `>${percent(999)}%`
  return `${percent(tenths)}%`
}

/** The decimals that show all these masses to the gram. */
export function decimalsFor(masses: readonly number[]): number {
  if (masses.some((grams) => grams % 10 !== 0)) return 3
  if (masses.some((grams) => grams % 100 !== 0)) return 2
  return masses.some((grams) => grams % 1000 !== 0) ? 1 : 0
}

/** Writes a day (`2026-07-04`) or a month (`2026-07`), with its year or without. */
type WriteDate = (date: string, withYear: boolean) => string
type WriteRange = (from: string, to: string, sameYear: boolean) => string

function datesBy(write: WriteDate, writeRange: WriteRange): Pick<Format, 'day' | 'days' | 'months'> {
  const range = (from: string, to: string): string =>
    from === to ? write(from, true) : writeRange(from, to, from.slice(0, 4) === to.slice(0, 4))
  return {
    day: (instant) => write(dayOf(instant), true),
    days: (from, to) => range(dayOf(from), dayOf(to)),
    months: range,
  }
}

const dayOf = (instant: string): string => instant.slice(0, 10)

const ENGLISH_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' ')

function englishDate(date: string, withYear: boolean): string {
  const { year, month, day } = partsOf(date)
  return `${day > 0 ? `${day} ` : ''}${ENGLISH_MONTHS[month - 1] ?? ''}${withYear ? ` ${year}` : ''}`
}

function chineseDate(date: string, withYear: boolean): string {
  const { year, month, day } = partsOf(date)
  return `${withYear ? `${year}年` : ''}${month}月${day > 0 ? `${day}日` : ''}`
}

/** Year, month and day of a date; a month alone has the day 0. */
function partsOf(date: string): { year: string; month: number; day: number } {
  return { year: date.slice(0, 4), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) }
}

/** English writes the year at the end, so a first date of the same year goes without. */
function englishRange(from: string, to: string, sameYear: boolean): string {
  return `${englishDate(from, !sameYear)} – ${englishDate(to, true)}`
}

/** Chinese writes it at the front. The zero-width space lets a narrow column break the line there. */
function chineseRange(from: string, to: string, sameYear: boolean): string {
  return `${chineseDate(from, true)}至\u200B${chineseDate(to, !sameYear)}`
}
