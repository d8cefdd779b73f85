import { sameBytes } from '../bytes.ts'
import { fault, HOLDS, type Checked, type Verdict } from '../checked.ts'
import { descend, type Range } from './range.ts'
import { readRanges, lengthFault, nodeHash, type Hash, type ReadHashes } from './tree.ts'

/** Says that a tree grew from an older one by appending alone: that its first leaves are the older one's. */
export interface Growth {
  readonly oldSize: bigint
  readonly oldRoot: Hash
  readonly newSize: bigint
  readonly newRoot: Hash
}

/**
 * Whether a proof shows growth: RFC 9162 §2.1.4.2, which decides as RFC 6962 §2.1.2 does.
 *
 * Precondition: both roots are trusted to be the log's, such as by its signature, and 32 bytes. The proof may be anybody's.
 * Guarantee: if it holds, then the first `oldSize` leaves of the new tree are those of the old one, in order, unless two
 * inputs of one SHA-256 hash are known.
 * An old size of 0 is refused, as it would prove nothing: every tree grew from the empty one.
 */
export async function verifyConsistency(growth: Growth, proof: readonly Hash[]): Promise<Verdict> {
  const { oldSize, oldRoot, newSize, newRoot } = growth
  if (oldSize <= 0n) return fault('nothing can be proven of growth from a tree without leaves')
  if (newSize < oldSize) return fault(`a tree of ${newSize} leaves cannot have grown from one of ${oldSize}`)
  if (newSize === oldSize) {
    if (proof.length > 0)
      return fault(`trees of one size need no proof; given: one of ${proof.length} hashes`)
    return sameBytes(oldRoot, newRoot) ? HOLDS : fault('the trees have one size and different roots')
  }
  let [node, last] = [oldSize - 1n, newSize - 1n]
  while (node % 2n === 1n) [node, last] = [node / 2n, last / 2n]
  // An old tree that is one complete subtree is part of the proof by its root, and is not said again.
  const [first, ...path] = node === 0n ? [oldRoot, ...proof] : proof
  if (!first) return fault('the proof is empty')
  return lengthFault([first, ...path]) ?? verifyPath(growth, first, path, [node, last])
}

/** Climbs from the old tree's last complete subtree to both roots at once. */
async function verifyPath(
  { oldRoot, newRoot }: Growth,
  first: Hash,
  path: readonly Hash[],
  [node, last]: [bigint, bigint],
): Promise<Verdict> {
  let [oldHash, newHash] = [first, first]
  for (const hash of path) {
    if (last === 0n) return fault('the proof has more hashes than the tree has levels')
    if (node % 2n === 1n || node === last) {
      oldHash = await nodeHash(hash, oldHash)
      newHash = await nodeHash(hash, newHash)
      while (node % 2n === 0n && node > 0n) [node, last] = [node / 2n, last / 2n]
    } else {
      newHash = await nodeHash(newHash, hash)
    }
    ;[node, last] = [node / 2n, last / 2n]
  }
  if (last !== 0n) return fault('the proof has fewer hashes than lead to the root')
  if (!sameBytes(oldHash, oldRoot)) return fault('the proof does not lead to the old root')
  return sameBytes(newHash, newRoot) ? HOLDS : fault('the proof does not lead to the new root')
}

/**
 * The proof of growth, as the ranges whose hashes it consists of: PROOF(m, D[n]) of RFC 6962 §2.1.2. Empty where the sizes
 * are the same or the old one is 0, as c2sp.org/tlog-witness has it. Needs 0 ≤ oldSize ≤ newSize.
 */
export function consistencyRanges(oldSize: bigint, newSize: bigint): Range[] {
  if (oldSize < 0n || oldSize > newSize)
    throw new RangeError(`a tree of ${newSize} leaves cannot have grown from one of ${oldSize}`)
  if (oldSize === 0n) return []
  const { reached, beside } = descend(newSize, oldSize - 1n, ({ end }) => end === oldSize)
  // What is reached is a complete subtree of both trees. If it is the whole old tree, then its root is known.
  return reached.start > 0n ? [reached, ...beside] : beside
}

/** The proof that a tree of the new size grew from one of the old size. Needs 0 ≤ oldSize ≤ newSize. */
export async function proveConsistency(
  oldSize: bigint,
  newSize: bigint,
  read: ReadHashes,
): Promise<Checked<Hash[]>> {
  return readRanges(consistencyRanges(oldSize, newSize), read)
}
