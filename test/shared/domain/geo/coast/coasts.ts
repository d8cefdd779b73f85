import type { Coastline } from '../../../../../shared/domain/geo/coast/coastline.ts'
import { encodeRings, STEP, type GridPoint } from '../../../../../shared/domain/geo/coast/outline.ts'
import type { Position } from '../../../../../shared/domain/geo/geodesy.ts'

/** Made-up coasts to measure on: land from the western frame to 122° E, all along the frame, drawn to ten metres. */

const FRAME = { west: 120, south: 27, east: 124, north: 31 }
const SHORE_LON = 122

export const STRAIGHT: Coastline = {
  id: 'straight',
  version: '1',
  source: 'made up',
  licence: 'none needed',
  accuracyM: 10,
  accuracyBasis: 'stated',
  bounds: { west: 121, south: 28, east: 123, north: 30 },
  frame: FRAME,
  land: encodeRings([ring([120, 27], [122, 27], [122, 31], [120, 31])]),
  islets: [],
}

/** The same, with a river of 1 km width that flows into the sea at 29° N, from beyond the frame. */
export const WITH_RIVER: Coastline = {
  ...STRAIGHT,
  id: 'with-river',
  rivers: encodeRings([ring([120, 28.9955], [122, 28.9955], [122, 29.0045], [120, 29.0045])]),
}

/** A position so many metres seaward of the straight shore; landward where negative. */
export function offShore(metres: number, lat = 29): Position {
  const perDegree = (Math.PI / 180) * 6_371_008.8 * Math.cos((lat * Math.PI) / 180)
  return { lat, lon: SHORE_LON + metres / perDegree }
}

function ring(...corners: readonly (readonly [lon: number, lat: number])[]): GridPoint[] {
  return corners.map(([lon, lat]) => [
    Math.round((lon - FRAME.west) / STEP),
    Math.round((lat - FRAME.south) / STEP),
  ])
}
