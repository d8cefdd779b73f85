/**
 * Global Trade Item Numbers (GS1 General Specifications, §3.3.2 and §7.9). Printed with 8, 12, 13 or 14 digits, they are
 * one and the same number: here, and in every GS1 Digital Link, they have 14, with noughts on the left.
 */
export const GTIN_PATTERN: RegExp = /^(?:\d{8}|\d{12,14})$/

/** Noughts alone check, and are nobody's. */
export const isAllNoughts = (digits: string): boolean => !/[1-9]/.test(digits)

/** The digit that makes a number of GS1 check, from those before it: weights 3, 1, 3 … from the right, modulo 10. */
export function checkDigitOf(digits: string): string {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

/** Whether the last digit is the check digit of the others. */
export const hasCheckDigit = (digits: string): boolean =>
  checkDigitOf(digits.slice(0, -1)) === digits.slice(-1)

const GTIN_DIGITS = 14

/** The number as it is kept. */
export const toGtin14 = (digits: string): string => digits.padStart(GTIN_DIGITS, '0')
