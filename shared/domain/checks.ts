import { kgFromGrams } from './mass.ts'

/** A check: a named rule with a verdict and one plain sentence. `fail` refuses the event; `review` is stored with it. */
export interface CheckResult {
  readonly rule: string
  readonly verdict: 'pass' | 'review' | 'fail'
  readonly sentence: { readonly en: string; readonly zh: string }
}

/** Above this share of the input, mass that nobody accounted for is for an auditor to look at. */
export const UNACCOUNTED_REVIEW_SHARE = 0.02

/** R10: input = output + losses + unaccounted. Requires the unaccounted mass to be ≥ 0. */
export function checkUnaccounted(inputGrams: number, unaccountedGrams: number): CheckResult {
  const percent = ((100 * unaccountedGrams) / inputGrams).toFixed(1)
  const verdict = unaccountedGrams > inputGrams * UNACCOUNTED_REVIEW_SHARE ? 'review' : 'pass'
  return {
    rule: 'R10',
    verdict,
    sentence: {
      en: `${kgFromGrams(unaccountedGrams)} kg (${percent} %) of the input is not accounted for; up to 2 % is usual.`,
      zh: `投入量中有 ${kgFromGrams(unaccountedGrams)} 千克（${percent} %）去向未记录；通常不超过 2 %。`,
    },
  }
}
