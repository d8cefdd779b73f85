import { isWholeGrams } from '../../shared/domain/mass.ts'
import type { MAX_PICKUP_KG } from '../../shared/contract/requests/pickups.ts'

/** Numbers as people type them on phones. The contract's limit is repeated here, and its type keeps the two equal. */
const MAX_KG: typeof MAX_PICKUP_KG = 10_000
const MAX_PIECES = 1_000_000

/** The same number in plain digits: full-width ones become half-width, every kind of decimal mark a dot, and spaces go. */
export function plainNumber(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[,，．。、٫]/g, '.')
    .replace(/\s/g, '')
}

/** Kilograms above zero with at most three decimals, or undefined. A comma is a decimal mark, never a thousands mark. */
export function readKilograms(text: string): number | undefined {
  const digits = plainNumber(text)
  if (!/^(\d+\.?\d{0,3}|\.\d{1,3})$/.test(digits)) return undefined
  const kg = Number(digits)
  return kg > 0 && kg <= MAX_KG && isWholeGrams(kg) ? kg : undefined
}

/** A whole number of pieces from one upwards, or undefined. */
export function readPieces(text: string): number | undefined {
  const digits = plainNumber(text)
  if (!/^\d{1,7}$/.test(digits)) return undefined
  const pieces = Number(digits)
  return pieces >= 1 && pieces <= MAX_PIECES ? pieces : undefined
}
