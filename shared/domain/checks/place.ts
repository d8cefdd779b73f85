import { distanceKm, type Position } from '../geo/geodesy.ts'
import type { LocalName } from '../organisation.ts'
import type { CheckResult } from './rule.ts'
import { MINUTE_MS, THRESHOLDS } from './thresholds.ts'
import { listed } from './wording.ts'

const metresBetween = (a: Position, b: Position): number => Math.round(distanceKm(a, b) * 1000)

/**
 * R2: a pickup lies near the station that took it in. Not applied without a position, or where it came from a vessel,
 * which may have been anywhere. The sentence says whole kilometres only, as all else that is known of the place.
 */
export function checkStationDistance(pickup: {
  readonly position?: Position
  readonly station: Position
  readonly fromVessel: boolean
}): CheckResult | undefined {
  if (!pickup.position || pickup.fromVessel) return undefined
  const metres = metresBetween(pickup.position, pickup.station)
  const usualKm = THRESHOLDS.stationDistanceMetres / 1000
  if (metres <= THRESHOLDS.stationDistanceMetres) {
    return {
      rule: 'R2',
      verdict: 'pass',
      sentence: {
        en: `The pickup was within ${usualKm} km of the station.`,
        zh: `回收地点距站点不超过 ${usualKm} 千米。`,
      },
    }
  }
  const moreThanKm = Math.floor((metres - 1) / 1000)
  return {
    rule: 'R2',
    verdict: 'review',
    sentence: {
      en: `The pickup was more than ${moreThanKm} km from the station; up to ${usualKm} km is usual.`,
      zh: `回收地点距站点超过 ${moreThanKm} 千米；通常不超过 ${usualKm} 千米。`,
    },
  }
}

/** When (UTC) and where something was; either may be unknown. */
export interface Capture {
  readonly at?: string
  readonly position?: Position
}

/**
 * R15: the photo was taken when and where the entry says. Only what both sides know is compared. A photo without any
 * capture data passes: messengers such as WeChat strip it, and that is nobody's fault. Distances only, no position.
 */
export function checkPhotoCapture(photo: Capture, entry: Capture): CheckResult {
  const usual = THRESHOLDS
  const minutes = photo.at && entry.at ? minutesApart(photo.at, entry.at) : undefined
  const metres = photo.position && entry.position ? metresBetween(photo.position, entry.position) : undefined
  const found: LocalName[] = []
  const allowed: LocalName[] = []
  if (minutes !== undefined) {
    found.push({ en: `${minutes} min`, zh: `${minutes} 分钟` })
    allowed.push({ en: `${usual.photoMinutes} min`, zh: `${usual.photoMinutes} 分钟` })
  }
  if (metres !== undefined) {
    found.push({ en: `${metres} m`, zh: `${metres} 米` })
    allowed.push({ en: `${usual.photoMetres} m`, zh: `${usual.photoMetres} 米` })
  }
  if (found.length === 0) {
    return {
      rule: 'R15',
      verdict: 'pass',
      sentence: {
        en: 'The photo says neither when nor where it was taken, so it could not be compared; some apps remove that.',
        zh: '照片没有可比对的拍摄时间和地点，无法核对；有些应用会去除这些信息。',
      },
    }
  }
  const far = (minutes ?? 0) > usual.photoMinutes || (metres ?? 0) > usual.photoMetres
  return {
    rule: 'R15',
    verdict: far ? 'review' : 'pass',
    sentence: {
      en: `The photo was taken ${listed(found).en} from the entry; up to ${listed(allowed).en} is usual.`,
      zh: `照片与登记相差 ${listed(found).zh}；通常不超过 ${listed(allowed).zh}。`,
    },
  }
}

/** Begun minutes between two instants, so that a second more than thirty minutes is thirty-one. */
function minutesApart(a: string, b: string): number {
  return Math.ceil(Math.abs(Date.parse(a) - Date.parse(b)) / MINUTE_MS)
}
