import { distanceKm, type Position } from '../geodesy.ts'
import type { Coastline } from './coastline.ts'
import { decodeRings, endOf, STEP, type RingSteps } from './outline.ts'

/** How far a position is from the edge of an area, and on which side of it. */
export interface EdgeDistance {
  /** Infinite where there are no outlines. */
  readonly metres: number
  readonly inside: boolean
}

type Outlines = 'land' | 'rivers'

/** Parsed on first use and kept. Anything cleverer than walking along all edges would cost more at a cold start. */
const parsed: Readonly<Record<Outlines, WeakMap<Coastline, readonly RingSteps[]>>> = {
  land: new WeakMap(),
  rivers: new WeakMap(),
}

/** The distance to the nearest edge, found on a plane that touches the earth at the position, measured on the sphere. */
export function edgeDistance(position: Position, coastline: Coastline, outlines: Outlines): EdgeDistance {
  const { frame } = coastline
  const walk: Walk = {
    x: (position.lon - frame.west) / STEP,
    y: (position.lat - frame.south) / STEP,
    scale: Math.cos((position.lat * Math.PI) / 180),
    width: Math.round((frame.east - frame.west) / STEP),
    height: Math.round((frame.north - frame.south) / STEP),
    square: Number.POSITIVE_INFINITY,
    nearestX: 0,
    nearestY: 0,
    inside: false,
  }
  for (const ring of ringsOf(coastline, outlines)) walkAlong(ring, walk)
  const nearest = { lat: frame.south + walk.nearestY * STEP, lon: frame.west + walk.nearestX * STEP }
  const metres = Number.isFinite(walk.square) ? 1000 * distanceKm(position, nearest) : walk.square
  return { metres, inside: walk.inside }
}

function ringsOf(coastline: Coastline, outlines: Outlines): readonly RingSteps[] {
  const known = parsed[outlines].get(coastline)
  if (known) return known
  const rings = decodeRings(coastline[outlines] ?? '[]')
  parsed[outlines].set(coastline, rings)
  return rings
}

/** What is known of a position after some of the edges; all in grid steps. */
interface Walk {
  readonly x: number
  readonly y: number
  /** Length of a step east, in steps north. */
  readonly scale: number
  readonly width: number
  readonly height: number
  /** Of the distance to the nearest point of shore so far. */
  square: number
  nearestX: number
  nearestY: number
  inside: boolean
}

function walkAlong(ring: RingSteps, walk: Walk): void {
  let [fromX, fromY] = endOf(ring)
  let toX = 0
  let toY = 0
  for (let index = 0; index < ring.length; index += 2) {
    toX += ring[index] ?? 0
    toY += ring[index + 1] ?? 0
    if (isCrossed(walk, fromX, fromY, toX, toY)) walk.inside = !walk.inside
    if (!isCut(walk, fromX, fromY, toX, toY)) approach(walk, fromX, fromY, toX, toY)
    fromX = toX
    fromY = toY
  }
}

/** Whether a line from the position eastward crosses the edge. An odd number of crossings means inside. */
function isCrossed({ x, y }: Walk, fromX: number, fromY: number, toX: number, toY: number): boolean {
  if (fromY > y === toY > y) return false
  return x < fromX + ((toX - fromX) * (y - fromY)) / (toY - fromY)
}

/** Whether the edge runs along the frame, where the outline was cut: it bounds the area and is no shore. */
function isCut({ width, height }: Walk, fromX: number, fromY: number, toX: number, toY: number): boolean {
  return (fromX === toX && (toX === 0 || toX === width)) || (fromY === toY && (toY === 0 || toY === height))
}

/** Notes the nearest point of the edge, if it is nearer than all before. */
function approach(walk: Walk, fromX: number, fromY: number, toX: number, toY: number): void {
  const east = (fromX - walk.x) * walk.scale
  const north = fromY - walk.y
  const alongEast = (toX - fromX) * walk.scale
  const alongNorth = toY - fromY
  const length = alongEast * alongEast + alongNorth * alongNorth
  const foot = length === 0 ? 0 : -(east * alongEast + north * alongNorth) / length
  const t = Math.min(1, Math.max(0, foot))
  const square = (east + t * alongEast) ** 2 + (north + t * alongNorth) ** 2
  if (square >= walk.square) return
  walk.square = square
  walk.nearestX = fromX + t * (toX - fromX)
  walk.nearestY = fromY + t * (toY - fromY)
}
