import { describe, expect, it } from 'vitest'
import type { Passport } from '../../../shared/domain/passport/passport.ts'
import { formatOf } from '../../../web/trace/format.ts'
import { isPlaced, placesOf, sharesOf, sumOf } from '../../../web/trace/shares.ts'
import { LARGEST, MIXED, PRODUCT } from './samples.ts'

function tenthsOf(passport: Passport): number {
  const { groups, otherMaterial, virgin } = sharesOf(passport)
  const rows = groups.flatMap(({ places, others }) => [...places, ...(others ? [others] : [])])
  return [...rows.map(({ share }) => share), otherMaterial, virgin].reduce(
    (sum, { tenths }) => sum + tenths,
    0,
  )
}

describe('Shares', () => {
  it('add up to 100.0 % however they round', () => {
    expect(tenthsOf(PRODUCT)).toBe(1000)
    expect(tenthsOf(LARGEST)).toBe(1000)
    const thirds = PRODUCT.origins.map((origin) => ({ ...origin, grams: 1 }))
    expect(tenthsOf({ ...PRODUCT, origins: thirds, otherMaterialGrams: 0 })).toBe(1000)
  })

  it('of virgin plastic stand by themselves, and add up with other material to all that was not collected', () => {
    const { virgin, otherMaterial, added, collected } = sharesOf({ ...PRODUCT, virginGrams: 50_400 })
    expect(virgin).toEqual({ grams: 50_400, tenths: 150, ofGrams: 336_000 })
    expect(otherMaterial.grams).toBe(16_800)
    expect(added).toEqual({ grams: 67_200, tenths: 200, ofGrams: 336_000 })
    expect(collected.tenths).toBe(800)
  })

  it('that were collected are all but other material', () => {
    expect(sharesOf(PRODUCT).collected).toEqual({ grams: 268_800, tenths: 800, ofGrams: 336_000 })
  })

  it('of what is known of where it was found are the sums of their rows', () => {
    for (const passport of [PRODUCT, MIXED, LARGEST]) {
      const { groups, collected } = sharesOf(passport)
      for (const { share, places, others } of groups) {
        expect(sumOf([...places, ...(others ? [others] : [])].map((row) => row.share))).toEqual(share)
      }
      expect(sumOf(groups.map(({ share }) => share))).toEqual(collected)
    }
  })

  it('of a place are put together where only the place counts', () => {
    const places = placesOf(sharesOf(MIXED).groups.filter(isPlaced))
    expect(places.map(({ origin, share }) => [origin.placeId, share.grams])).toEqual([
      ['dachen', 161_664],
      ['shitang', 82_656],
      ['grid:30.6,118.9', 8_160],
    ])
  })

  it('are never shown as nothing or as all when they are not', () => {
    const en = formatOf('en')
    expect(en.shareFixed({ grams: 1, tenths: 0, ofGrams: 1e6 })).toBe('<0.1%')
    expect(en.share({ grams: 999_999, tenths: 1000, ofGrams: 1e6 })).toBe('>99.9%')
    expect(en.share({ grams: 1e6, tenths: 1000, ofGrams: 1e6 })).toBe('100%')
    expect(en.shareFixed({ grams: 8e5, tenths: 800, ofGrams: 1e6 })).toBe('80.0%')
  })
})
