import { describe, expect, it } from 'vitest'
import { checkDraw } from '../../../../shared/domain/checks/draw.ts'

describe('R8, what a batch has', () => {
  const draw = (drawnGrams: number) =>
    checkDraw({ batch: 'BAAAAAAAAAAAA', remainingGrams: 1_000, drawnGrams })

  it('passes a part of it and the last gram, and fails a gram more', () => {
    expect(draw(1).verdict).toBe('pass')
    expect(draw(1_000).verdict).toBe('pass')
    expect(draw(1_001)).toEqual({
      rule: 'R8',
      verdict: 'fail',
      sentence: {
        en: 'Batch BAAAAAAAAAAAA has 1 kg left; 1.001 kg were to be drawn.',
        zh: '批次 BAAAAAAAAAAAA 尚余 1 千克；要求取用 1.001 千克。',
      },
    })
  })
})
