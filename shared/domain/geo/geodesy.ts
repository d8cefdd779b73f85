/** Positions on earth, in degrees of WGS 84. */
export interface Position {
  readonly lat: number
  readonly lon: number
}

/** Whether these are degrees at all; nothing else may reach an event. */
export const isOnEarth = ({ lat, lon }: Position): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180

/**
 * Whether these are what a receiver reports that does not know where it is: exactly 0/0 (south of Ghana), or a pole,
 * where a longitude means nothing. No plastic is picked up at either.
 */
export const isNoFix = ({ lat, lon }: Position): boolean => (lat === 0 && lon === 0) || Math.abs(lat) === 90

const EARTH_RADIUS_KM = 6371.0088
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance by the haversine formula; good to 0.5 %, far better than the gazetteer. */
export function distanceKm(a: Position, b: Position): number {
  const dLat = radians(b.lat - a.lat) / 2
  const dLon = radians(b.lon - a.lon) / 2
  const h = Math.sin(dLat) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon) ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Two decimals, about 1 km: all of a position that an event, and so the public, may carry. */
export function coarse(position: Position): Position {
  return { lat: Math.round(position.lat * 100) / 100, lon: Math.round(position.lon * 100) / 100 }
}

/*
 * GCJ-02, the shifted datum of Chinese map services, displaces WGS 84 by 100 to 700 m. The shift has no official
 * public specification; these are the constants in common use. The inverse is found by iteration, to under 1 cm.
 */
const KRASSOVSKY_AXIS_M = 6378245
const KRASSOVSKY_ECCENTRICITY_SQUARED = 0.006693421622965943

/** Two thirds of the sum of `metres × sin(value × π / period)`. */
function waves(value: number, terms: readonly (readonly [metres: number, period: number])[]): number {
  return (
    (2 / 3) * terms.reduce((sum, [metres, period]) => sum + metres * Math.sin((value * Math.PI) / period), 0)
  )
}

function gcjShift({ lat, lon }: Position): Position {
  const x = lon - 105
  const y = lat - 35
  const ripple = waves(x, [
    [20, 1 / 6],
    [20, 1 / 2],
  ])
  const northM =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    ripple +
    waves(y, [
      [20, 1],
      [40, 3],
      [160, 12],
      [320, 30],
    ])
  const eastM =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    ripple +
    waves(x, [
      [20, 1],
      [40, 3],
      [150, 12],
      [300, 30],
    ])
  const sine = Math.sin(radians(lat))
  const magic = 1 - KRASSOVSKY_ECCENTRICITY_SQUARED * sine * sine
  const meridianM = (KRASSOVSKY_AXIS_M * (1 - KRASSOVSKY_ECCENTRICITY_SQUARED)) / (magic * Math.sqrt(magic))
  const parallelM = (KRASSOVSKY_AXIS_M / Math.sqrt(magic)) * Math.cos(radians(lat))
  return { lat: (northM * 180) / (meridianM * Math.PI), lon: (eastM * 180) / (parallelM * Math.PI) }
}

/** GCJ-02 as a Chinese map would show a WGS 84 position. */
export function gcj02FromWgs84(position: Position): Position {
  const shift = gcjShift(position)
  return { lat: position.lat + shift.lat, lon: position.lon + shift.lon }
}

/** Where map services shift positions at all: the box in common use around China. Elsewhere the formula diverges. */
export const GCJ02_BOX = { south: 0.8293, north: 55.8271, west: 72.004, east: 137.8347 } as const

function isInGcj02({ lat, lon }: Position): boolean {
  const { south, north, west, east } = GCJ02_BOX
  return lat >= south && lat <= north && lon >= west && lon <= east
}

/** The WGS 84 position behind a GCJ-02 one. Throws a RangeError outside {@link GCJ02_BOX}, where there is no such thing. */
export function wgs84FromGcj02(shown: Position): Position {
  if (!isInGcj02(shown)) throw new RangeError(`GCJ-02 has no position ${shown.lat}, ${shown.lon}`)
  let guess = shown
  for (let i = 0; i < 5; i++) {
    const again = gcj02FromWgs84(guess)
    guess = { lat: guess.lat + shown.lat - again.lat, lon: guess.lon + shown.lon - again.lon }
  }
  return guess
}
