import { ALL_BP, gramsOfUnits, milligramsOfUnits } from '../material/mass.ts'
import type { CheckResult } from './rule.ts'
import { kg, percent } from './wording.ts'

/**
 * R14: units × mass × recycled share is at most the traced pellets in the lot, compared in milligrams, so not even rounding
 * makes a unit too many. `gramsPerUnit` has at most three decimals.
 */
export function checkRecycledContent(product: {
  readonly units: number
  readonly gramsPerUnit: number
  readonly recycledShareBp: number
  readonly pelletGrams: number
}): CheckResult {
  const { units, gramsPerUnit, recycledShareBp, pelletGrams } = product
  // Exact in milligrams × basis points; the gram that is shown is rounded, the verdict is not.
  const needed = milligramsOfUnits(units, gramsPerUnit) * BigInt(recycledShareBp)
  const allocated = BigInt(pelletGrams) * 1000n * BigInt(ALL_BP)
  const perGram = 1000n * BigInt(ALL_BP)
  const fits = needed <= allocated
  const shownGrams = Number((needed + (fits ? 0n : perGram - 1n)) / perGram)
  const [need, pellets, whole] = [kg(shownGrams), kg(pelletGrams), kg(gramsOfUnits(units, gramsPerUnit))]
  const share = percent(recycledShareBp)
  return {
    rule: 'R14',
    verdict: fits ? 'pass' : 'fail',
    sentence: {
      en: `${units} units of ${gramsPerUnit} g (${whole.en}) with ${share} recycled content need ${need.en} of traced pellets; ${pellets.en} is allocated, and more may not be used.`,
      zh: `${units} 件、每件 ${gramsPerUnit} 克（共 ${whole.zh}）、再生比例 ${share} 需要有来源记录的颗粒 ${need.zh}；已分配 ${pellets.zh}，用量不得超过。`,
    },
  }
}
