import { amountOf, requireAmount, type Activities } from './activities.ts'
import { ACTIVITY_UNITS, CARBON_ITEMS, type CarbonItem, type Factor, type FactorTable } from './factors.ts'

/**
 * The carbon account of a batch. All products and sums are exact whole numbers of micrograms; only what is shown is
 * rounded, each figure by itself and half a gram upwards. So the parts may differ from the total by half a gram each,
 * and the account of two batches together from the sum of their accounts by at most a gram.
 */
export interface CarbonAccount {
  readonly gramsCo2e: number
  readonly gramsCo2ePerKg: number
  readonly parts: readonly CarbonPart[]
  /** What is in and what is not, which must be shown with the number. */
  readonly boundary: { readonly en: string; readonly zh: string }
  /** Of the factor table. */
  readonly version: string
  /** Items of which nothing, or not every step, is recorded. The account is too low by what they would add. */
  readonly missing: readonly CarbonItem[]
}

export interface CarbonPart {
  readonly item: CarbonItem
  readonly amount: number
  readonly unit: string
  /** Null where the table has no factor: the amount is shown and not counted. */
  readonly factor: Factor | null
  readonly gramsCo2e: number | null
}

/** What every account counts and what none does. */
export const BOUNDARY = {
  en: 'From pickup to this batch: electricity of its runs and transport by road and sea, as recorded. Not counted: water, packaging, buildings and machines, use and disposal.',
  zh: '从收集到本批次：已记录的加工用电及公路、海上运输。未计入：用水、包装、厂房设备、使用与废弃处置。',
}

/** Requires amounts and a mass that are whole numbers ≥ 0, the mass above 0; throws RangeError otherwise. */
export function carbonAccount(activities: Activities, massGrams: number, table: FactorTable): CarbonAccount {
  if (requireAmount(massGrams, 'massGrams') === 0) throw new RangeError('a batch without mass has no account')
  const counted = CARBON_ITEMS.map((item) => count(item, activities, table))
  const micrograms = counted.reduce((sum, part) => sum + part.micrograms, 0n)
  const missing = CARBON_ITEMS.filter(
    (item) => amountOf(activities, item) === 0 || activities.unrecorded?.includes(item),
  )
  return {
    gramsCo2e: divideRounded(micrograms, 1_000_000n),
    // Micrograms per gram are grams per tonne: a thousandth of that is grams per kilogram.
    gramsCo2ePerKg: divideRounded(micrograms, BigInt(massGrams) * 1_000n),
    parts: counted.map(({ part }) => part),
    boundary: BOUNDARY,
    version: table.version,
    missing,
  }
}

function count(
  item: CarbonItem,
  activities: Activities,
  table: FactorTable,
): { readonly part: CarbonPart; readonly micrograms: bigint } {
  const amount = requireAmount(amountOf(activities, item), item)
  const factor = table.factors[item] ?? null
  // 10^15 gram-kilometres times a factor is far beyond what a double holds exactly: hence BigInt.
  const micrograms = factor ? BigInt(amount) * BigInt(factor.microgramsPerUnit) : 0n
  const gramsCo2e = factor ? divideRounded(micrograms, 1_000_000n) : null
  return { part: { item, amount, unit: ACTIVITY_UNITS[item], factor, gramsCo2e }, micrograms }
}

/** Half upwards. */
function divideRounded(dividend: bigint, divisor: bigint): number {
  return Number((2n * dividend + divisor) / (2n * divisor))
}
