import type { Water } from '../material/yields/table.ts'
import { dryGramsOf } from '../material/weights.ts'
import type { CheckResult } from './rule.ts'
import { kg, percent } from './wording.ts'

/** What came out of a run, as far as it tells how much of it is dry: see {@link checkDryMass}. */
export interface CameOut {
  /** The least that is dry of what was measured. */
  readonly dryGrams: number
  /** Mass of what nobody measured. */
  readonly unmeasuredGrams: number
  /** What such material holds of water; absent where it may be any wet thing. */
  readonly water?: Water
}

/**
 * R9 over all steps: what was known to hold at most so much dry material never gives more. Of outputs that nobody
 * measured, plastic that was melted counts as dry but for the water that it takes up: beyond the most it fails, beyond
 * the usual it is for review. Nothing to say where it fits.
 */
export function checkDryMass(dryAtMostGrams: number, out: CameOut): CheckResult | undefined {
  const { dryGrams, unmeasuredGrams, water } = out
  const leastWith = (waterBp: number): number => dryGrams + dryGramsOf(unmeasuredGrams, waterBp, 'down')
  const least = water ? leastWith(water.mostBp) : dryGrams
  const most = kg(dryAtMostGrams)
  if (least > dryAtMostGrams) return tooMuch(kg(least), most, unmeasuredGrams > 0 ? out : undefined)
  if (!water || leastWith(water.usualBp) <= dryAtMostGrams) return undefined
  const [usual, unmeasured, share] = [
    kg(leastWith(water.usualBp)),
    kg(unmeasuredGrams),
    percent(water.usualBp),
  ]
  return {
    rule: 'R9',
    verdict: 'review',
    sentence: {
      en: `By all moistures measured so far at most ${most.en} went in dry, but ${usual.en} came out dry if the ${unmeasured.en} that nobody measured hold no more than ${share} of water, as is usual of such plastic.`,
      zh: `按迄今测得的各含水率，投入至多含干料 ${most.zh}；未测含水率的产出 ${unmeasured.zh}若如此类塑料通常至多含水 ${share}，产出则含干料 ${usual.zh}。`,
    },
  }
}

type Mass = ReturnType<typeof kg>

function tooMuch(least: Mass, most: Mass, out: CameOut | undefined): CheckResult {
  const unmeasured = out && kg(out.unmeasuredGrams)
  const share = out?.water && percent(out.water.mostBp)
  const even =
    unmeasured === undefined
      ? { en: '', zh: '' }
      : share === undefined
        ? {
            en: `, even if the ${unmeasured.en} that nobody measured were all water`,
            zh: `（未测含水率的 ${unmeasured.zh}即使全为水）`,
          }
        : {
            en: `, even if the ${unmeasured.en} that nobody measured held ${share} of water, the most that such plastic takes up`,
            zh: `（未测含水率的 ${unmeasured.zh}即使按此类塑料至多含水 ${share}计）`,
          }
  return {
    rule: 'R9',
    verdict: 'fail',
    sentence: {
      en: `On a dry basis at least ${least.en} came out of at most ${most.en} that went in by all moistures measured so far${even.en}; nothing comes out that did not go in.`,
      zh: `按干基计，依迄今测得的各含水率，投入至多 ${most.zh}，产出却至少有 ${least.zh}${even.zh}；产出不得多于投入。`,
    },
  }
}
