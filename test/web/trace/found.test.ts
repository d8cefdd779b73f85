import { describe, expect, it } from 'vitest'
import { FOUND, type Found } from '../../../shared/domain/geo/coast/found.ts'
import type { Passport } from '../../../shared/domain/passport/passport.ts'
import { FOUND_WORDS } from '../../../web/trace/words/found.ts'
import { page, read } from './reading.ts'
import { LARGEST, MIXED, PELLETS, PICKUP } from './samples.ts'

/** A pickup of which this is known. */
const pickup = (found: Found): Passport => ({
  ...PICKUP,
  origins: PICKUP.origins.map((origin) => ({ ...origin, found })),
})

describe('What is known of where it was found', () => {
  it.each<[Found, string, string]>([
    ['sea', 'at sea', '收集自海上'],
    ['shore', 'at sea or on the shore', '收集自海上或岸线'],
    ['river', 'in a river or on its bank', '收集自河道或河岸'],
    ['near-coast', 'at sea or on land within 50 km of it', '收集自海上或距海 50 公里以内的陆地'],
    ['inland', 'inland', '收集自内陆'],
    ['undetermined', 'at an unknown distance from the sea', '的收集地点与海的距离未知'],
    ['unrecorded', 'at a place nobody recorded', '的收集地点没有记录'],
  ])('is all that the headline says: %s', (found, en, zh) => {
    expect(read(pickup(found))).toContain(`100% of this batch, by mass, was collected ${en}. `)
    expect(read(pickup(found), 'zh')).toContain(`按质量计，本批次有 100% ${zh}。`)
  })

  it('is told share by share, and the shares are those of the whole', () => {
    expect(read(MIXED).replaceAll(' ,', ',')).toContain(
      '36.1% of this product, by mass, was collected at sea, 36.6% at sea or on land within 50 km of it, 2.4% inland, and 4.9% at a place nobody recorded.',
    )
    expect(read(MIXED, 'zh')).toContain(
      '按质量计，本产品有 36.1% 收集自海上， 36.6% 收集自海上或距海 50 公里以内的陆地，2.4% 收集自内陆，4.9% 的收集地点没有记录。',
    )
  })

  it('is what a link that is passed on says too', () => {
    const [, description] = /name="description"\s+content="([^"]*)"/.exec(page(MIXED)) ?? []
    expect(description).toContain(
      '36.1% of this product, by mass, was collected at sea, 36.6% at sea or on land',
    )
  })

  it('is never more than the sea by itself where only some of it is from there', () => {
    for (const found of FOUND.filter((one) => one !== 'sea')) {
      expect(read(pickup(found))).not.toMatch(/collected from the sea|collected at sea\.|open sea/i)
      expect(read(pickup(found), 'zh')).not.toMatch(/收集自海洋|收集自海上。|开阔海域/)
    }
  })

  it('stands in the table above its places, with its sum', () => {
    const text = read(MIXED)
    expect(text).toMatch(/At sea or on land within 50 km of it 122\.976 36\.6% Shitang .* Dachen Island/)
    expect(text).toMatch(/Inland Around 30\.6° N, 118\.9° E/)
    expect(read(MIXED, 'zh')).toMatch(/海上或距海 50 公里以内的陆地 122\.976 36\.6%/)
  })

  it('without a position is nothing but the site that took it in, which is neither a place of finding nor on the chart', () => {
    const text = read(MIXED)
    expect(text).toContain('Without a position, by where it was taken in: 4.9% Ruoshan .')
    expect(text).toMatch(/Place not recorded Ruoshan where it was taken in/)
    expect(text).toContain('What came without a position is not drawn.')
    expect(page(MIXED).match(/<figure class="chart">.*?<\/figure>/s)?.[0]).not.toContain('Ruoshan')
    const unplaced = pickup('unrecorded')
    expect(page(unplaced)).not.toContain('class="chart"')
    expect(read(unplaced)).not.toContain('By place:')
    expect(read(unplaced)).not.toContain('Sea, shore and land are told')
    expect(read(unplaced)).not.toContain('where the plastic was picked up')
  })

  it('of places that are not listed is told by what is known of them', () => {
    expect(read(LARGEST)).toMatch(/Place not recorded .* 7 other places/)
    expect(read(LARGEST)).toContain('in smaller shares')
  })

  it('makes no second source of what came from one place in one month', () => {
    const [origin] = PELLETS.origins
    if (!origin) throw new Error('no origin')
    const one = { ...origin, from: '2026-08', to: '2026-08' }
    const origins = [
      { ...one, grams: 200_000, found: 'sea' as const },
      { ...one, grams: 68_800, found: 'near-coast' as const },
    ]
    const certified = { model: 'identity-preserved', claims: { OBP: 268_800 } } as const
    expect(read({ ...PELLETS, origins, certified })).toContain('from one identified source')
  })

  it('has a name and a colour for everything that can be known', () => {
    for (const { names } of Object.values(FOUND_WORDS)) expect(Object.keys(names)).toEqual([...FOUND])
    for (const found of FOUND) expect(page(MIXED)).toContain(`.${found} { --tint:`)
  })
})
