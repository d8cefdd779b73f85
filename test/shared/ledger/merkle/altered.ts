import * as fc from 'fast-check'
import type { Range } from '../../../../shared/ledger/merkle/range.ts'
import type { Hash } from '../../../../shared/ledger/merkle/tree.ts'
import { nodeByDefinition } from './rfc6962.ts'

/** Each of these with one bit of one of its hashes turned over, in turn. */
export function altered(hashes: readonly Hash[], bit: number): Hash[][] {
  return hashes.map((hash, at) => hashes.with(at, withBitTurned(hash, bit)))
}

export function withBitTurned(bytes: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8) % bytes.length
  return bytes.with(at, (bytes[at] ?? 0) ^ (1 << (bit % 8)))
}

/** Sizes of all magnitudes up to 64 bits, those beside powers of two often. */
export function big(min: bigint): fc.Arbitrary<bigint> {
  const beside = fc
    .tuple(fc.bigInt({ min: 2n, max: 63n }), fc.bigInt({ min: -2n, max: 2n }))
    .map(([power, off]) => 2n ** power + off)
  return fc.oneof(fc.bigInt({ min, max: 2n ** 64n - 1n }), beside, fc.bigInt({ min, max: 300n }))
}

/** The root above a leaf, given what the hashes of its path are over: left of it or right of it. */
export function rootAbove(leaf: Hash, index: bigint, ranges: readonly Range[], path: readonly Hash[]): Hash {
  return ranges.reduce((hash, { start }, at) => {
    const sibling = hashOf(path, at)
    return start > index ? nodeByDefinition(hash, sibling) : nodeByDefinition(sibling, hash)
  }, leaf)
}

export function hashOf(hashes: readonly Hash[], at: number): Hash {
  const hash = hashes[at]
  if (!hash) throw new Error(`there is no hash ${at}`)
  return hash
}
