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

/**
 * Why a number that checks is no product's in the world: what its prefix says (GS1 General Specifications, §1.4 and
 * §2.1.11), as the end of a sentence; undefined where it may be one. Numbers of restricted circulation are given by
 * whoever likes, within a company or a region, so the same one is another product next door; and coupons and refund
 * receipts are no products. Takes 14 digits: the first says how they are packed, and a GTIN-8 has six noughts before it.
 */
export function faultOfPrefix(gtin14: string): string | undefined {
  const short = /^0{6}(\d{8})$/.exec(gtin14)?.[1]
  // What begins with five noughts and is no GTIN-8 is kept free, so that the two cannot meet.
  if (short === undefined && /^\d0{5}/.test(gtin14)) return 'which GS1 gives to nobody'
  const prefix = (short ?? gtin14.slice(1)).slice(0, 3)
  if (short === undefined ? /^(?:02|04|2)/.test(prefix) : /^[02]/.test(prefix))
    return 'which anybody may use within their own company or region, for other things'
  return short === undefined && /^98[0-4]|^99/.test(prefix)
    ? 'which are for coupons and refund receipts'
    : undefined
}
