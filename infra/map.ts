import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Position } from 'geojson'
import * as prettier from 'prettier'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { CHART, project, WINDOW, type Point } from '../web/trace/map/projection.ts'

/**
 * Draws the coast of the passport page's chart: `node infra/map.ts` writes web/trace/map/coast.ts from Natural Earth's
 * land at 1:10 million (public domain). Run it again after changing the window, the scale or the tolerance.
 */
const COAST_FILE = new URL('../web/trace/map/coast.ts', import.meta.url)

/** In chart units. Islands below this area are drawn as Natural Earth has them or not at all. */
const TOLERANCE = 0.9
const SMALLEST_AREA = 1.5

type Ring = readonly Point[]

/** The text of coast.ts, formatted. A test asserts that the committed file is this. */
export async function coastModule(): Promise<string> {
  const source = `/**
 * Made by \`node infra/map.ts\` from Natural Earth (public domain), land at 1:10 million. Do not edit.
 */
export const COAST =
  '${coastPath()}'
`
  const options = await prettier.resolveConfig(COAST_FILE)
  return prettier.format(source, { ...options, parser: 'typescript' })
}

/** Land as one SVG path in chart units, with relative coordinates to a tenth. */
function coastPath(): string {
  return landRings()
    .map((ring) => clip(ring.map(([lon = 0, lat = 0]) => project({ lat, lon }))))
    .map(simplify)
    .filter((ring) => area(ring) >= SMALLEST_AREA)
    .map(pathOf)
    .join('')
}

/** All outlines that touch the window. A hole in land is a lake; the window has none worth drawing. */
function landRings(): Position[][] {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-10m.json')
  const topology: Topology<{ land: GeometryCollection }> = JSON.parse(readFileSync(file, 'utf8'))
  return feature(topology, topology.objects.land)
    .features.flatMap(({ geometry }) => {
      if (geometry.type === 'Polygon') return [geometry.coordinates]
      return geometry.type === 'MultiPolygon' ? geometry.coordinates : []
    })
    .flatMap(([outline]) => (outline?.some(isInWindow) ? [outline] : []))
}

function isInWindow([lon = 0, lat = 0]: Position): boolean {
  return lon >= WINDOW.west && lon <= WINDOW.east && lat >= WINDOW.south && lat <= WINDOW.north
}

/** Cuts a ring to the chart (Sutherland–Hodgman), a little beyond its frame so that no cut edge shows as coast. */
function clip(ring: Ring): Ring {
  const margin = 4
  return [
    { axis: 'x', sign: 1, limit: -margin },
    { axis: 'x', sign: -1, limit: CHART.width + margin },
    { axis: 'y', sign: 1, limit: -margin },
    { axis: 'y', sign: -1, limit: CHART.height + margin },
  ].reduce<Ring>((points, { axis, sign, limit }) => {
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

/** Drops points that lie within the tolerance of the line without them (Douglas–Peucker). */
function simplify(ring: Ring): Ring {
  const [first] = ring
  const last = ring.at(-1)
  if (!first || !last || ring.length < 3) return ring
  const distances = ring.map((point) => distanceToLine(point, first, last))
  const farthest = distances.indexOf(Math.max(...distances))
  if ((distances[farthest] ?? 0) <= TOLERANCE) return [first, last]
  return [...simplify(ring.slice(0, farthest + 1)), ...simplify(ring.slice(farthest)).slice(1)]
}

function distanceToLine(point: Point, a: Point, b: Point): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (length === 0) return Math.hypot(point.x - a.x, point.y - a.y)
  return Math.abs((b.x - a.x) * (a.y - point.y) - (a.x - point.x) * (b.y - a.y)) / length
}

function area(ring: Ring): number {
  const twice = ring.reduce((sum, point, index) => {
    const before = ring.at(index - 1) ?? point
    return sum + before.x * point.y - point.x * before.y
  }, 0)
  return Math.abs(twice) / 2
}

/** Works in whole tenths, so that rounding never drifts along the path. */
function pathOf(ring: Ring): string {
  let pen = { x: 0, y: 0 }
  const steps = ring.map(({ x, y }) => {
    const next = { x: Math.round(x * 10), y: Math.round(y * 10) }
    const step = `${tenths(next.x - pen.x)} ${tenths(next.y - pen.y)}`
    pen = next
    return step
  })
  return `M${steps[0] ?? ''}l${steps.slice(1).join(' ')}z`.replaceAll(' -', '-')
}

function tenths(value: number): string {
  return String(value / 10).replace(/^(-?)0\./, '$1.')
}

if (import.meta.main) writeFileSync(COAST_FILE, await coastModule())
