import { massKgOf, type Entry } from '../kept/entries.ts'
import { formatNumber } from './format.ts'
import type { Speech } from '../words/language.ts'

/** How much an entry is, as people say it: kilograms where they are known, else what was counted. */
export function amountText(entry: Entry, { words, language }: Speech): string {
  const kg = massKgOf(entry)
  if (kg !== undefined) return words.kilograms(formatNumber(kg, language))
  const { pieces, bags } = entry.amount
  if (bags !== undefined) return words.bagsCounted(bags, formatNumber(bags, language))
  return words.piecesCounted(pieces ?? 0, formatNumber(pieces ?? 0, language))
}
