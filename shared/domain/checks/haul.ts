import { distanceKm as greatCircleKm, type Position } from '../geo/geodesy.ts'
import type { CheckResult } from './rule.ts'
import { THRESHOLDS as T } from './thresholds.ts'

/** A site, as far as a haul needs to know of it. */
export interface Place extends Position {
  readonly id: string
}

/** Where a haul begins and ends; absent where the site, or its position, is not known. */
export interface Way {
  readonly from?: Place | undefined
  readonly to?: Place | undefined
}

/**
 * R17: the distance that somebody states of a haul is one that there can be between its two sites. No way is shorter than
 * the great circle, less what the positions of the sites and the sphere that it is measured on may be wrong by; one that
 * is several times as long is looked at. Both are whole kilometres. Undefined where a position is not known, as nothing
 * can be said then.
 */
export function checkHaul(statedKm: number, { from, to }: Way): CheckResult | undefined {
  if (!from || !to) return undefined
  const exactKm = greatCircleKm(from, to)
  const apartKm = Math.round(exactKm)
  const leastKm = Math.ceil(exactKm * (1 - T.sphereErrorBp / 10_000) - T.sitePositionKm)
  const usualKm = Math.floor(exactKm * T.haulDetourTimes + T.haulSlackKm)
  const en = `From ${from.id} to ${to.id} ${statedKm} km were stated; they are ${apartKm} km apart as the crow flies`
  const zh = `填报从 ${from.id} 到 ${to.id} 的运距为 ${statedKm} 千米；两站点直线距离为 ${apartKm} 千米`
  if (statedKm < leastKm) {
    const sentence = {
      en: `${en}, so no way between them is shorter than ${leastKm} km.`,
      zh: `${zh}，运距不可能少于 ${leastKm} 千米。`,
    }
    return { rule: 'R17', verdict: 'fail', sentence }
  }
  if (statedKm > usualKm) {
    const sentence = {
      en: `${en}, and up to ${usualKm} km is usual.`,
      zh: `${zh}，通常不超过 ${usualKm} 千米。`,
    }
    return { rule: 'R17', verdict: 'review', sentence }
  }
  return {
    rule: 'R17',
    verdict: 'pass',
    sentence: { en: `${en}, which fits.`, zh: `${zh}，两者相符。` },
  }
}

/** Roads are longer than the crow flies: by about this factor, where nobody measured. */
const DETOUR = 1.3

/** How far it is between two places by road or by sea, in whole kilometres, where nobody said. */
export const estimateKm = (from: Position, to: Position): number =>
  Math.round(greatCircleKm(from, to) * DETOUR)
