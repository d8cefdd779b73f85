import { sameBytes } from '../bytes.ts'
import { fault, HOLDS, type Checked, type Verdict } from '../checked.ts'
import { descend, type Range } from './range.ts'
import { readRanges, lengthFault, nodeHash, type Hash, type ReadHashes } from './tree.ts'

/** Says that the leaf at an index of a tree has this hash. */
export interface Inclusion {
  /** Zero for the first leaf. */
  readonly index: bigint
  /** How many leaves the tree has. */
  readonly size: bigint
  readonly leaf: Hash
  readonly root: Hash
}

/**
 * Whether a path proves an inclusion: RFC 9162 §2.1.3.2, which decides as RFC 6962 §2.1.1 does.
 *
 * Precondition: none; index, leaf and path may be anybody's. The root must be trusted, and with it the size.
 * Guarantee: if it holds, then every tree with this root and size has this leaf at this index, unless two inputs of one
 * SHA-256 hash are known.
 */
export async function verifyInclusion(
  { index, size, leaf, root }: Inclusion,
  path: readonly Hash[],
): Promise<Verdict> {
  if (index < 0n || index >= size)
    return fault(`a tree of ${size} leaves has none of index ${index}; the first is 0`)
  const malformed = lengthFault([leaf, ...path])
  if (malformed) return malformed
  let hash = leaf
  let [node, last] = [index, size - 1n]
  for (const sibling of path) {
    if (last === 0n) return fault('the path has more hashes than the tree has levels')
    if (node % 2n === 1n || node === last) {
      hash = await nodeHash(sibling, hash)
      // A node that ends its level without a sibling is handed up as it is.
      while (node % 2n === 0n && node > 0n) [node, last] = [node / 2n, last / 2n]
    } else {
      hash = await nodeHash(hash, sibling)
    }
    ;[node, last] = [node / 2n, last / 2n]
  }
  if (last !== 0n) return fault('the path has fewer hashes than lead from the leaf to the root')
  return sameBytes(hash, root) ? HOLDS : fault('the path does not lead from this leaf to this root')
}

/**
 * The path of a leaf, as the ranges whose hashes it consists of, the leaf's sibling first: PATH(m, D[n]) of RFC 6962
 * §2.1.1. Needs 0 ≤ index < size.
 */
export function inclusionRanges(index: bigint, size: bigint): Range[] {
  if (index < 0n || index >= size) throw new RangeError(`a tree of ${size} leaves has none of index ${index}`)
  return descend(size, index, ({ start, end }) => end - start === 1n).beside
}

/** The path that proves the leaf at an index of a tree of this size. Needs 0 ≤ index < size. */
export async function proveInclusion(
  index: bigint,
  size: bigint,
  read: ReadHashes,
): Promise<Checked<Hash[]>> {
  return readRanges(inclusionRanges(index, size), read)
}
