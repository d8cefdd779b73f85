import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigitOf, GTIN_PATTERN, hasCheckDigit, toGtin14 } from '../../../../shared/domain/gs1/gtin.ts'

const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const gtin = fc
  .constantFrom(8, 12, 13, 14)
  .chain((length) => digits(length - 1))
  .map((body) => body + checkDigitOf(body))

describe('a GTIN', () => {
  // Published examples: GS1's own (950…, 614141…), ISBN 978-3-16-148410-0, and Wikipedia's 73513537 and 4006381333931.
  it.each(['09506000134352', '9506000134352', '614141000036', '9783161484100', '73513537', '4006381333931'])(
    'checks as %s, which is printed somewhere',
    (printed) => {
      expect(GTIN_PATTERN.test(printed)).toBe(true)
      expect(hasCheckDigit(printed)).toBe(true)
    },
  )

  it.each(['', '1', '950600013435', '95060001343', '9506000134352 ', '950600013435X', '095060001343520'])(
    'is not %j',
    (text) => {
      expect(GTIN_PATTERN.test(text) && hasCheckDigit(text)).toBe(false)
    },
  )

  it('checks alike with noughts before it', () => {
    fc.assert(
      fc.property(gtin, (printed) => {
        expect(hasCheckDigit(printed)).toBe(true)
        expect(toGtin14(printed)).toHaveLength(14)
        expect(hasCheckDigit(toGtin14(printed))).toBe(true)
        expect(toGtin14(toGtin14(printed))).toBe(toGtin14(printed))
      }),
    )
  })

  it('does not check with any one digit mistyped', () => {
    fc.assert(
      fc.property(gtin, fc.nat(), fc.integer({ min: 1, max: 9 }), (printed, where, by) => {
        const at = where % printed.length
        const wrong = String((Number(printed[at]) + by) % 10)
        expect(hasCheckDigit(printed.slice(0, at) + wrong + printed.slice(at + 1))).toBe(false)
      }),
    )
  })
})
