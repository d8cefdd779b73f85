import { isWholeGrams } from '../../../shared/domain/material/mass.ts'
import type { MAX_PICKUP_KG } from '../../../shared/contract/requests/pickups.ts'

/** Numbers as people type them on phones. The contract's limit is repeated here, and its type keeps the two equal. */
const MAX_KG: typeof MAX_PICKUP_KG = 10_000
const MAX_PIECES = 1_000_000
const MAX_BAGS = 10_000

/** The same number in plain digits: full-width ones become half-width, every kind of decimal mark a dot, and spaces go. */
export function plainNumber(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[,，．。、٫]/g, '.')
    .replace(/\s/g, '')
}

/**
 * A comma before three digits: `1,500` is one and a half to some and fifteen hundred to others, so it is asked again.
 * What begins with a nought can only be a decimal.
 */
const EITHER_WAY = /^\s*[1-9１-９][\d０-９]{0,2}\s*[,，]\s*[\d０-９]{3}\s*$/

export const isAmbiguous = (text: string): boolean => EITHER_WAY.test(text)

/** Kilograms above zero with at most three decimals, or undefined. A comma is a decimal mark where it cannot be else. */
export function readKilograms(text: string): number | undefined {
  const kg = readTare(text)
  return kg === 0 ? undefined : kg
}

/** The same, nought included: some containers are not worth weighing. */
export function readTare(text: string): number | undefined {
  if (isAmbiguous(text)) return undefined
  const digits = plainNumber(text)
  if (!/^(\d+\.?\d{0,3}|\.\d{1,3})$/.test(digits)) return undefined
  const kg = Number(digits)
  return kg <= MAX_KG && isWholeGrams(kg) ? kg : undefined
}

/** A whole number of pieces from one upwards, or undefined. */
export function readPieces(text: string): number | undefined {
  return readCount(text, MAX_PIECES)
}

/** A whole number of bags, likewise. */
export function readBags(text: string): number | undefined {
  return readCount(text, MAX_BAGS)
}

function readCount(text: string, most: number): number | undefined {
  const digits = plainNumber(text)
  if (!/^\d{1,7}$/.test(digits)) return undefined
  const count = Number(digits)
  return count >= 1 && count <= most ? count : undefined
}
