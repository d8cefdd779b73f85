import { describe, expect, it } from 'vitest'
import { FACTOR_TABLES } from '../../../shared/domain/carbon/factors.ts'
import type { Passport, PassportCarbon } from '../../../shared/domain/passport/passport.ts'
import { page, read } from './reading.ts'
import { CLAIMED, PELLETS, PRODUCT } from './samples.ts'

const changed = (passport: Passport, changes: Partial<PassportCarbon>): Passport => {
  if (!passport.carbon) throw new Error('no account')
  return { ...passport, carbon: { ...passport.carbon, ...changes } }
}

describe('The carbon account', () => {
  it('gives the figure per kilogram and for all, with its boundary', () => {
    const text = read(CLAIMED)
    expect(text).toContain('0.61 kg CO₂e per kg')
    expect(text).toContain('206 kg CO₂e for all of this product lot.')
    expect(text).toContain('Not counted: water, packaging, buildings and machines, use and disposal.')
    expect(read(CLAIMED, 'zh')).toContain('每千克 0.61 千克 CO₂e')
    expect(read(CLAIMED, 'zh')).toContain('未计入：用水、包装、厂房设备、使用与废弃处置。')
  })

  it('names what is missing, and that the figure may be higher', () => {
    expect(read(CLAIMED)).toContain(
      'not for every step or move between sites: transport by sea. The true figure may be higher.',
    )
    expect(read(CLAIMED, 'zh')).toContain('海上运输。实际数值可能更高。')
    expect(read(changed(CLAIMED, { missing: ['water'] }))).not.toContain('may be higher')
  })

  it('says that other material is not in it', () => {
    expect(read(CLAIMED)).toContain(
      'How the other material, 20% of the mass, was made is not counted either.',
    )
    expect(read(PELLETS)).not.toContain('How the other material')
  })

  it('folds away its amounts, factors and sources, with the version of the table', () => {
    const [, details = ''] = page(CLAIMED).split('<details>')
    expect(details).toContain('Factor table, version 1')
    const text = read(CLAIMED)
    expect(text).toContain('Electricity 361 kWh 194')
    expect(text).toContain('Water 8.74 L not counted')
    expect(text).toContain('Transport by road 134 t·km 12.1')
    for (const item of ['energy', 'transport-road'] as const) {
      expect(text).toContain(FACTOR_TABLES[0]?.factors[item]?.written.en)
      expect(text).toContain(FACTOR_TABLES[0]?.factors[item]?.source.en)
      expect(read(CLAIMED, 'zh')).toContain(FACTOR_TABLES[0]?.factors[item]?.source.zh)
    }
  })

  it('is not there for a batch without one, and gives no figure where nothing was recorded', () => {
    for (const lang of ['en', 'zh'] as const) expect(read(PRODUCT, lang)).not.toMatch(/[Cc]arbon|CO₂|碳/)
    const nothing = { gramsCo2e: 0, gramsCo2ePerKg: 0, parts: [], missing: ['energy'] } as const
    expect(read(changed(CLAIMED, nothing))).toContain('No figure can be given')
    expect(read(changed(CLAIMED, nothing))).not.toContain('0.00 kg')
    expect(read(changed(CLAIMED, nothing), 'zh')).toContain('无法给出数值')
  })
})

describe('Beside virgin polymer', () => {
  it('pellets of nothing else are shown as a difference, with its source', () => {
    expect(read(PELLETS)).toContain('That is 1.29 kg CO₂e per kg less than virgin HDPE.')
    expect(read(PELLETS)).toContain('1.90 kg CO₂e per kg (PlasticsEurope 2008')
    expect(read(PELLETS, 'zh')).toContain('比原生 HDPE 每千克少 1.29 千克 CO₂e。')
  })

  it('what emitted more is said to have done so, and an estimate is called one', () => {
    expect(read(changed(PELLETS, { gramsCo2ePerKg: 2_400 }))).toContain(
      '0.50 kg CO₂e per kg more than virgin HDPE',
    )
    expect(read({ ...PELLETS, polymer: 'PA6' })).toContain('6.70 kg CO₂e per kg, an estimate')
  })

  it.each([
    ['other material is in it', CLAIMED],
    ['electricity is not recorded at every step', changed(PELLETS, { missing: ['energy'] })],
    ['there is no factor for its polymer', { ...PELLETS, polymer: 'mixed' as const }],
    ['it is not yet what virgin polymer is', { ...PELLETS, stage: 'cleaned' as const }],
  ])('nothing is said where %s', (_, passport) => {
    expect(read(passport)).not.toMatch(/than virgin|at the factory gate/)
    expect(read(passport, 'zh')).not.toMatch(/比原生/)
  })
})
