import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

/** Natural Earth's land at 1:10 million (public domain), as the package world-atlas has it, and how to cut it. */

export interface Window {
  readonly west: number
  readonly east: number
  readonly south: number
  readonly north: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** All outlines that touch a window of degrees. A hole in land is a lake; Natural Earth's land has none in our waters. */
export function landRings(window: Window): Position[][] {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-10m.json')
  const topology: Topology<{ land: GeometryCollection }> = JSON.parse(readFileSync(file, 'utf8'))
  return feature(topology, topology.objects.land)
    .features.flatMap(({ geometry }) => {
      if (geometry.type === 'Polygon') return [geometry.coordinates]
      return geometry.type === 'MultiPolygon' ? geometry.coordinates : []
    })
    .flatMap(([outline]) => (outline?.some((point) => isInWindow(point, window)) ? [outline] : []))
}

function isInWindow([lon = 0, lat = 0]: Position, { west, east, south, north }: Window): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north
}

/** Cuts a ring to a frame (Sutherland–Hodgman). Where land goes on beyond it, the ring runs along the frame. */
export function clip(ring: readonly Point[], frame: Window): readonly Point[] {
  return [
    { axis: 'x', sign: 1, limit: frame.west },
    { axis: 'x', sign: -1, limit: frame.east },
    { axis: 'y', sign: 1, limit: frame.south },
    { axis: 'y', sign: -1, limit: frame.north },
  ].reduce<readonly Point[]>((points, { axis, sign, limit }) => {
    const depth = (point: Point): number => sign * ((axis === 'x' ? point.x : point.y) - limit)
    return points.flatMap((point, index) => {
      const before = points.at(index - 1) ?? point
      const [a, b] = [depth(before), depth(point)]
      const crossing = a < 0 === b < 0 ? [] : [between(before, point, a / (a - b))]
      return b < 0 ? crossing : [...crossing, point]
    })
  }, ring)
}

function between(a: Point, b: Point, t: number): Point {
  return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) }
}
