import { describe, expect, it } from 'vitest'
import { NATURAL_EARTH } from '../../../shared/domain/geo/coast/natural-earth.ts'
import { OBP_CLASSES } from '../../../shared/domain/geo/coast/ocean-bound.ts'
import type { Passport } from '../../../shared/domain/passport/passport.ts'
import { COASTLINES } from '../../../web/trace/ocean-bound.ts'
import { CLAIM_WORDS } from '../../../web/trace/words/claims.ts'
import { page, read } from './reading.ts'
import { CLAIMED, PELLETS, PICKUP, PRODUCT, SHORE } from './samples.ts'

const modelled = (passport: Passport, model: Passport['certified']['model'], grams: number): Passport => ({
  ...passport,
  certified: { model, claims: { OBP: grams } },
})

describe('What is certified', () => {
  it('under controlled blending is the share physically contained', () => {
    expect(read(CLAIMED)).toContain('80% OBP-certified ocean-bound plastic, physically contained.')
    expect(read(CLAIMED)).toContain('controlled blending: certified and other material are mixed')
    expect(read(CLAIMED, 'zh')).toContain('80% 经 OBP 认证的趋海塑料，实际含于产品中。')
    expect(read(CLAIMED, 'zh')).toContain('受控混合')
  })

  it('under mass balance is never said to be in the product', () => {
    const balanced = modelled(PRODUCT, 'mass-balance', 168_000)
    expect(read(balanced)).toContain(
      '50% OBP-certified ocean-bound plastic attributed by mass balance; the product itself may contain less.',
    )
    expect(read(balanced, 'zh')).toContain(
      '按质量平衡法归入 50% 经 OBP 认证的趋海塑料；产品本身的实际含量可能更低。',
    )
    expect(read(balanced)).not.toContain('physically')
  })

  it('under segregation and identity preservation was kept apart', () => {
    expect(read(PELLETS)).toContain(
      '100% OBP-certified ocean-bound plastic, kept apart from uncertified material.',
    )
    const [origin] = PICKUP.origins
    if (!origin) throw new Error('no origin')
    const single = { ...PICKUP, origins: [{ ...origin, to: origin.from }] }
    const preserved = modelled(single, 'identity-preserved', single.massGrams)
    expect(read(preserved)).toContain('100% OBP-certified ocean-bound plastic from one identified source')
    expect(read(preserved, 'zh')).toContain('身份保持')
  })

  it('is a sentence for each scheme, and a scheme that is not known here goes by its letters', () => {
    const claims = { OBP: 268_800, GRS: 33_600 }
    const text = read({ ...CLAIMED, certified: { model: 'controlled-blending', claims } })
    expect(text).toContain('80% OBP-certified')
    expect(text).toContain('10% GRS-certified material')
  })

  it('is rounded down, never up', () => {
    expect(read(modelled(PRODUCT, 'controlled-blending', 268_799))).toContain('79.99% OBP-certified')
  })

  it('is nothing where the model does not bear the claim', () => {
    const text = read(modelled(PRODUCT, 'segregated', 268_800))
    expect(text).not.toContain('OBP')
    expect(text).toContain('No certified claim is made for this product.')
  })

  it('is plainly nothing where there is no claim, though the origins are traced', () => {
    expect(read(PRODUCT)).toContain('No certified claim is made for this product. Its origins are traced')
    expect(read(PRODUCT, 'zh')).toContain('本产品未作任何认证声明。 其来源有据可查'.replace(' ', ''))
    const untraced = { ...PRODUCT, origins: [], otherMaterialGrams: PRODUCT.massGrams }
    expect(read(untraced)).not.toContain('origins are traced')
  })
})

describe('Virgin plastic', () => {
  it('has a line of its own wherever shares are told', () => {
    const text = read(CLAIMED)
    expect(text).toContain('The remaining 20%: 15% new (virgin) plastic, and 5% other material')
    expect(text).toMatch(/Virgin plastic New, made for the first time 50\.400 15\.0%/)
    expect(read(CLAIMED, 'zh')).toContain('15% 为原生塑料（全新料）')
    const allVirgin = { ...CLAIMED, virginGrams: 67_200 }
    expect(read(allVirgin)).toContain('The remaining 20% is new (virgin) plastic.')
    expect(read(allVirgin)).not.toContain('Other material')
    expect(read(PRODUCT)).not.toMatch(/[Vv]irgin/)
  })
})

describe('The ocean-bound class of a pickup', () => {
  it('is told in words, with the coastline that it was measured against', () => {
    const text = read(SHORE)
    expect(text).toContain('Shoreline: picked up no more than 200 m landward')
    expect(text).toContain('Less than 1 km from the nearest shore.')
    expect(text).toContain('Coastline: Natural Earth (1:10m), version 4.1.0-1. It may be off by 2.5 km')
    expect(text).not.toContain('open sea')
    expect(read(SHORE, 'zh')).toContain('岸线：在最高潮线向陆 200 米至最低潮线向海 100 米的范围内收集。')
  })

  it('is the likeliest one where the position leaves others possible', () => {
    expect(read(SHORE)).toContain('Likeliest ocean-bound class')
    expect(read(SHORE, 'zh')).toContain('最可能的趋海塑料类别')
    const origins = SHORE.origins.map((origin) => ({ ...origin, found: 'shore' as const }))
    expect(read({ ...SHORE, origins })).toContain(' Ocean-bound class')
  })

  it('says when it is from the open sea', () => {
    const oceanBound = {
      obpClass: 'OCEAN',
      distanceKm: 41,
      withinFence3Km: false,
      openSea: true,
      dataset: 'x@7',
    }
    const text = read({ ...SHORE, oceanBound })
    expect(text).toContain('It came from the open sea')
    expect(text).toContain('About 41 km from the nearest shore.')
    expect(text).toContain('Coastline: x, version 7.')
    expect(read({ ...SHORE, oceanBound }, 'zh')).toContain('来自开阔海域')
  })

  it('has words for every class there is', () => {
    for (const { oceanBound } of Object.values(CLAIM_WORDS))
      expect(Object.keys(oceanBound.classes)).toEqual(Object.keys(OBP_CLASSES))
  })

  it('is given with the accuracy that the coastline has', () => {
    expect(Number(COASTLINES[NATURAL_EARTH.id]?.km)).toBe(NATURAL_EARTH.accuracyM / 1000)
  })

  it('is not spoken of where there is none', () => {
    expect(page(PRODUCT)).not.toContain('Ocean-bound class')
  })
})
