import { describe, expect, it } from 'vitest'
import type { Passport } from '../../../shared/domain/passport.ts'
import { formatOf } from '../../../web/trace/format.ts'
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
