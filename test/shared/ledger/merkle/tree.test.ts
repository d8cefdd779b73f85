import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../../shared/ledger/hash.ts'
import { splitOf, subtreesOf } from '../../../../shared/ledger/merkle/range.ts'
import {
  append,
  EMPTY,
  emptyRoot,
  foldRight,
  readFrontier,
  rootOf,
  rootOfLeaves,
} from '../../../../shared/ledger/merkle/tree.ts'
import { leavesOf, readerOf, rootByDefinition } from './rfc6962.ts'

describe('the root of a tree', () => {
  it('is that of the definition, for every size up to 130', async () => {
    const leaves = leavesOf(130)
    for (let size = 0; size <= leaves.length; size++) {
      const some = leaves.slice(0, size)
      expect(await rootOfLeaves(some)).toEqual(rootByDefinition(some))
    }
  })

  it('is the hash of nothing where there are no leaves', async () => {
    expect(toHex(await emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(await rootOf(EMPTY)).toEqual(await emptyRoot())
  })

  it('tells two leaves from the inner node made of them, as inner hashes have a prefix of their own', async () => {
    const [a, b] = leavesOf(2)
    if (!a || !b) throw new Error('two leaves are needed')
    const both = await rootOfLeaves([a, b])
    expect(both).not.toEqual(await rootOfLeaves([b, a]))
    expect(await rootOfLeaves([both])).toEqual(both)
    expect(both).not.toEqual(await rootOfLeaves([a, a, b]))
  })
})

describe('appending', () => {
  it('leads to one frontier, however the leaves are split over calls', async () => {
    const some = fc.array(fc.nat({ max: 40 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(some, async (counts) => {
        const leaves = leavesOf(counts.reduce((sum, count) => sum + count, 0))
        let frontier = EMPTY
        let at = 0
        for (const count of counts) frontier = await append(frontier, leaves.slice(at, (at += count)))
        expect(frontier).toEqual(await append(EMPTY, leaves))
        expect(await rootOf(frontier)).toEqual(rootByDefinition(leaves))
      }),
    )
  })

  it('leaves the frontier that it was given as it was', async () => {
    const leaves = leavesOf(7)
    const frontier = await append(EMPTY, leaves)
    const before = structuredClone(frontier)
    await append(frontier, leavesOf(9, 'other'))
    expect(frontier).toEqual(before)
  })

  it('keeps one hash for each bit that is set in the size, and throws where one is missing', async () => {
    const frontier = await append(EMPTY, leavesOf(13))
    expect([frontier.size, frontier.hashes.length]).toEqual([13n, 3])
    await expect(append({ size: 3n, hashes: [] }, leavesOf(1))).rejects.toThrow(RangeError)
    await expect(foldRight([])).rejects.toThrow(RangeError)
  })

  it('may begin from hashes that were stored', async () => {
    const leaves = leavesOf(90)
    for (const size of [0, 1, 2, 63, 64, 65, 90]) {
      const frontier = await readFrontier(BigInt(size), readerOf(leaves.slice(0, size)))
      expect(frontier).toEqual({ ok: true, value: await append(EMPTY, leaves.slice(0, size)) })
    }
    expect(await readFrontier(3n, async () => ({ ok: false, why: 'gone' }))).toEqual({
      ok: false,
      why: 'gone',
    })
  })

  it('works where sizes are beyond what numbers can count', async () => {
    const [hash] = leavesOf(1)
    if (!hash) throw new Error('a leaf is needed')
    const frontier = { size: 2n ** 63n, hashes: [hash] }
    const grown = await append(frontier, leavesOf(3))
    expect([grown.size, grown.hashes.length]).toEqual([2n ** 63n + 3n, 3])
  })
})

describe('the parts of a range', () => {
  it('are complete subtrees, side by side, each smaller than the one before', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), (end) => {
        let at = 0n
        let size = 2n ** 65n
        for (const { level, index } of subtreesOf({ start: 0n, end })) {
          const leaves = 2n ** BigInt(level)
          expect([index * leaves, leaves < size]).toEqual([at, true])
          ;[at, size] = [at + leaves, leaves]
        }
        expect(at).toBe(end)
      }),
    )
  })

  it('split at the largest power of two below the size', () => {
    expect([2n, 3n, 4n, 5n, 8n, 9n, 2n ** 64n].map(splitOf)).toEqual([1n, 2n, 2n, 4n, 4n, 8n, 2n ** 63n])
  })
})
