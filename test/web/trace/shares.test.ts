import { describe, expect, it } from 'vitest'
import type { Passport } from '../../../shared/domain/passport.ts'
import { decimalsFor, formatOf } from '../../../web/trace/format.ts'
import { sharesOf } from '../../../web/trace/shares.ts'
import { LARGEST, PRODUCT } from './samples.ts'

function tenthsOf(passport: Passport): number {
  const { origins, otherPlaces, otherMaterial } = sharesOf(passport)
  return [...origins, otherPlaces, otherMaterial].reduce((sum, share) => sum + share.tenths, 0)
}

describe('Shares', () => {
  it('add up to 100.0 % however they round', () => {
    expect(tenthsOf(PRODUCT)).toBe(1000)
    expect(tenthsOf(LARGEST)).toBe(1000)
    const thirds = PRODUCT.origins.map((origin) => ({ ...origin, grams: 1 }))
    expect(tenthsOf({ ...PRODUCT, origins: thirds, otherMaterialGrams: 0 })).toBe(1000)
  })

  it('from the sea are all but other material', () => {
    expect(sharesOf(PRODUCT).collected).toEqual({ grams: 268_800, tenths: 800, ofGrams: 336_000 })
  })

  it('are never shown as nothing or as all when they are not', () => {
    const en = formatOf('en')
    expect(en.shareFixed({ grams: 1, tenths: 0, ofGrams: 1e6 })).toBe('<0.1%')
    expect(en.share({ grams: 999_999, tenths: 1000, ofGrams: 1e6 })).toBe('>99.9%')
    expect(en.share({ grams: 1e6, tenths: 1000, ofGrams: 1e6 })).toBe('100%')
    expect(en.shareFixed({ grams: 8e5, tenths: 800, ofGrams: 1e6 })).toBe('80.0%')
  })
})

describe('Figures', () => {
  it('of one column have the decimals that show all of them to the gram', () => {
    expect(decimalsFor([1000, 2000])).toBe(0)
    expect(decimalsFor([1000, 2100])).toBe(1)
    expect(decimalsFor([1110, 2100])).toBe(2)
    expect(decimalsFor([1111, 2100])).toBe(3)
  })

  it('write ranges of dates as each language does', () => {
    const en = formatOf('en')
    const zh = formatOf('zh')
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
