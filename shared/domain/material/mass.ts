/**
 * Mass, and all rounding there is. Inside mass is integer grams; JSON carries kilograms with at most three decimals.
 *
 * | what                                         | how                                   | why                                          |
 * | -------------------------------------------- | ------------------------------------- | -------------------------------------------- |
 * | kilograms to grams                           | not at all: beyond a gram is refused  | what somebody typed is never changed         |
 * | a total over parts (origins, legs of a run)  | {@link apportion}, largest remainder  | each gram is handed out exactly once         |
 * | one figure in proportion, pieces × weight,   | {@link proportion}, half upwards, once,   | at most half a gram per figure, and the same |
 * | dry mass in a yield                          | on the finished product               | answer in whatever order it is asked         |
 * | the most that may be dry, when it is         | {@link proportion} `up`, and the rest | what is drawn is never refused by a gram,    |
 * | measured, or a part is drawn                 | keeps what is left                    | and all parts together are what there was    |
 * | the least that came out dry                  | {@link proportion} `down`             | only what is surely too much is refused      |
 * | a lot of units × grams per unit              | {@link gramsOfUnits}, up, once        | a lot never weighs less than its units, so   |
 * |                                              |                                       | it never takes less material than they (R14) |
 * | what may be claimed                          | {@link basisPoints} `down`, to 0.01 % | a claim never exceeds what backs it          |
 * | a share in the sentence of a check           | {@link basisPoints}, away from the    | the sentence never contradicts the verdict   |
 * |                                              | limit that it is compared with        |                                              |
 * | a verdict                                    | {@link compareShare}: no rounding     | a threshold is exact to the gram             |
 *
 * Sums are sums of rounded grams and never rounded again. What a page shows is rounded for its reader, and nobody
 * calculates with it. Products are made in BigInt where they can pass 2^53, the largest whole number that a double keeps.
 * Shares are basis points: 1 % = 100, all of it = {@link ALL_BP}.
 */
export const ALL_BP = 10_000

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

/** What `units` of `gramsPerUnit` each weigh, exactly: the weight of a unit has at most three decimals (milligrams). */
export function milligramsOfUnits(units: number, gramsPerUnit: number): bigint {
  return BigInt(units) * BigInt(Math.round(gramsPerUnit * 1000))
}

/**
 * Grams of a lot of `units` of `gramsPerUnit` each. Only the sum is rounded, upwards: the lot takes less than a gram
 * more than its units weigh, and never less.
 */
export function gramsOfUnits(units: number, gramsPerUnit: number): number {
  return Number((milligramsOfUnits(units, gramsPerUnit) + 999n) / 1000n)
}

/** Which whole number is taken; `half` is the nearest one, half upwards. */
export type Rounding = 'half' | 'up' | 'down'

/** `value × numerator / denominator`, rounded half upwards or as told. Requires whole numbers ≥ 0 and a denominator > 0. */
export function proportion(
  value: number,
  numerator: number,
  denominator: number,
  rounding: Rounding = 'half',
): number {
  const whole = BigInt(denominator)
  const twice = 2n * BigInt(value) * BigInt(numerator)
  const more = { half: whole, up: 2n * whole - 1n, down: 0n }[rounding]
  return Number((twice + more) / (2n * whole))
}

/** The share of `part` in `whole` in basis points, rounded down or up to a whole one. Requires part ≥ 0, whole > 0. */
export function basisPoints(part: number, whole: number, rounding: 'down' | 'up'): number {
  const product = BigInt(part) * BigInt(ALL_BP)
  return Number((product + (rounding === 'up' ? BigInt(whole) - 1n : 0n)) / BigInt(whole))
}

/** Whether `part` is less (-1), exactly (0) or more (1) than `shareBp` of `whole`. Nothing is rounded. */
export function compareShare(part: number, whole: number, shareBp: number): -1 | 0 | 1 {
  const difference = BigInt(part) * BigInt(ALL_BP) - BigInt(whole) * BigInt(shareBp)
  return difference === 0n ? 0 : difference > 0n ? 1 : -1
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
