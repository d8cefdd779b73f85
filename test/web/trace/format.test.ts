import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalsFor, formatOf } from '../../../web/trace/format.ts'

const en = formatOf('en')
const zh = formatOf('zh')

describe('Figures', () => {
  it('of one column have the decimals that show all of them to the gram', () => {
    expect(decimalsFor([1000, 2000])).toBe(0)
    expect(decimalsFor([1000, 2100])).toBe(1)
    expect(decimalsFor([1110, 2100])).toBe(2)
    expect(decimalsFor([1111, 2100])).toBe(3)
  })

  it('group thousands and have no more decimals than they need', () => {
    expect(en.count(12_000_000)).toBe('12,000,000')
    expect(en.kg(1_234_500)).toBe('1,234.5')
    expect(en.kgFixed(50, 3)).toBe('0.050')
    expect(en.grams(0.035)).toBe('0.035')
    expect(en.grams(1000)).toBe('1,000')
  })
})

describe('Figures that are not known exactly', () => {
  it.each([
    [0, '0.00'],
    [4, '<0.01'],
    [5, '0.01'],
    [612, '0.61'],
    [9_999, '10.00'],
    [12_345, '12.3'],
    [99_996, '100.0'],
    [205_632, '206'],
    [1_234_567, '1,235'],
  ])('%i thousandths are written %s', (thousandths, written) => {
    expect(en.about(thousandths)).toBe(written)
  })
})

describe('Differences', () => {
  it('have a sign unless there are none', () => {
    expect([-2_500, 0, 40].map((grams) => en.signedKgFixed(grams, 3))).toEqual(['−2.500', '0.000', '+0.040'])
  })
})

describe('Claimed shares', () => {
  it('are written as they are, to a hundredth', () => {
    expect([8_000, 7_999, 3_330, 1].map(en.percent)).toEqual(['80%', '79.99%', '33.3%', '0.01%'])
  })
})

describe('Dates', () => {
  it('in a range say once what both ends share, as each language does', () => {
    expect(en.months('2026-07', '2026-08')).toBe('Jul – Aug 2026')
    expect(en.months('2025-11', '2026-08')).toBe('Nov 2025 – Aug 2026')
    expect(en.months('2026-07', '2026-07')).toBe('Jul 2026')
    expect(zh.months('2026-07', '2026-08').replace('\u200B', '')).toBe('2026年7月至8月')
    expect(zh.months('2025-11', '2026-08').replace('\u200B', '')).toBe('2025年11月至2026年8月')
    expect(zh.days('2026-07-04T23:00:00Z', '2026-08-19T01:00:00Z').replace('\u200B', '')).toBe(
      '2026年7月4日至8月19日',
    )
    expect(en.days('2026-07-04T01:00:00Z', '2026-07-04T23:00:00Z')).toBe('4 Jul 2026')
  })
})

describe.each([
  { lang: 'en', locale: 'en-GB', month: 'short' },
  { lang: 'zh', locale: 'zh-CN', month: 'long' },
] as const)('What is put together from digits in $locale', ({ lang, locale, month }) => {
  const format = formatOf(lang)
  const intl = (options: Intl.NumberFormatOptions = {}): ((value: number) => string) => {
    const made = new Intl.NumberFormat(locale, options)
    return (value) => made.format(value)
  }
  const masses = fc.oneof(fc.nat(99_999), fc.nat({ max: 1e12 }))

  it('is what Intl writes, for counts and masses', () => {
    const shortest = intl({ maximumFractionDigits: 3 })
    const exact = intl({ minimumFractionDigits: 3 })
    fc.assert(
      fc.property(masses, (grams) => {
        expect(format.count(grams)).toBe(shortest(grams))
        expect(format.kg(grams)).toBe(shortest(grams / 1000))
        expect(format.grams(grams / 1000)).toBe(shortest(grams / 1000))
        expect(format.kgFixed(grams, 3)).toBe(exact(grams / 1000))
      }),
    )
  })

  it('is what Intl writes, for every share', () => {
    const shortest = intl({ style: 'percent', maximumFractionDigits: 1 })
    const exact = intl({ style: 'percent', minimumFractionDigits: 1 })
    for (let tenths = 0; tenths <= 1000; tenths++) {
      const share = { grams: tenths, tenths, ofGrams: 1000 }
      expect(format.share(share)).toBe(shortest(tenths / 1000))
      expect(format.shareFixed(share)).toBe(exact(tenths / 1000))
    }
  })

  it('is what Intl writes, for days and months', () => {
    const day = new Intl.DateTimeFormat(locale, { year: 'numeric', month, day: 'numeric', timeZone: 'UTC' })
    const monthOf = new Intl.DateTimeFormat(locale, { year: 'numeric', month, timeZone: 'UTC' })
    const times = fc.date({
      min: new Date('2015-01-01T00:00:00Z'),
      max: new Date('2099-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(times, (time) => {
        const instant = time.toISOString()
        const period = instant.slice(0, 7)
        expect(format.day(instant)).toBe(day.format(time))
        expect(format.months(period, period)).toBe(monthOf.format(time))
      }),
    )
  })
})
