import { writeFileSync } from 'node:fs'
import * as prettier from 'prettier'
import { CHART, project, WINDOW, type Point } from '../web/trace/map/projection.ts'
import { clip, landRings } from './land.ts'

/**
 * Draws the coast of the passport page's chart: `node infra/map.ts` writes web/trace/map/coast.ts from Natural Earth's
 * land at 1:10 million (public domain). Run it again after changing the window, the scale or the tolerance.
 */
const COAST_FILE = new URL('../web/trace/map/coast.ts', import.meta.url)

/** In chart units. Islands below this area are drawn as Natural Earth has them or not at all. */
const TOLERANCE = 0.9
const SMALLEST_AREA = 1.5

/** A little beyond the chart, so that no cut edge shows as coast. */
const FRAME = { west: -4, east: CHART.width + 4, south: -4, north: CHART.height + 4 }

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
  return landRings(WINDOW)
    .map((ring) =>
      clip(
        ring.map(([lon = 0, lat = 0]) => project({ lat, lon })),
        FRAME,
      ),
    )
    .map(simplify)
    .filter((ring) => area(ring) >= SMALLEST_AREA)
    .map(pathOf)
    .join('')
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
