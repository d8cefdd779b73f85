/**
 * Mass. Inside it is integer grams; JSON carries kilograms with at most three decimals. Nothing here rounds
 * silently: a number that is not a whole gram is refused, and every division hands out each gram exactly once.
 */

/** True where `kg` was written with three decimals or fewer: the nearest double of grams/1000 is then `kg` itself. */
export function isWholeGrams(kg: number): boolean {
  const grams = Math.round(kg * 1000)
  return Number.isSafeInteger(grams) && grams / 1000 === kg
}

/** Grams of `kg`. Requires whole grams, which the contract checks at the edge; throws RangeError otherwise. */
export function gramsFromKg(kg: number): number {
  if (!isWholeGrams(kg)) throw new RangeError(`${kg} kg is not a whole number of grams`)
  return Math.round(kg * 1000)
}

export function kgFromGrams(grams: number): number {
  return grams / 1000
}

/**
 * Grams of `units` pieces of `gramsPerUnit` each. The weight of a piece may have up to three decimals (milligrams),
 * so only the sum is rounded, half a gram upwards. At most half a gram per lot is gained or lost in this one place.
 */
export function gramsOfUnits(units: number, gramsPerUnit: number): number {
  const milligrams = BigInt(units) * BigInt(Math.round(gramsPerUnit * 1000))
  return Number((milligrams + 500n) / 1000n)
}

/**
 * Splits `total` over `weights` in proportion, in whole numbers that add up to `total` exactly (largest remainder;
 * ties go to the earlier one). Requires whole weights ≥ 0 and 0 ≤ total; if all weights are 0, total must be 0.
 * Guarantees that no part exceeds its weight when total ≤ the sum of the weights, so parts can be taken away from
 * the weights again and again without one ever going below zero.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum === 0) {
    if (total !== 0) throw new RangeError(`cannot share ${total} among nothing`)
    return weights.map(() => 0)
  }
  // Products reach 10^18 for a thousand tonnes, beyond what a double holds exactly: hence BigInt.
  const quotas = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight)
    return { index, whole: Number(product / BigInt(sum)), rest: product % BigInt(sum) }
  })
  let left = total - quotas.reduce((a, quota) => a + quota.whole, 0)
  const parts = quotas.map((quota) => quota.whole)
  const byRest = [...quotas].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )
  for (const quota of byRest) {
    if (left === 0) break
    parts[quota.index] = quota.whole + 1
    left -= 1
  }
  return parts
}
