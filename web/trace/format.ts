import type { Language } from './language.ts'
import type { Share } from './shares.ts'

/**
 * Numbers and dates as each language writes them. Formatters are dear to make and cheap to use, so a language's are
 * made once, when it is first spoken. Dates are days in UTC, as the records are; the footer says so.
 */
export interface Format {
  /** A count of things. */
  count: (value: number) => string
  /** Kilograms to the gram, with no more decimals than it needs. */
  kg: (grams: number) => string
  /** Kilograms with a fixed number of decimals, for columns. */
  kgFixed: (grams: number, decimals: number) => string
  grams: (grams: number) => string
  /** A share, with no needless `.0`: for sentences. */
  share: (share: Share) => string
  /** A share with one decimal always: for columns. */
  shareFixed: (share: Share) => string
  day: (instant: string) => string
  days: (from: string, to: string) => string
  /** Months as `2026-07`. */
  months: (from: string, to: string) => string
}

const LOCALES = { en: 'en-GB', zh: 'zh-CN' } as const satisfies Record<Language, string>

const made = new Map<Language, Format>()

export function formatOf(language: Language): Format {
  const format = made.get(language) ?? makeFormat(language)
  made.set(language, format)
  return format
}

function makeFormat(language: Language): Format {
  const locale = LOCALES[language]
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const fixed = [0, 1, 2, 3].map(
    (digits) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  )
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const tenths = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1 })
  const date = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const month = language === 'zh' ? 'long' : 'short'
  const day = date({ year: 'numeric', month, day: 'numeric' })
  const dayOfYear = date({ month, day: 'numeric' })
  const months = date({ year: 'numeric', month })
  const monthOfYear = date({ month: language === 'zh' ? 'numeric' : month })
  // Intl's own formatRange falls back to 2026/7 – 2026/8 in Chinese, and takes ten times as long.
  const range = (
    from: string,
    to: string,
    whole: Intl.DateTimeFormat,
    inYear: Intl.DateTimeFormat,
  ): string => {
    const [first, last] = [Date.parse(from), Date.parse(to)]
    if (from === to) return whole.format(first)
    const sameYear = from.slice(0, 4) === to.slice(0, 4)
    // English writes the year at the end, Chinese at the front: the other end goes without where it is the same. The zero-width space lets a narrow column break the line there.
    if (language === 'zh') return `${whole.format(first)}至\u200B${(sameYear ? inYear : whole).format(last)}`
    return `${(sameYear ? inYear : whole).format(first)} – ${whole.format(last)}`
  }
  return {
    count: (value) => number.format(value),
    kg: (grams) => number.format(grams / 1000),
    kgFixed: (grams, decimals) => (fixed[decimals] ?? number).format(grams / 1000),
    grams: (grams) => number.format(grams),
    share: (share) => shareText(share, percent),
    shareFixed: (share) => shareText(share, tenths),
    day: (instant) => day.format(Date.parse(instant)),
    days: (from, to) => range(from.slice(0, 10), to.slice(0, 10), day, dayOfYear),
    months: (from, to) => range(from, to, months, monthOfYear),
  }
}

/** Something is never shown as nothing, nor almost all as all. */
function shareText({ grams, tenths, ofGrams }: Share, format: Intl.NumberFormat): string {
  if (grams > 0 && tenths === 0) return `<${format.format(0.001)}`
  if (grams < ofGrams && tenths === 1000) return `>${format.format(0.999)}`
  return format.format(tenths / 1000)
}

/** The decimals that show all these masses to the gram. */
export function decimalsFor(masses: readonly number[]): number {
  if (masses.some((grams) => grams % 10 !== 0)) return 3
  if (masses.some((grams) => grams % 100 !== 0)) return 2
  return masses.some((grams) => grams % 1000 !== 0) ? 1 : 0
}
