/**
 * The chart's frame and projection: equirectangular, true to scale at its middle latitude. Land is drawn as far east
 * as there is any; the open water beyond it, up to the frame, is where the labels go.
 */
export const WINDOW = { west: 120.15, east: 123.2, south: 27.2, north: 31.2 } as const

/** Size of the drawing, in its own units: 120 to a degree of latitude. */
export const CHART = { width: 440, height: 480 } as const

const PER_LATITUDE = CHART.height / (WINDOW.north - WINDOW.south)
const PER_LONGITUDE = PER_LATITUDE * Math.cos((((WINDOW.north + WINDOW.south) / 2) * Math.PI) / 180)

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where a position (WGS 84) lies on the chart. */
export function project(position: { readonly lat: number; readonly lon: number }): Point {
  return {
    x: (position.lon - WINDOW.west) * PER_LONGITUDE,
    y: (WINDOW.north - position.lat) * PER_LATITUDE,
  }
}

/** True where a position can be shown on the chart. */
export function isOnChart({ lat, lon }: { readonly lat: number; readonly lon: number }): boolean {
  return lat >= WINDOW.south && lat <= WINDOW.north && lon >= WINDOW.west && lon <= WINDOW.east
}
