/**
 * Which parts of a tree a hash is over. Proofs are worked out in these terms first, without any hash, so that whoever
 * stores hashes can load all it takes at once.
 */

/** The leaves from `start` up to but not including `end`. */
export interface Range {
  readonly start: bigint
  readonly end: bigint
}

/** A complete subtree: that of the leaves from `index * 2**level` up to but not including `(index + 1) * 2**level`. */
export interface Node {
  readonly level: number
  readonly index: bigint
}

/** The largest power of two smaller than `size`, where a tree of that size is split (RFC 6962 §2.1). Needs size > 1. */
export function splitOf(size: bigint): bigint {
  let power = 1n
  while (power * 2n < size) power *= 2n
  return power
}

/**
 * The complete subtrees that make up a range, the largest and leftmost first. The range must be one that occurs in a tree:
 * its start a multiple of the smallest power of two that is not smaller than its length.
 */
export function subtreesOf({ start, end }: Range): Node[] {
  const nodes: Node[] = []
  for (let at = start; at < end;) {
    const level = (end - at).toString(2).length - 1
    nodes.push({ level, index: at >> BigInt(level) })
    at += 1n << BigInt(level)
  }
  return nodes
}
