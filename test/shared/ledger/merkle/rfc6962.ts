import { createHash } from 'node:crypto'
import { checked } from '../../../../shared/ledger/checked.ts'
import type { Hash, ReadHashes } from '../../../../shared/ledger/merkle/tree.ts'

/**
 * RFC 6962 §2.1 as it is written there, by recursion over whole lists of leaf hashes: slow, and plain to see. What the
 * ledger does in other ways is compared with it.
 */
export function rootByDefinition(leaves: readonly Hash[]): Hash {
  const [only, ...others] = leaves
  if (!only) return sha256()
  if (others.length === 0) return only
  const k = splitByDefinition(leaves.length)
  return nodeByDefinition(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)))
}

/** PATH(m, D[n]). */
export function pathByDefinition(m: number, leaves: readonly Hash[]): Hash[] {
  if (leaves.length === 1) return []
  const k = splitByDefinition(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return m < k
    ? [...pathByDefinition(m, left), rootByDefinition(right)]
    : [...pathByDefinition(m - k, right), rootByDefinition(left)]
}

/** PROOF(m, D[n]), and SUBPROOF where the old root is known. */
export function proofByDefinition(m: number, leaves: readonly Hash[], isKnown = true): Hash[] {
  if (m === leaves.length) return isKnown ? [] : [rootByDefinition(leaves)]
  const k = splitByDefinition(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return m <= k
    ? [...proofByDefinition(m, left, isKnown), rootByDefinition(right)]
    : [...proofByDefinition(m - k, right, false), rootByDefinition(left)]
}

/** So many different leaf hashes. */
export function leavesOf(count: number, seed = 'leaf'): Hash[] {
  return Array.from({ length: count }, (_, at) => sha256(new TextEncoder().encode(`${seed} ${at}`)))
}

/** Reads complete subtrees of these leaves, worked out by definition. */
export function readerOf(leaves: readonly Hash[]): ReadHashes {
  return async (nodes) =>
    checked(
      nodes.map(({ level, index }) => {
        const [start, count] = [Number(index) * 2 ** level, 2 ** level]
        if (start + count > leaves.length) throw new RangeError('there is no such complete subtree')
        return rootByDefinition(leaves.slice(start, start + count))
      }),
    )
}

function splitByDefinition(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

export function nodeByDefinition(left: Hash, right: Hash): Hash {
  return sha256(Uint8Array.of(1), left, right)
}

function sha256(...parts: readonly Uint8Array[]): Hash {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
