import { describe, expect, it } from 'vitest'
import type { Passport } from '../../../shared/domain/passport/passport.ts'
import { formatOf } from '../../../web/trace/format.ts'
import { sharesOf } from '../../../web/trace/shares.ts'
import { LARGEST, PRODUCT } from './samples.ts'

function tenthsOf(passport: Passport): number {
  const { origins, otherPlaces, otherMaterial, virgin } = sharesOf(passport)
  return [...origins, otherPlaces, otherMaterial, virgin].reduce((sum, share) => sum + share.tenths, 0)
}

describe('Shares', () => {
  it('add up to 100.0 % however they round', () => {
    expect(tenthsOf(PRODUCT)).toBe(1000)
    expect(tenthsOf(LARGEST)).toBe(1000)
    const thirds = PRODUCT.origins.map((origin) => ({ ...origin, grams: 1 }))
    expect(tenthsOf({ ...PRODUCT, origins: thirds, otherMaterialGrams: 0 })).toBe(1000)
  })

  it('of virgin plastic stand by themselves, and add up with other material to all that is not from the sea', () => {
    const { virgin, otherMaterial, added, collected } = sharesOf({ ...PRODUCT, virginGrams: 50_400 })
    expect(virgin).toEqual({ grams: 50_400, tenths: 150, ofGrams: 336_000 })
    expect(otherMaterial.grams).toBe(16_800)
    expect(added).toEqual({ grams: 67_200, tenths: 200, ofGrams: 336_000 })
    expect(collected.tenths).toBe(800)
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
