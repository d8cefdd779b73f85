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
 * The way from the root of a tree down towards the leaf of this index, until it is at a range that `isReached`: that range,
 * and those that are left beside the way, the lowest first. Needs 0 ≤ leaf < size, and a range that is reached.
 */
export function descend(
  size: bigint,
  leaf: bigint,
  isReached: (range: Range) => boolean,
): { readonly reached: Range; readonly beside: Range[] } {
  const beside: Range[] = []
  let [start, end] = [0n, size]
  while (!isReached({ start, end })) {
    const middle = start + splitOf(end - start)
    if (leaf < middle) {
      beside.unshift({ start: middle, end })
      end = middle
    } else {
      beside.unshift({ start, end: middle })
      start = middle
    }
  }
  return { reached: { start, end }, beside }
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
