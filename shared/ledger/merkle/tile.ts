import { checked, fault, shown, type Checked } from '../checked.ts'
import type { Node } from './range.ts'

/**
 * How a tree is cut into tiles (c2sp.org/tlog-tiles), in names and numbers; tiles.ts has their contents. A tile is a row of
 * up to 256 hashes: of leaves at level 0, and above of whole tiles of the level below.
 *
 *     tile/0/x001/x234/067        the tile 1234067 of leaves
 *     tile/1/000.p/17             the first 17 hashes of what will be the first tile of level 1
 */
export interface Tile {
  readonly level: number
  readonly index: bigint
  /** How many hashes it has: {@link FULL}, or fewer in a partial one. */
  readonly width: number
}

/** Hashes in a whole tile. Eight levels of the tree lie between a level of tiles and the next. */
export const FULL = 256
const BITS = 8n
const MAX_LEVEL = 63

/** The path of a tile below the log's prefix. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = index.toString()
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const name = padded.replace(/\d{3}(?=\d)/g, 'x$&/')
  return `tile/${level}/${name}${width === FULL ? '' : `.p/${width}`}`
}

/** Reads the path of a tile, strictly: each tile has one. */
export function parseTilePath(path: string): Checked<Tile> {
  const [, level, name = '', width] =
    /^tile\/(\d{1,2})\/((?:x\d{3}\/){0,6}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
  const tile: Tile = {
    level: Number(level),
    index: BigInt(name.replace(/[x/]/g, '')),
    width: width === undefined ? FULL : Number(width),
  }
  const isAllowed = tile.level <= MAX_LEVEL && tile.width > 0 && (width === undefined || tile.width < FULL)
  return isAllowed && tilePath(tile) === path
    ? checked(tile)
    : fault(
        `a tile must be tile/<level, 0 to 63>/<index in threes, as x001/234>[.p/<width, 1 to 255>]; given: ${shown(path)}`,
      )
}

/** How many hashes a level of tiles has in a tree of this size: only what is whole below counts. */
export function hashesAt(level: number, size: bigint): bigint {
  return size >> (BITS * BigInt(level))
}

/** The tile of this level and index in a tree of this size, as wide as it is there; undefined where it has none. */
export function tileIn(size: bigint, level: number, index: bigint): Tile | undefined {
  const left = hashesAt(level, size) - (index << BITS)
  return left <= 0n ? undefined : { level, index, width: left < FULL ? Number(left) : FULL }
}

/**
 * The tiles to be written when a tree grows, so that every tile of the new size is there: those that became whole and those
 * that became wider, from the leaves upwards. From 0, these are all tiles of a tree.
 */
export function grownTiles(oldSize: bigint, newSize: bigint): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; hashesAt(level, newSize) > 0n; level++) {
    const [before, after] = [hashesAt(level, oldSize), hashesAt(level, newSize)]
    if (before === after) continue
    for (let index = before >> BITS; ; index++) {
      const tile = tileIn(newSize, level, index)
      if (!tile) break
      tiles.push(tile)
    }
  }
  return tiles
}

/** The partial tiles of a tree of this size, at most one a level, from the leaves upwards. */
export function partialTiles(size: bigint): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; hashesAt(level, size) > 0n; level++) {
    const tile = tileIn(size, level, hashesAt(level, size) >> BITS)
    if (tile) tiles.push(tile)
  }
  return tiles
}

/** Where the hash of a complete subtree is to be had from: so many hashes of a tile, from the one at `at` on. */
export interface Place {
  readonly tile: Tile
  readonly at: number
  readonly count: number
}

/** The place of a complete subtree of a tree of this size. */
export function placeOf({ level, index }: Node, size: bigint): Place {
  const below = BigInt(level) % BITS
  const first = index << below
  const tile = tileIn(size, Math.floor(level / Number(BITS)), first >> BITS)
  const place = { at: Number(first % BigInt(FULL)), count: 2 ** Number(below) }
  if (!tile || place.at + place.count > tile.width)
    throw new RangeError(`a tree of ${size} leaves has no complete subtree ${index} at level ${level}`)
  return { tile, ...place }
}
