import { describe, expect, it } from 'vitest'
import { inEach, inLanguage, labelOf } from '../../../../shared/domain/printing/label.ts'
import type { Passport } from '../../../../shared/domain/passport/passport.ts'
import { CLAIMED, HELD, PELLETS, PICKUP, PRODUCT } from '../../../web/trace/samples.ts'

/** What a label says in English, by its captions. */
const said = (passport: Passport): Record<string, string> =>
  Object.fromEntries(labelOf(passport).rows.map(({ caption, value }) => [caption.en, value.en]))

describe('a label', () => {
  it('of a pickup is for a bag: how heavy, of what, from where, when', () => {
    expect(labelOf(PICKUP)).toMatchObject({ kind: 'bag', title: { en: 'Collected plastic', zh: '收集批次' } })
    expect(Object.keys(said(PICKUP))).toEqual(['Mass', 'Material', 'Found at', 'Collected', 'Site'])
    expect(said(PICKUP)['Mass']).toBe(`${PICKUP.massGrams / 1000} kg`)
    expect(said(PICKUP)['Found at']).toBe(PICKUP.origins[0]?.name.en)
  })

  it('of pellets says polymer, model and site, and that nothing is certified where nothing is', () => {
    const pellets = { ...PELLETS, certified: { model: 'segregated', claims: {} } } as const
    expect(labelOf(pellets)).toMatchObject({ kind: 'lot', title: { en: 'Recycled pellets' } })
    expect(said(pellets)['Custody model']).toBe('Segregated, nothing certified')
    expect(said({ ...pellets, certified: { model: 'mass-balance', claims: { OBP: 29_400 } } })).toMatchObject(
      {
        'Custody model': 'Mass balance, OBP 29.4 kg',
      },
    )
  })

  it.each([
    [true, 'within limits, ash 1 %'],
    [false, 'OUTSIDE LIMITS, ash 1 %'],
    [undefined, 'measured, no limits, ash 1 %'],
  ])('says what a laboratory found, where one was asked: %s', (passed, text) => {
    const result = { parameter: 'ash', method: 'ISO 3451-1', value: 1, unit: '%' }
    const latest = {
      testedAt: '2026-08-20',
      results: [result],
      moreResults: 0,
      ...(passed !== undefined && { passed }),
    }
    expect(said({ ...PELLETS, inspections: { count: 1, latest } })['Lab']).toBe(text)
    expect(said({ ...PELLETS, inspections: { count: 0 } })).not.toHaveProperty('Lab')
  })

  it('of a product gives GTIN and lot as GS1 has people read them', () => {
    const facts = { name: 'Comb', units: 1000, gramsPerUnit: 35, gtin: '09506000134352', lot: 'C-1' }
    expect(labelOf({ ...PRODUCT, product: facts })).toMatchObject({
      kind: 'product',
      title: { en: 'Comb', zh: 'Comb' },
    })
    expect(said({ ...PRODUCT, product: facts })).toMatchObject({
      GTIN: '(01) 09506000134352',
      Lot: '(10) C-1',
      Pieces: '1000 × 35 g',
    })
  })

  it('says plainly that it is held, and why, in both languages', () => {
    const { held } = labelOf(HELD)
    expect(held?.plainly).toEqual({ en: 'HELD – do not use', zh: '已冻结，不得使用' })
    expect(held?.because.en).not.toBe('')
    expect(labelOf(PRODUCT).held).toBeUndefined()
  })

  it('has its number in groups', () => {
    expect(labelOf(CLAIMED).id).toMatch(/^B-\w{4}-\w{4}-\w{4}$/)
  })

  it('says once what is the same in both languages', () => {
    expect(inEach({ en: 'Comb', zh: 'Comb' }, 'both')).toEqual(['Comb'])
    expect(inLanguage({ en: 'Mass', zh: '质量' }, 'both')).toBe('质量 Mass')
    expect(
      ['en', 'zh'].map((one) => inLanguage({ en: 'Mass', zh: '质量' }, one === 'en' ? 'en' : 'zh')),
    ).toEqual(['Mass', '质量'])
  })
})
