/** Shoreline ends this far landward of the highest tide, and so far seaward of the lowest (OBP categories). */
export const SHORELINE_LANDWARD_M = 200
export const SHORELINE_SEAWARD_M = 100
/** A waterway is a river and the land up to this far from its bank (OBP categories). */
export const WATERWAY_BANK_M = 200
/** Farther than this from the coast nothing is ocean-bound, rivers excepted (OBP categories). */
export const POTENTIAL_LANDWARD_M = 50_000

/** Classes of places, whatever lies there, from sea to land. */
export const ZONES = ['OCEAN', 'SHORELINE', 'WATERWAYS', 'POTENTIAL', 'INLAND'] as const
export type Zone = (typeof ZONES)[number]

/**
 * The zone at a distance from the shore, in metres, negative on land, and from the nearest river, negative in it.
 * Each limit belongs to the zone it encloses. The shoreline counts before a river's mouth.
 */
export function zoneAt(seawardM: number, bankM: number): Zone {
  if (seawardM > SHORELINE_SEAWARD_M) return 'OCEAN'
  if (seawardM >= -SHORELINE_LANDWARD_M) return 'SHORELINE'
  if (bankM <= WATERWAY_BANK_M) return 'WATERWAYS'
  return seawardM >= -POTENTIAL_LANDWARD_M ? 'POTENTIAL' : 'INLAND'
}

/**
 * All zones that a position within `radiusM` of the given one may lie in. Both distances change by at most the way one
 * goes, so the true ones lie between their values less and plus the radius, and zones change only at the limits between.
 */
export function zonesWithin(seawardM: number, bankM: number, radiusM: number): ReadonlySet<Zone> {
  const limits = [SHORELINE_SEAWARD_M, -SHORELINE_LANDWARD_M, -POTENTIAL_LANDWARD_M]
  const reached = limits.filter((limit) => Math.abs(limit - seawardM) <= radiusM)
  const fromSea = [seawardM + radiusM, ...reached, seawardM - radiusM]
  const banks = [bankM - radiusM, bankM + radiusM]
  const found = new Set(fromSea.flatMap((metres) => banks.map((bank) => zoneAt(metres, bank))))
  return new Set(ZONES.filter((zone) => found.has(zone)))
}
