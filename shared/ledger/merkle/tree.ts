import { sha256 } from '#sha256'
import { checked, fault, type Checked, type Fault } from '../checked.ts'
import { subtreesOf, type Node, type Range } from './range.ts'

/**
 * The Merkle tree of RFC 6962 §2.1 (RFC 9162 §2.1.1), over leaf hashes as hash.ts makes them. A tree of n leaves splits at
 * the largest power of two below n, so all but its right edge are complete subtrees that never change again.
 */
export type Hash = Uint8Array

/** SHA-256. */
export const HASH_BYTES = 32

/** Leaf or inner node, a hash of another length could be taken apart otherwise than it was put together. */
export function lengthFault(hashes: readonly Hash[]): Fault | undefined {
  const odd = hashes.find(({ length }) => length !== HASH_BYTES)
  return odd && fault(`a hash must be ${HASH_BYTES} bytes; given: ${odd.length}`)
}

/** `SHA-256(0x01 ‖ left ‖ right)`: the hash of an inner node. Both must be {@link HASH_BYTES} long. */
export async function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  const prefixed = new Uint8Array(1 + 2 * HASH_BYTES)
  prefixed[0] = 0x01
  prefixed.set(left, 1)
  prefixed.set(right, 1 + HASH_BYTES)
  return sha256(prefixed)
}

/** `SHA-256()` of nothing: the root of the empty tree. */
export async function emptyRoot(): Promise<Hash> {
  return sha256(new Uint8Array())
}

/**
 * What must be kept of a tree in order to append to it: the hashes of the complete subtrees it consists of, the largest
 * and leftmost first; one for each bit that is set in its size.
 */
export interface Frontier {
  /** How many leaves the tree has. */
  readonly size: bigint
  readonly hashes: readonly Hash[]
}

export const EMPTY: Frontier = { size: 0n, hashes: [] }

/**
 * The frontier after these leaves were appended, in order. The given one remains as it was. However leaves are split over
 * calls, the outcome is the same. Costs fewer than one inner hash per leaf and one per level.
 */
export async function append(frontier: Frontier, leaves: readonly Hash[]): Promise<Frontier> {
  const hashes = [...frontier.hashes]
  let size = frontier.size
  for (const leaf of leaves) {
    let hash = leaf
    // As in adding one to a binary number: each set bit at the low end carries, and its subtree becomes a left sibling.
    for (let carried = size; carried % 2n === 1n; carried /= 2n) {
      hash = await nodeHash(taken(hashes), hash)
    }
    hashes.push(hash)
    size += 1n
  }
  return { size, hashes }
}

function taken(hashes: Hash[]): Hash {
  const last = hashes.pop()
  if (!last) throw new RangeError('a frontier must have one hash for each bit that is set in its size')
  return last
}

/** The root of the tree that a frontier stands for: MTH(D[n]) of RFC 6962 §2.1. */
export async function rootOf({ hashes }: Frontier): Promise<Hash> {
  return hashes.length === 0 ? emptyRoot() : foldRight(hashes)
}

/** The root of a tree of these leaf hashes. */
export async function rootOfLeaves(leaves: readonly Hash[]): Promise<Hash> {
  return rootOf(await append(EMPTY, leaves))
}

/** The hash of neighbouring subtrees, each smaller than the one to its left. Needs at least one. */
export async function foldRight(hashes: readonly Hash[]): Promise<Hash> {
  const last = hashes[hashes.length - 1]
  if (!last) throw new RangeError('there is no hash of no subtree')
  return hashes
    .slice(0, -1)
    .reduceRight(async (hash, left) => nodeHash(left, await hash), Promise.resolve(last))
}

/**
 * Gives the hashes of complete subtrees, in the order asked, or says what is wrong with what was stored. It is asked once
 * for all that a proof takes, so that it can load them together.
 */
export type ReadHashes = (nodes: readonly Node[]) => Promise<Checked<readonly Hash[]>>

/** The frontier of a tree of this size, from its complete subtrees. */
export async function readFrontier(size: bigint, read: ReadHashes): Promise<Checked<Frontier>> {
  const hashes = await read(subtreesOf({ start: 0n, end: size }))
  return hashes.ok ? checked({ size, hashes: hashes.value }) : hashes
}

/** The hash of each range, by one reading of all the complete subtrees that they consist of. */
export async function readRanges(ranges: readonly Range[], read: ReadHashes): Promise<Checked<Hash[]>> {
  const parts = ranges.map(subtreesOf)
  const answer = await read(parts.flat())
  if (!answer.ok) return answer
  const hashes = [...answer.value]
  return checked(await Promise.all(parts.map((nodes) => foldRight(hashes.splice(0, nodes.length)))))
}
