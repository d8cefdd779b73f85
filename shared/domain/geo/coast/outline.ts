/**
 * Outlines as text: a JSON array of rings on a grid of `STEP` degrees, each ring the steps east and north from point to
 * point, one after the other, the first from the south-west corner of the frame. A ring's last point is joined to its
 * first. A bundle carries a coast as one string of eight letters a point, which nobody parses until it is needed.
 */

/** Degrees of one grid step, about 11 m of latitude. */
export const STEP = 1e-4

/** Steps east and north of the corner. */
export type GridPoint = readonly [x: number, y: number]

/** Steps east, north, east, north … */
export type RingSteps = readonly number[]

/** The text of rings. Requires whole steps. */
export function encodeRings(rings: readonly (readonly GridPoint[])[]): string {
  const steps = rings.map((ring) =>
    ring.flatMap(([x, y], index) => {
      const [fromX, fromY] = ring[index - 1] ?? [0, 0]
      return [x - fromX, y - fromY]
    }),
  )
  return JSON.stringify(steps)
}

/** The rings of a text that `encodeRings` made. */
export function decodeRings(text: string): readonly RingSteps[] {
  const rings: number[][] = JSON.parse(text)
  return rings
}

/** The last point of a ring, where the edge to its first point begins. */
export function endOf(steps: RingSteps): GridPoint {
  let x = 0
  let y = 0
  for (let index = 0; index < steps.length; index += 2) {
    x += steps[index] ?? 0
    y += steps[index + 1] ?? 0
  }
  return [x, y]
}
