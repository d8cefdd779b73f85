import { distanceKm, gcj02FromWgs84, type Position } from '../geodesy.ts'

/**
 * How many metres a position would be displaced if its GCJ-02 coordinates, as Chinese map services give them, were
 * taken for WGS 84. On our coast that is 400 to 600 m, and the shoreline band is 300 m wide.
 */
export function gcj02DisplacementM(position: Position): number {
  return 1000 * distanceKm(position, gcj02FromWgs84(position))
}
