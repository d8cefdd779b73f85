import { ALL_BP, basisPoints, compareShare } from '../material/mass.ts'
import type { LossKind } from '../material/material.ts'
import type { CheckResult } from './rule.ts'
import { THRESHOLDS } from './thresholds.ts'
import { kg, percent } from './wording.ts'

/** R10: input = output + losses + unaccounted. Requires input > 0; a negative rest means that mass was created. */
export function checkUnaccounted(inputGrams: number, unaccountedGrams: number): CheckResult {
  if (unaccountedGrams < 0) {
    const gained = kg(-unaccountedGrams)
    return {
      rule: 'R10',
      verdict: 'fail',
      sentence: {
        en: `Outputs and losses are ${gained.en} more than the input; they may not exceed it.`,
        zh: `产出与损耗之和比投入多 ${gained.zh}；不得超过投入。`,
      },
    }
  }
  const limit = THRESHOLDS.unaccountedBp
  const over = compareShare(unaccountedGrams, inputGrams, limit) > 0
  const share = percent(basisPoints(unaccountedGrams, inputGrams, over ? 'up' : 'down'))
  const mass = kg(unaccountedGrams)
  return {
    rule: 'R10',
    verdict: over ? 'review' : 'pass',
    sentence: {
      en: `${mass.en} (${share}) of the input is not accounted for; up to ${percent(limit)} is usual.`,
      zh: `投入量中有 ${mass.zh}（${share}）去向未记录；通常不超过 ${percent(limit)}。`,
    },
  }
}

/** What may be water of a run's input. */
export interface Moist {
  readonly inputGrams: number
  readonly knownWaterGrams: number
  /** Mass of the input without a known moisture, and the most water that such material usually holds. */
  readonly unknownGrams: number
  readonly mostWaterBp: number
  /** What must be water, as so much was measured before and not all of it was seen to dry off. */
  readonly leastWaterGrams: number
}

/** The water that an input may have held: what is known of it, and of the rest what is usual, or what must be there. */
export function waterGramsOf({ knownWaterGrams, unknownGrams, mostWaterBp, leastWaterGrams }: Moist): number {
  return Math.max(leastWaterGrams, knownWaterGrams + Math.ceil((unknownGrams * mostWaterBp) / ALL_BP))
}

/**
 * R10 for moisture: no more water dries off than the input held. What is known of it is exact; of input whose moisture
 * nobody measured, as much as such material usually holds. Up to 2 % of the input beyond that passes, as for anything
 * else that is not accounted for. Nothing to check where nothing was said to have dried off.
 */
export function checkMoistureLoss(run: Moist & { readonly driedGrams: number }): CheckResult | undefined {
  const { inputGrams, driedGrams, unknownGrams } = run
  if (driedGrams === 0) return undefined
  const waterGrams = waterGramsOf(run)
  const limit = THRESHOLDS.unaccountedBp
  const over = compareShare(Math.max(0, driedGrams - waterGrams), inputGrams, limit) > 0
  const [dried, water] = [kg(driedGrams), kg(waterGrams)]
  const measured =
    unknownGrams === 0
      ? { en: 'held', zh: '含水' }
      : { en: 'held, by what was measured or is usual,', zh: '按测量值或通常值含水' }
  return {
    rule: 'R10',
    verdict: over ? 'review' : 'pass',
    sentence: {
      en: `${dried.en} of moisture dried off; the input ${measured.en} up to ${water.en} of water, and ${percent(limit)} of the input more is usual.`,
      zh: `水分蒸发 ${dried.zh}；投入${measured.zh}至多 ${water.zh}，超出部分通常不超过投入的 ${percent(limit)}。`,
    },
  }
}

/** Mass that left a run, and the document that says where it went. */
export interface Loss {
  readonly kind: LossKind
  readonly grams: number
  readonly destinationDocument?: string
}

/** What is carted away goes somewhere; wash loss leaves with the water, and purge stays with the extruder. */
const NEEDS_DESTINATION: ReadonlySet<LossKind> = new Set(['reject', 'other'])

/** R10 for waste: no loss is negative, and rejects and other waste name the document of where they went. */
export function checkLosses(losses: readonly Loss[]): CheckResult {
  const negative = losses.find(({ grams }) => grams < 0)
  if (negative) {
    const mass = kg(negative.grams)
    return {
      rule: 'R10',
      verdict: 'fail',
      sentence: {
        en: `A loss of ${mass.en} was given; a loss is never below 0 kg.`,
        zh: `损耗录入为 ${mass.zh}；损耗不得小于 0 千克。`,
      },
    }
  }
  const waste = losses.filter(({ kind }) => NEEDS_DESTINATION.has(kind))
  const undocumented = waste.filter(({ destinationDocument }) => !destinationDocument)
  const mass = kg(undocumented.reduce((sum, { grams }) => sum + grams, 0))
  if (undocumented.some(({ grams }) => grams > 0)) {
    return {
      rule: 'R10',
      verdict: 'review',
      sentence: {
        en: `${mass.en} of waste left without a document of its destination; every waste usually has one.`,
        zh: `有 ${mass.zh}废料离场而没有去向单据；通常每笔废料都有单据。`,
      },
    }
  }
  const sentence = { en: 'All waste has a document of its destination.', zh: '所有废料都有去向单据。' }
  return { rule: 'R10', verdict: 'pass', sentence }
}
