import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  consistencyRanges,
  proveConsistency,
  verifyConsistency,
  type Growth,
} from '../../../../shared/ledger/merkle/consistency.ts'
import type { Hash } from '../../../../shared/ledger/merkle/tree.ts'
import { altered, big, hashOf } from './altered.ts'
import { leavesOf, nodeByDefinition, proofByDefinition, readerOf, rootByDefinition } from './rfc6962.ts'

async function proven(oldSize: number, leaves: readonly Hash[]): Promise<Hash[]> {
  const proof = await proveConsistency(BigInt(oldSize), BigInt(leaves.length), readerOf(leaves))
  if (!proof.ok) throw new Error(proof.why)
  return proof.value
}

const growthOf = (oldSize: number, leaves: readonly Hash[]): Growth => ({
  oldSize: BigInt(oldSize),
  oldRoot: rootByDefinition(leaves.slice(0, oldSize)),
  newSize: BigInt(leaves.length),
  newRoot: rootByDefinition(leaves),
})

describe('a proof of consistency', () => {
  it('is that of the definition and verifies, between all sizes up to 40', async () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size)
      for (let oldSize = 1; oldSize <= size; oldSize++) {
        const proof = await proven(oldSize, leaves)
        expect(proof).toEqual(proofByDefinition(oldSize, leaves))
        expect(await verifyConsistency(growthOf(oldSize, leaves), proof)).toEqual({ ok: true })
      }
    }
  })

  it('fails when any bit of a root or of the proof is changed, and when a hash is added or taken away', async () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }))
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async ([oldSize, more], bit) => {
        const leaves = leavesOf(oldSize + more)
        const growth = growthOf(oldSize, leaves)
        const said = [growth.oldRoot, growth.newRoot, ...(await proven(oldSize, leaves))]
        for (const wrong of [...altered(said, bit), [...said, hashOf(leaves, 0)], said.slice(0, -1)]) {
          const [oldRoot = new Uint8Array(), newRoot = new Uint8Array(), ...proof] = wrong
          expect((await verifyConsistency({ ...growth, oldRoot, newRoot }, proof)).ok).toBe(false)
        }
      }),
    )
  })

  it('fails for a history of which anything was changed, left out, put in or put elsewhere', async () => {
    const leaves = leavesOf(30)
    const old = growthOf(19, leaves)
    const [first = new Uint8Array(), second = new Uint8Array(), ...others] = leaves
    const [other = new Uint8Array()] = leavesOf(1, 'other')
    const histories = [
      [other, second, ...others],
      [second, ...others],
      [other, ...leaves],
      [second, first, ...others],
    ]
    for (const history of histories) {
      const { newSize, newRoot } = growthOf(19, history)
      const forged = await proven(19, history)
      expect((await verifyConsistency({ ...old, newSize, newRoot }, forged)).ok).toBe(false)
    }
  })

  it('verifies between any sizes, with roots that are put together from what the proof is over', async () => {
    await fc.assert(
      fc.asyncProperty(big(2n), fc.bigInt({ min: 0n }), async (newSize, any) => {
        const oldSize = 1n + (any % (newSize - 1n))
        const ranges = consistencyRanges(oldSize, newSize)
        const proof = leavesOf(ranges.length, 'part')
        expect(ranges.length).toBeLessThanOrEqual(65)
        const isWhole = ranges.every(({ start }) => start > 0n)
        const [known] = leavesOf(1, 'old root')
        if (!known) throw new Error('a hash is needed')
        const parts = ranges.map((range, at) => ({ ...range, hash: hashOf(proof, at) }))
        if (isWhole && (oldSize & (oldSize - 1n)) === 0n)
          parts.unshift({ start: 0n, end: oldSize, hash: known })
        const [seed, ...path] = parts
        if (!seed) throw new Error('a proof is needed')
        let [oldRoot, newRoot] = [seed.hash, seed.hash]
        for (const { start, hash } of path) {
          if (start >= oldSize) newRoot = nodeByDefinition(newRoot, hash)
          else [oldRoot, newRoot] = [nodeByDefinition(hash, oldRoot), nodeByDefinition(hash, newRoot)]
        }
        expect(await verifyConsistency({ oldSize, oldRoot, newSize, newRoot }, proof)).toEqual({ ok: true })
      }),
    )
  })

  it('says what was given and what is allowed', async () => {
    const leaves = leavesOf(5)
    const growth = growthOf(3, leaves)
    const proof = await proven(3, leaves)
    const why = async (...given: Parameters<typeof verifyConsistency>): Promise<string> => {
      const verdict = await verifyConsistency(...given)
      return verdict.ok ? 'ok' : verdict.why
    }
    expect(await why({ ...growth, oldSize: 0n }, proof)).toContain('a tree without leaves')
    expect(await why({ ...growth, newSize: 2n }, proof)).toBe(
      'a tree of 2 leaves cannot have grown from one of 3',
    )
    expect(await why({ ...growth, newSize: 3n }, proof)).toContain('trees of one size need no proof')
    expect(await why({ ...growth, newSize: 3n }, [])).toContain('one size and different roots')
    expect(await why(growth, [])).toBe('the proof is empty')
    expect(await why(growth, proof.slice(0, -1))).toContain('fewer hashes')
    expect(await why(growth, [...proof, ...proof])).toContain('more hashes')
    expect(await why({ ...growth, oldRoot: growth.newRoot }, proof)).toContain('the old root')
    expect(await why({ ...growth, newRoot: growth.oldRoot }, proof)).toContain('the new root')
    expect(await why(growth, [new Uint8Array(3), ...proof.slice(1)])).toContain('given: 3')
  })

  it('is empty from no leaves and from the same size, and is not made of a tree that shrank', () => {
    expect([consistencyRanges(0n, 9n), consistencyRanges(9n, 9n), consistencyRanges(0n, 0n)]).toEqual([
      [],
      [],
      [],
    ])
    expect(() => consistencyRanges(4n, 3n)).toThrow(RangeError)
    expect(() => consistencyRanges(-1n, 3n)).toThrow(RangeError)
  })
})
