import { describe, expect, it } from 'vitest'
import { checkRecycledContent } from '../../../../shared/domain/checks/product.ts'

const cases = (units: number, pelletGrams = 309_600) =>
  checkRecycledContent({ units, gramsPerUnit: 28, recycledShareBp: 8_000, pelletGrams })

describe('R14, products and their pellets', () => {
  it('passes as many units as the pellets allow, and not one more', () => {
    expect(cases(13_821).verdict).toBe('pass')
    expect(cases(13_822)).toMatchObject({
      verdict: 'fail',
      sentence: { en: expect.stringContaining('need 309.613 kg of traced pellets; 309.6 kg is allocated') },
    })
  })

  it('passes when the pellets are used up exactly, and fails by a fraction of a gram', () => {
    expect(cases(10, 224).verdict).toBe('pass')
    const fraction = { units: 1, gramsPerUnit: 10.001, recycledShareBp: 10_000, pelletGrams: 10 }
    expect(checkRecycledContent(fraction)).toMatchObject({
      verdict: 'fail',
      sentence: { en: expect.stringContaining('need 0.011 kg of traced pellets; 0.01 kg') },
    })
  })
})
