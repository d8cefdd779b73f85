import type { CheckResult } from './rule.ts'
import { kg } from './wording.ts'

/** R8: a batch gives what it has and not a gram more. What others draw meanwhile is for the conditional write. */
export function checkDraw({
  batch,
  remainingGrams,
  drawnGrams,
}: {
  readonly batch: string
  readonly remainingGrams: number
  readonly drawnGrams: number
}): CheckResult {
  const [left, drawn] = [kg(remainingGrams), kg(drawnGrams)]
  return {
    rule: 'R8',
    verdict: drawnGrams > remainingGrams ? 'fail' : 'pass',
    sentence: {
      en: `Batch ${batch} has ${left.en} left; ${drawn.en} were to be drawn.`,
      zh: `批次 ${batch} 尚余 ${left.zh}；要求取用 ${drawn.zh}。`,
    },
  }
}
