import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawDry, mostDryGrams, shareDry } from '../../../../shared/domain/lineage/dry.ts'

const sumOf = (grams: readonly number[]): number => grams.reduce((sum, one) => sum + one, 0)
const grams = fc.integer({ min: 1, max: 1e12 })

describe('what may be dry', () => {
  it('is what a measured moisture leaves, rounded up, and nothing certain without one', () => {
    expect(mostDryGrams({ massGrams: 3, moistureBp: 5_000 })).toBe(2)
    expect(mostDryGrams({ massGrams: 3 })).toBeUndefined()
  })

  it('is drawn by mass, rounded up: never more than there is, nor than the mass that it goes with', () => {
    expect([drawDry(1, 1, 3), drawDry(50_001, 33_333, 100_001), drawDry(0, 0, 0)]).toEqual([1, 16_667, 0])
    fc.assert(
      fc.property(grams, grams, grams, (whole, part, most) => {
        const [drawnGrams, atMost] = [Math.min(part, whole), Math.min(most, whole)]
        const dry = drawDry(atMost, drawnGrams, whole)
        expect(dry <= atMost && dry <= drawnGrams).toBe(true)
        expect(BigInt(dry) * BigInt(whole) >= BigInt(atMost) * BigInt(drawnGrams)).toBe(true)
      }),
    )
  })

  it('of several outputs is first what was measured, and by mass what was not', () => {
    const outputs = [{ massGrams: 40, moistureBp: 0 }, { massGrams: 30 }, { massGrams: 10 }]
    expect([shareDry(60, outputs), shareDry(90, outputs), shareDry(30, outputs)]).toEqual([
      [40, 15, 5],
      [40, 30, 10],
      [30, 0, 0],
    ])
  })

  it('is never more of all outputs than there was, nor of one than its mass or what its moisture leaves', () => {
    const output = fc.record(
      { massGrams: grams, moistureBp: fc.integer({ min: 0, max: 9_999 }) },
      { requiredKeys: ['massGrams'] },
    )
    fc.assert(
      fc.property(fc.nat(1e12), fc.array(output, { maxLength: 5 }), (atMost, outputs) => {
        const shares = shareDry(atMost, outputs)
        expect(sumOf(shares)).toBeLessThanOrEqual(atMost)
        const fits = outputs.every((one, i) => {
          const share = shares[i] ?? -1
          return share >= 0 && share <= (mostDryGrams(one) ?? one.massGrams)
        })
        expect(fits).toBe(true)
      }),
    )
  })
})
