import type { Position } from '../geodesy.ts'

/** A rectangle of degrees, WGS 84. */
export interface Bounds {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** A circle within which there is shore that the outlines lack. */
export interface Islet extends Position {
  readonly name: string
  readonly radiusM: number
}

/**
 * A coastline: outlines of land, and how far to trust them. It is a parameter of every assessment, and each assessment
 * names the one it was made with, so that it can be made again, or made better with a better coastline.
 */
export interface Coastline {
  readonly id: string
  readonly version: string
  readonly source: string
  readonly licence: string
  /**
   * How far a real tide line may lie from the drawn shore, in metres. A dataset draws one line for highest and lowest
   * tide; unless it is known to be one of the two, the width of the shore between them counts in here.
   */
  readonly accuracyM: number
  /** Whether `accuracyM` is what the publisher states, or our estimate. */
  readonly accuracyBasis: 'stated' | 'estimate'
  /** Where positions are assessed. Coast must be drawn at least 50 km beyond, which is as far as any class looks. */
  readonly bounds: Bounds
  /** Where the outlines were cut. Their edges along this frame are no shore. Its south-west corner is their origin. */
  readonly frame: Bounds
  /** Land, as text of `outline.ts`. */
  readonly land: string
  /** Surfaces of rivers, in the same form. Without them no position is ever called a waterway. */
  readonly rivers?: string
  readonly islets: readonly Islet[]
}

/** The name of a dataset with its version, as assessments give it. */
export function nameOf({ id, version }: Coastline): string {
  return `${id}@${version}`
}

export function isWithin({ lat, lon }: Position, { west, south, east, north }: Bounds): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north
}
