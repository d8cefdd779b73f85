import type { CheckResult } from '../../checks/rule.ts'
import { OBP_CLASSES, type ObpClass, type OceanBoundAssessment } from './ocean-bound.ts'
import { POTENTIAL_LANDWARD_M } from './zone.ts'

/**
 * R1: the ocean-bound class follows from the position. Passes when everything within the uncertainty is of one
 * ocean-bound class; anything else is for an auditor to look at, and so is what certainly lies too far inland for any:
 * this is a record of marine plastic, and no other rule looks at where something from a vessel was picked up. The
 * collector is never asked for the class.
 */
export function checkOceanBound(assessment: OceanBoundAssessment): CheckResult {
  const { obpClass, candidates, accuracyGiven, uncertaintyM } = assessment
  if (candidates.length === 0) return review(OUTSIDE)
  if (candidates.length > 1) {
    return review({
      en: `Within the uncertainty of ${uncertaintyM} m the position may be ${candidates.map(inEnglish).join(' or ')}.`,
      zh: `在 ${uncertaintyM} 米的不确定范围内，该位置可能属于${candidates.map(inChinese).join('或')}。`,
    })
  }
  const [en, zh] = [inEnglish(obpClass), inChinese(obpClass)]
  if (!accuracyGiven) {
    return review({
      en: `The position came without its accuracy; taken as exact, its class is ${en}.`,
      zh: `该位置未注明精度；若视为准确，其类别为${zh}。`,
    })
  }
  if (obpClass === 'INLAND') return review(inland(assessment))
  return {
    rule: 'R1',
    verdict: 'pass',
    sentence: {
      en: `The class is ${en}: ${whereabouts(assessment).en}.`,
      zh: `类别为${zh}：${whereabouts(assessment).zh}。`,
    },
  }
}

const OUTSIDE = {
  en: 'The position lies outside the coastline dataset, so its class is not known.',
  zh: '该位置超出海岸线数据的范围，无法判定类别。',
}

const LIMIT_KM = POTENTIAL_LANDWARD_M / 1000

function inland(assessment: OceanBoundAssessment): CheckResult['sentence'] {
  const { en, zh } = whereabouts(assessment)
  return {
    en: `The class is ${inEnglish('INLAND')}: ${en}; nothing from farther than ${LIMIT_KM} km is ocean-bound, rivers excepted.`,
    zh: `类别为${inChinese('INLAND')}：${zh}；除河道外，距海岸超过 ${LIMIT_KM} 千米的均不属趋海塑料。`,
  }
}

function review(sentence: CheckResult['sentence']): CheckResult {
  return { rule: 'R1', verdict: 'review', sentence }
}

const inEnglish = (name: ObpClass): string => `“${OBP_CLASSES[name].en}” (${name})`
const inChinese = (name: ObpClass): string => `“${OBP_CLASSES[name].zh}”（${name}）`

function whereabouts({ side, distanceKm, uncertaintyM }: OceanBoundAssessment): CheckResult['sentence'] {
  if (distanceKm === null)
    return { en: 'at an islet that the dataset does not draw', zh: '位于数据未绘出的小岛附近' }
  const [km, margin] = [String(distanceKm), String(uncertaintyM)]
  const en = side === 'land' ? 'inland of the coast' : 'out at sea'
  const zh = side === 'land' ? '海岸线向陆' : '海岸线向海'
  return { en: `about ${km} km ${en}, give or take ${margin} m`, zh: `${zh}约 ${km} 千米，误差 ${margin} 米` }
}
