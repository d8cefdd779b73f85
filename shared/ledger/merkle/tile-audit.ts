import { sameBytes } from '../bytes.ts'
import { fault, HOLDS, type Verdict } from '../checked.ts'
import { FULL, hashesAt, tilePath, type Tile } from './tile.ts'
import { hashesOf, readEdge, type LoadTiles } from './tiles.ts'
import { rootOfLeaves, type Hash } from './tree.ts'

/**
 * Whether every tile of a tree is there and holds what the root says.
 *
 * Precondition: size and root are trusted, such as by a checkpoint; tiles may be anybody's.
 * Guarantee: if it holds, then all hashes of all tiles are those of the one tree with this root, the leaves among them. Else
 * it says which tile is missing, cut or wrong. Loads each tile once, up to 256 at a time.
 */
export async function verifyTiles(size: bigint, root: Hash, load: LoadTiles): Promise<Verdict> {
  const edge = await readEdge(size, root, load)
  if (!edge.ok) return edge
  for (const [level, row] of edge.value.levels.entries()) {
    if (level === 0) continue
    const first = hashesAt(level + 1, size) * BigInt(FULL)
    const below = await verifyBelow(level, first, row, load)
    if (!below.ok) return below
  }
  return HOLDS
}

/** Verifies the whole tiles whose hashes are these of a level, the first of them with this index, and all below them. */
async function verifyBelow(
  level: number,
  first: bigint,
  hashes: readonly Hash[],
  load: LoadTiles,
): Promise<Verdict> {
  if (level === 0) return HOLDS
  const tiles = hashes.map((_, at): Tile => ({ level: level - 1, index: first + BigInt(at), width: FULL }))
  const contents = await load(tiles)
  for (const [at, tile] of tiles.entries()) {
    const row = hashesOf(tile, contents[at])
    if (!row.ok) return row
    const expected = hashes[at]
    if (!expected || !sameBytes(await rootOfLeaves(row.value), expected))
      return fault(`${tilePath(tile)} does not lead to the root`)
    const below = await verifyBelow(tile.level, tile.index * BigInt(FULL), row.value, load)
    if (!below.ok) return below
  }
  return HOLDS
}
