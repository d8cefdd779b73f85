import { writeFileSync } from 'node:fs'
import * as prettier from 'prettier'
import type { Bounds, Coastline, Islet } from '../shared/domain/geo/coast/coastline.ts'
import { encodeRings, STEP, type GridPoint } from '../shared/domain/geo/coast/outline.ts'
import { edgeDistance } from '../shared/domain/geo/coast/shore.ts'
import { PLACES } from '../shared/domain/geo/places.ts'
import { clip, landRings } from './land.ts'

/**
 * Makes the default coastline of the ocean-bound class: `node infra/coast.ts` writes
 * shared/domain/geo/coast/natural-earth.ts. Run it again after changing the bounds or the gazetteer.
 */
const COAST_FILE = new URL('../shared/domain/coast/natural-earth.ts', import.meta.url)

/** Zhejiang and its neighbours, from the Yangtze to the Taiwan Strait. */
const BOUNDS: Bounds = { west: 117, south: 23, east: 125.5, north: 34 }
/** More than 50 km around them, at any of their latitudes. */
const FRAME: Bounds = { west: 116.4, south: 22.5, east: 126.1, north: 34.5 }

/**
 * An estimate, since Natural Earth states no accuracy. A line drawn 0.2 mm wide at 1:10 million covers 2 km; the
 * package's grid of 0.0036° by 0.0017° adds up to 200 m; tidal flats and land reclaimed since are in neither figure.
 * The harbours of the gazetteer, themselves known to 1 to 3 km, lie within 2.3 km of the drawn shore.
 */
const ACCURACY_M = 2_500

/** Places are known to 1 to 3 km, and an island without an outline is a few kilometres long. */
const ISLET_RADIUS_M = 6_000

/** The coastline as data. */
export function naturalEarth(): Coastline {
  const outlines: Coastline = {
    id: 'natural-earth-10m',
    version: '4.1.0-1',
    source: 'Natural Earth 4.1.0, land at 1:10 million, by way of world-atlas 2.0.2',
    licence: 'public domain',
    accuracyM: ACCURACY_M,
    accuracyBasis: 'estimate',
    bounds: BOUNDS,
    frame: FRAME,
    land: encodeRings(
      landRings(FRAME)
        .map(gridded)
        .filter((ring) => ring.length > 2),
    ),
    islets: [],
  }
  return { ...outlines, islets: isletsOf(outlines) }
}

/** The text of natural-earth.ts, formatted. A test asserts that the committed file is this. */
export async function coastlineModule(): Promise<string> {
  const source = `import type { Coastline } from './coastline.ts'

/**
 * Made by \`node infra/coast.ts\` from Natural Earth (public domain), land at 1:10 million. Do not edit.
 * Its accuracy is an estimate, see there. It has no rivers, and lacks most islands of less than a few square kilometres.
 */
export const NATURAL_EARTH: Coastline = ${JSON.stringify(naturalEarth())}
`
  const options = await prettier.resolveConfig(COAST_FILE)
  return prettier.format(source, { ...options, parser: 'typescript' })
}

/** A ring cut to the frame, in whole steps from its corner, without points that fall on the one before. */
function gridded(ring: readonly (readonly number[])[]): GridPoint[] {
  const points = clip(
    ring.map(([x = 0, y = 0]) => ({ x, y })),
    FRAME,
  ).map(({ x, y }): GridPoint => [Math.round((x - FRAME.west) / STEP), Math.round((y - FRAME.south) / STEP)])
  return points.filter(([x, y], index) => {
    const before = points.at(index - 1)
    return before?.[0] !== x || before[1] !== y
  })
}

/** Places of the gazetteer that the outlines put into the sea, farther from any shore than they may err. */
function isletsOf(outlines: Coastline): Islet[] {
  return PLACES.filter((place) => {
    const { inside, metres } = edgeDistance(place, outlines, 'land')
    return !inside && metres > outlines.accuracyM
  }).map(({ name, lat, lon }) => ({ name: name.en, lat, lon, radiusM: ISLET_RADIUS_M }))
}

if (import.meta.main) writeFileSync(COAST_FILE, await coastlineModule())
