import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  apportion,
  basisPoints,
  compareShare,
  gramsFromKg,
  gramsOfUnits,
  isWholeGrams,
  kgFromGrams,
  proportion,
} from '../../../../shared/domain/material/mass.ts'

describe('kilograms and grams', () => {
  it('takes up to three decimals and refuses a fourth', () => {
    expect([12, 12.5, 0.001, 486.123].map(isWholeGrams)).toEqual([true, true, true, true])
    expect([0.0001, 12.3456, Number.NaN, Number.POSITIVE_INFINITY].map(isWholeGrams)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('gives back every gram up to a thousand tonnes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (grams) => gramsFromKg(kgFromGrams(grams)) === grams),
    )
  })

  it('throws on a mass that the edge should have refused', () => {
    expect(() => gramsFromKg(0.0005)).toThrow(RangeError)
  })

  it('adds up units in milligrams and rounds only the sum, upwards', () => {
    expect(gramsOfUnits(13_821, 22.4)).toBe(309_591)
    expect(gramsOfUnits(3, 0.5)).toBe(2)
    expect(gramsOfUnits(1_499, 0.001)).toBe(2)
    expect(gramsOfUnits(1_001, 0.001)).toBe(2)
    expect(gramsOfUnits(1_000, 0.001)).toBe(1)
    expect(gramsOfUnits(100_000_000, 0.001)).toBe(100_000)
  })

  it('gives a lot never less than its units weigh, and less than a gram more', () => {
    const milligrams = fc.integer({ min: 1, max: 1e9 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e8 }), milligrams, (units, each) => {
        fc.pre(BigInt(units) * BigInt(each) < 2n ** 60n)
        const over = 1_000n * BigInt(gramsOfUnits(units, each / 1_000)) - BigInt(units) * BigInt(each)
        expect(over >= 0n && over < 1_000n).toBe(true)
      }),
    )
  })
})

const large = fc.integer({ min: 1, max: 1e12 })

describe('shares', () => {
  it('are rounded down for claims and up where they are over a limit', () => {
    expect([basisPoints(1, 3, 'down'), basisPoints(1, 3, 'up')]).toEqual([3_333, 3_334])
    expect([basisPoints(1, 4, 'down'), basisPoints(1, 4, 'up')]).toEqual([2_500, 2_500])
    expect([basisPoints(0, 3, 'down'), basisPoints(0, 3, 'up')]).toEqual([0, 0])
  })

  it('are compared exactly, to the gram, and agree with how they are shown', () => {
    expect([compareShare(1_999, 100_000, 200), compareShare(2_001, 100_000, 200)]).toEqual([-1, 1])
    expect(compareShare(2_000, 100_000, 200)).toBe(0)
    fc.assert(
      fc.property(large, large, fc.nat(20_000), (part, whole, limit) => {
        const over = compareShare(part, whole, limit) > 0
        expect(basisPoints(part, whole, over ? 'up' : 'down') > limit).toBe(over)
      }),
    )
  })

  it('give proportions half upwards or as told, beyond what a double holds', () => {
    expect([proportion(5, 1, 2), proportion(4, 1, 3), proportion(5, 1, 3)]).toEqual([3, 1, 2])
    const told = (['half', 'up', 'down'] as const).map((rounding) => proportion(4, 1, 3, rounding))
    expect([told, proportion(6, 1, 3, 'up')]).toEqual([[1, 2, 1], 2])
    expect(proportion(999_999_999_999, 999_999_999_998, 999_999_999_999)).toBe(999_999_999_998)
    fc.assert(fc.property(large, large, (value, whole) => proportion(value, whole, whole) === value))
  })
})

const weights = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 30 })

describe('apportionment', () => {
  it('gives the largest remainders the grams that are left, the earlier of equals first', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(apportion(7, [50, 30, 20])).toEqual([4, 2, 1])
  })

  it('shares nothing among nothing, and refuses to share something among nothing', () => {
    expect(apportion(0, [0, 0])).toEqual([0, 0])
    expect(() => apportion(1, [0, 0])).toThrow(RangeError)
  })

  it('always adds up, and never gives a part more than its weight', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const sum = list.reduce((a, b) => a + b, 0)
        const total = Math.floor(sum * part)
        const parts = apportion(total, list)
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
        parts.forEach((share, index) => expect(share).toBeLessThanOrEqual(list[index] ?? 0))
      }),
    )
  })

  it('stays within one gram of the exact proportion', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 1e9 }), (list, total) => {
        const sum = list.reduce((a, b) => a + b, 0)
        fc.pre(sum > 0)
        apportion(total, list).forEach((share, index) => {
          const exact = BigInt(total) * BigInt(list[index] ?? 0)
          const difference = BigInt(share) * BigInt(sum) - exact
          expect(difference < BigInt(sum) && difference > -BigInt(sum)).toBe(true)
        })
      }),
    )
  })
})
