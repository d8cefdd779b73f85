import { compareShare } from '../material/mass.ts'
import type { MaterialForm } from '../material/material.ts'
import type { PiecesFactor } from '../material/pieces.ts'
import { gramsOfPieces, netGramsOf, type GrossTare } from '../material/weights.ts'
import { BULK } from './bulk.ts'
import type { CheckResult } from './rule.ts'
import { THRESHOLDS } from './thresholds.ts'
import { kg, percent } from './wording.ts'

/**
 * R3: net = gross − tare × containers, within a tolerance that never lets the net mass exceed the gross one. Nothing to
 * check where only a net mass was given, or none.
 */
export function checkNet(weight: {
  readonly netGrams: number
  readonly scale?: GrossTare
}): CheckResult | undefined {
  if (!weight.scale) return undefined
  const { grossGrams, tareGrams, containers } = weight.scale
  const [gross, tare, entered] = [kg(grossGrams), kg(tareGrams), kg(weight.netGrams)]
  const expectedGrams = netGramsOf(weight.scale)
  if (expectedGrams <= 0) {
    return {
      rule: 'R3',
      verdict: 'fail',
      sentence: {
        en: `Gross ${gross.en} less ${containers} × ${tare.en} of containers leaves no material; the gross mass is more than that of the containers.`,
        zh: `毛重 ${gross.zh}减去容器 ${containers} × ${tare.zh}后没有材料；毛重须大于容器重量。`,
      },
    }
  }
  if (weight.netGrams > grossGrams) {
    return {
      rule: 'R3',
      verdict: 'fail',
      sentence: {
        en: `A net mass of ${entered.en} was entered, which is more than the gross ${gross.en}; material never weighs more than material and containers together.`,
        zh: `录入净重 ${entered.zh}，大于毛重 ${gross.zh}；材料不会重于材料与容器之和。`,
      },
    }
  }
  const differenceGrams = Math.abs(weight.netGrams - expectedGrams)
  const within =
    differenceGrams <= THRESHOLDS.netToleranceGrams ||
    compareShare(differenceGrams, grossGrams, THRESHOLDS.netToleranceBp) <= 0
  const [expected, floor] = [kg(expectedGrams), kg(THRESHOLDS.netToleranceGrams)]
  const share = percent(THRESHOLDS.netToleranceBp)
  return {
    rule: 'R3',
    verdict: within ? 'pass' : 'fail',
    sentence: {
      en: `Gross ${gross.en} less ${containers} × ${tare.en} is ${expected.en}; ${entered.en} net was entered, and ${floor.en} or ${share} of the gross mass may be between them.`,
      zh: `毛重 ${gross.zh}减去 ${containers} × ${tare.zh}为 ${expected.zh}；录入净重 ${entered.zh}，允许相差 ${floor.zh}或毛重的 ${share}。`,
    },
  }
}

/** R4: what the scale shows on the photo is what was entered, as gross or as net mass, to the gram. */
export function checkScaleReading(weight: {
  readonly readingGrams: number
  readonly netGrams: number
  readonly grossGrams?: number
}): CheckResult {
  const { readingGrams, netGrams, grossGrams } = weight
  const same = readingGrams === grossGrams || readingGrams === netGrams
  const [reading, net] = [kg(readingGrams), kg(netGrams)]
  const gross = grossGrams === undefined ? undefined : kg(grossGrams)
  return {
    rule: 'R4',
    verdict: same ? 'pass' : 'review',
    sentence: {
      en: `The scale on the photo shows ${reading.en}; ${gross ? `${gross.en} gross and ` : ''}${net.en} net ${gross ? 'were' : 'was'} entered, and the reading is usually one of what was entered.`,
      zh: `照片中磅秤读数为 ${reading.zh}；录入${gross ? `毛重 ${gross.zh}、` : ''}净重 ${net.zh}，读数通常与录入一致。`,
    },
  }
}

/** R6 for a count: the entered mass is between half and double of what so many pieces usually weigh. */
export function checkPieces(pickup: {
  readonly massGrams: number
  readonly pieces: number
  readonly factor: PiecesFactor
}): CheckResult {
  const { massGrams, pieces, factor } = pickup
  const usualGrams = gramsOfPieces(pieces, factor)
  const { piecesLowBp, piecesHighBp } = THRESHOLDS
  const plausible =
    compareShare(massGrams, usualGrams, piecesLowBp) >= 0 &&
    compareShare(massGrams, usualGrams, piecesHighBp) <= 0
  const [entered, usual] = [kg(massGrams), kg(usualGrams)]
  const band = {
    en: `${percent(piecesLowBp)} to ${percent(piecesHighBp)}`,
    zh: `${percent(piecesLowBp)} 至 ${percent(piecesHighBp)}`,
  }
  return {
    rule: 'R6',
    verdict: plausible ? 'pass' : 'review',
    sentence: {
      en: `${pieces} pieces at ${factor.gramsPerPiece} g (factor ${factor.version}) come to ${usual.en}; ${entered.en} was entered, and ${band.en} of that is usual.`,
      zh: `${pieces} 件按每件 ${factor.gramsPerPiece} 克（系数 ${factor.version}）计为 ${usual.zh}；录入 ${entered.zh}，通常为其 ${band.zh}。`,
    },
  }
}

/** R6 for bags of 80 L, loosely filled. Not applied to compacted material, nor to forms that do not come in bags. */
export function checkBags(pickup: {
  readonly massGrams: number
  readonly bags: number
  readonly form: MaterialForm
  readonly compacted: boolean
}): CheckResult | undefined {
  const bulk = BULK.find(({ form }) => form === pickup.form)
  if (!bulk || pickup.compacted || pickup.bags === 0) return undefined
  const { massGrams, bags } = pickup
  const [lowGrams, highGrams] = bulk.bagGrams
  const plausible = massGrams >= lowGrams * bags && massGrams <= highGrams * bags
  const [entered, low, high] = [kg(massGrams), kg(lowGrams), kg(highGrams)]
  return {
    rule: 'R6',
    verdict: plausible ? 'pass' : 'review',
    sentence: {
      en: `${entered.en} was entered for ${bags} ${bags === 1 ? 'bag' : 'bags'}; for this form ${low.en} to ${high.en} in a bag of ${THRESHOLDS.bagLitres} L is usual.`,
      zh: `${bags} 袋录入 ${entered.zh}；该形态每 ${THRESHOLDS.bagLitres} 升袋通常为 ${low.zh}至 ${high.zh}。`,
    },
  }
}

/**
 * R16, the half at the scale: who collected is not who weighed. Both are pseudonyms that only need to be comparable.
 * Not applied where either is unknown.
 */
export function checkFourEyes(pickup: {
  readonly collector?: string
  readonly weigher?: string
}): CheckResult | undefined {
  const { collector, weigher } = pickup
  if (collector === undefined || weigher === undefined) return undefined
  if (collector !== weigher) {
    const sentence = { en: 'One person collected and another weighed.', zh: '收集者与过磅者不是同一人。' }
    return { rule: 'R16', verdict: 'pass', sentence }
  }
  return {
    rule: 'R16',
    verdict: 'review',
    sentence: {
      en: 'The same person collected and weighed; two people are usual.',
      zh: '收集与过磅为同一人；通常由两人分别完成。',
    },
  }
}
