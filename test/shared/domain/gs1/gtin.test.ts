import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkDigitOf,
  faultOfPrefix,
  GTIN_PATTERN,
  hasCheckDigit,
  toGtin14,
} from '../../../../shared/domain/gs1/gtin.ts'

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

describe('a prefix', () => {
  const withCheck = (body: string): string => toGtin14(body + checkDigitOf(body))

  it.each([
    ['20 of 13 digits', '200000000000', 'region'],
    ['29 of 13 digits', '299999999999', 'region'],
    ['02 of 13 digits', '020000000001', 'region'],
    ['2 of 12 digits, which is 02', '20000000001', 'region'],
    ['04 of 13 digits', '041234567890', 'company'],
    ['4 of 12 digits, which is 04', '41234567890', 'company'],
    ['20 within 14 digits, packed', '1200000000000', 'region'],
    ['0 of 8 digits', '0000001', 'company'],
    ['2 of 8 digits', '2012345', 'company'],
    ['980', '980123456789', 'receipts'],
    ['983', '983123456789', 'coupons'],
    ['99', '991234567890', 'coupons'],
    ['five noughts, packed', '1000001234567', 'nobody'],
  ])('is of no product in the world: %s', (_what, body, says) => {
    expect(faultOfPrefix(withCheck(body))).toContain(says)
  })

  it.each([
    ['GS1’s examples', '950600013435'],
    ['China', '690123456789'],
    ['Germany', '400638133393'],
    ['of 12 digits from the United States', '61414100003'],
    ['30, near 20 to 29', '300000000000'],
    ['19, near 20 to 29', '019000000000'],
    ['03 of drugs', '031234567890'],
    ['05', '051234567890'],
    ['a book', '978316148410'],
    ['a newspaper', '977123456789'],
    ['8 digits', '7351353'],
    ['9 within 14 digits, for what is weighed', '9950600013435'],
  ])('may be a product’s: %s', (_what, body) => {
    expect(faultOfPrefix(withCheck(body))).toBeUndefined()
  })
})
