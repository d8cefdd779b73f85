import { BAG_LITRES } from '../material/bags.ts'
import { CLOCK_SKEW_SECONDS } from '../time.ts'

/** Every number that a rule compares with, in one place. Shares are basis points: 1 % = 100. */
export const THRESHOLDS = {
  /** R2: pickups farther from their station are looked at. */
  stationDistanceMetres: 2_000,
  /** R3: the entered net mass may differ by the larger of the two; the share is of the gross mass. */
  netToleranceGrams: 100,
  netToleranceBp: 50,
  /** R5: the same photo, station and mass within this time is the same pickup entered twice. */
  duplicateHours: 24,
  /** R6: the entered mass as a share of pieces × factor. */
  piecesLowBp: 5_000,
  piecesHighBp: 20_000,
  bagLitres: BAG_LITRES,
  /** R7 */
  clockSkewSeconds: CLOCK_SKEW_SECONDS,
  lateEntryDays: 30,
  /** R10: share of the input. */
  unaccountedBp: 200,
  /** R12: the longest mass-balance period of ISCC PLUS and of OBP neutrality. */
  periodMonths: 3,
  /** R13 */
  expiryNoticeDays: 30,
  /** R15 */
  photoMinutes: 30,
  photoMetres: 500,
  /** R16: difference of two parties' weights as a share of what was sent. */
  receivedDifferenceBp: 200,
  /**
   * R17: how far the position of a site may be from where its gate is, and the sphere from the earth, before a stated
   * distance is called impossible; and up to how many times the great circle, and how much more, is usual.
   */
  sitePositionKm: 5,
  sphereErrorBp: 50,
  haulDetourTimes: 3,
  haulSlackKm: 50,
  /** R18 */
  collectorAgeYears: 18,
} as const

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
