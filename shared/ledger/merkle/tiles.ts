import { concat, sameBytes } from '../bytes.ts'
import { checked, fault, type Checked } from '../checked.ts'
import { FULL, hashesAt, partialTiles, placeOf, tilePath, type Tile } from './tile.ts'
import { append, EMPTY, HASH_BYTES, rootOf, rootOfLeaves } from './tree.ts'
import type { Frontier, Hash, ReadHashes } from './tree.ts'

/** What tiles hold (c2sp.org/tlog-tiles): their hashes, one after the other, and how a growing tree fills them. */
export interface TileContents {
  readonly tile: Tile
  readonly bytes: Uint8Array
}

/** Loads tiles, in the order asked; undefined for one that is not there. A whole tile may stand in for its partial one. */
export type LoadTiles = (tiles: readonly Tile[]) => Promise<readonly (Uint8Array | undefined)[]>

/** The hashes of a tile. Refuses contents that are too short or too long for it, and those that are not there. */
export function hashesOf(tile: Tile, bytes: Uint8Array | undefined): Checked<Hash[]> {
  if (!bytes) return fault(`${tilePath(tile)} is missing`)
  if (bytes.length !== tile.width * HASH_BYTES && bytes.length !== FULL * HASH_BYTES)
    return fault(`${tilePath(tile)} must be ${tile.width * HASH_BYTES} bytes; given: ${bytes.length}`)
  return checked(
    Array.from({ length: tile.width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)),
  )
}

/**
 * The right edge of a tree in tiles: the hashes of its partial tile at each level, none where all tiles are whole. It is all
 * that is needed to append, to know the root and to write the next tiles.
 */
export interface Edge {
  readonly size: bigint
  readonly levels: readonly (readonly Hash[])[]
}

export const EMPTY_EDGE: Edge = { size: 0n, levels: [] }

/**
 * Appends leaf hashes, and says what every tile of {@link grownTiles} contains. The given edge remains as it was. Partial
 * tiles that were written for earlier sizes stay true: they are the beginnings of these.
 */
export async function growTiles(
  edge: Edge,
  leaves: readonly Hash[],
): Promise<{ readonly edge: Edge; readonly tiles: readonly TileContents[] }> {
  const tiles: TileContents[] = []
  const levels: Hash[][] = []
  let added = leaves
  for (let level = 0; added.length > 0 || level < edge.levels.length; level++) {
    const row = [...(edge.levels[level] ?? []), ...added]
    const first = hashesAt(level + 1, edge.size)
    const wholes: Hash[] = []
    for (let at = 0; at < row.length && added.length > 0; at += FULL) {
      const hashes = row.slice(at, at + FULL)
      const tile = { level, index: first + BigInt(at / FULL), width: hashes.length }
      tiles.push({ tile, bytes: concat(...hashes) })
      if (hashes.length === FULL) wholes.push(await rootOfLeaves(hashes))
    }
    levels.push(row.slice(wholes.length * FULL))
    added = wholes
  }
  return { edge: { size: edge.size + BigInt(leaves.length), levels }, tiles }
}

/** The frontier of the tree that has this edge; `rootOf` of it is the tree's root. */
export async function frontierOf({ size, levels }: Edge): Promise<Frontier> {
  const hashes: Hash[] = []
  for (const row of levels) hashes.unshift(...(await append(EMPTY, row)).hashes)
  return { size, hashes }
}

/**
 * Loads the edge of a tree.
 * Guarantee: its tiles are those of the tree with this size and root, or what is wrong is said.
 */
export async function readEdge(size: bigint, root: Hash, load: LoadTiles): Promise<Checked<Edge>> {
  const partial = partialTiles(size)
  const contents = await load(partial)
  const levels: Hash[][] = []
  for (const [at, tile] of partial.entries()) {
    const hashes = hashesOf(tile, contents[at])
    if (!hashes.ok) return hashes
    while (levels.length < tile.level) levels.push([])
    levels.push(hashes.value)
  }
  const edge = { size, levels }
  return sameBytes(await rootOf(await frontierOf(edge)), root)
    ? checked(edge)
    : fault(`the tiles at the right edge of ${size} leaves do not lead to the root`)
}

/**
 * Reads hashes of a tree of this size from its tiles, each tile once. They are as true as the tiles are: what is made of
 * them must be verified, as a proof is, or the tiles must be ({@link verifyTiles} of tile-audit.ts).
 */
export function tileReader(size: bigint, load: LoadTiles): ReadHashes {
  return async (nodes) => {
    const places = nodes.map((node) => placeOf(node, size))
    const needed = new Map(places.map(({ tile }) => [tilePath(tile), tile]))
    const contents = await load([...needed.values()])
    const rows = new Map<string, Hash[]>()
    for (const [at, [path, tile]] of [...needed].entries()) {
      const hashes = hashesOf(tile, contents[at])
      if (!hashes.ok) return hashes
      rows.set(path, hashes.value)
    }
    const read = places.map(async ({ tile, at, count }) =>
      rootOfLeaves((rows.get(tilePath(tile)) ?? []).slice(at, at + count)),
    )
    return checked(await Promise.all(read))
  }
}
