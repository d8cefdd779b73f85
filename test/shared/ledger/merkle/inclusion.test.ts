import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  inclusionRanges,
  proveInclusion,
  verifyInclusion,
} from '../../../../shared/ledger/merkle/inclusion.ts'
import type { Hash } from '../../../../shared/ledger/merkle/tree.ts'
import { leavesOf, pathByDefinition, readerOf, rootByDefinition } from './rfc6962.ts'
import { altered, big, hashOf, rootAbove } from './altered.ts'

async function proven(index: number, leaves: readonly Hash[]): Promise<Hash[]> {
  const path = await proveInclusion(BigInt(index), BigInt(leaves.length), readerOf(leaves))
  if (!path.ok) throw new Error(path.why)
  return path.value
}

describe('a proof of inclusion', () => {
  it('is that of the definition and verifies, for every leaf of every size up to 40', async () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size)
      const root = rootByDefinition(leaves)
      for (const [index, leaf] of leaves.entries()) {
        const path = await proven(index, leaves)
        expect(path).toEqual(pathByDefinition(index, leaves))
        const claim = { index: BigInt(index), size: BigInt(size), leaf, root }
        expect(await verifyInclusion(claim, path)).toEqual({ ok: true })
      }
    }
  })

  it('fails for every other index and for another leaf', async () => {
    const leaves = leavesOf(21)
    const root = rootByDefinition(leaves)
    const path = await proven(11, leaves)
    for (const [index, leaf] of leaves.entries()) {
      const claim = { index: BigInt(index), size: 21n, leaf, root }
      expect((await verifyInclusion(claim, path)).ok).toBe(index === 11)
      expect((await verifyInclusion({ ...claim, index: 11n }, path)).ok).toBe(index === 11)
    }
  })

  it('fails when any bit of leaf, root or path is changed, and when a hash is added or taken away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), async (size, any, bit) => {
        const leaves = leavesOf(size)
        const index = any % size
        const path = await proven(index, leaves)
        const said = [hashOf(leaves, index), rootByDefinition(leaves), ...path]
        for (const wrong of [...altered(said, bit), [...said, hashOf(leaves, 0)], said.slice(0, -1)]) {
          const [leaf = new Uint8Array(), root = new Uint8Array(), ...rest] = wrong
          const claim = { index: BigInt(index), size: BigInt(size), leaf, root }
          expect((await verifyInclusion(claim, rest)).ok).toBe(false)
        }
      }),
    )
  })

  it('verifies in trees of any size, with a root that is worked out from the path the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(big(1n), fc.bigInt({ min: 0n }), async (size, any) => {
        const index = any % size
        const ranges = inclusionRanges(index, size)
        const path = leavesOf(ranges.length, 'sibling')
        const [leaf] = leavesOf(1)
        if (!leaf) throw new Error('a leaf is needed')
        const root = rootAbove(leaf, index, ranges, path)
        expect(await verifyInclusion({ index, size, leaf, root }, path)).toEqual({ ok: true })
        expect(ranges.length).toBeLessThanOrEqual(64)
        const none = await verifyInclusion({ index: size, size, leaf, root }, path)
        expect(none.ok).toBe(false)
      }),
    )
  })

  it('says what was given and what is allowed', async () => {
    const leaves = leavesOf(3)
    const [leaf = new Uint8Array()] = leaves
    const claim = { index: 0n, size: 3n, leaf, root: rootByDefinition(leaves) }
    const why = async (...given: Parameters<typeof verifyInclusion>): Promise<unknown> => {
      const verdict = await verifyInclusion(...given)
      return verdict.ok ? 'ok' : verdict.why
    }
    const path = await proven(0, leaves)
    expect(await why({ ...claim, index: 3n }, path)).toBe(
      'a tree of 3 leaves has none of index 3; the first is 0',
    )
    expect(await why({ ...claim, index: -1n }, path)).toContain('none of index -1')
    expect(await why({ ...claim, leaf: new Uint8Array(31) }, path)).toBe('a hash must be 32 bytes; given: 31')
    expect(await why(claim, [...path, leaf])).toBe('the path has more hashes than the tree has levels')
    expect(await why(claim, [])).toBe('the path has fewer hashes than lead from the leaf to the root')
    expect(await why({ ...claim, index: 1n }, path)).toBe(
      'the path does not lead from this leaf to this root',
    )
  })

  it('is not made of a leaf that is not there, nor of hashes that could not be read', async () => {
    expect(() => inclusionRanges(3n, 3n)).toThrow(RangeError)
    expect(() => inclusionRanges(-1n, 3n)).toThrow(RangeError)
    const answer = await proveInclusion(0n, 3n, async () => ({ ok: false, why: 'gone' }))
    expect(answer).toEqual({ ok: false, why: 'gone' })
  })
})
