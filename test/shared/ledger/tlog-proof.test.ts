import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printCheckpoint, signCheckpoint, type Trust } from '../../../shared/ledger/checkpoint.ts'
import { proveInclusion } from '../../../shared/ledger/merkle/inclusion.ts'
import type { Hash } from '../../../shared/ledger/merkle/tree.ts'
import { printNote } from '../../../shared/ledger/note.ts'
import {
  parseLogProof,
  printLogProof,
  verifyLogProof,
  type LogProof,
} from '../../../shared/ledger/tlog-proof.ts'
import { hashOf } from './merkle/altered.ts'
import { leavesOf, readerOf, rootByDefinition } from './merkle/rfc6962.ts'
import { aLog } from './signers.ts'

const ORIGIN = 'tidemark.example/log'

async function proofIn(leaves: readonly Hash[], index: number): Promise<{ proof: LogProof; trust: Trust }> {
  const { key, sign } = await aLog(ORIGIN)
  const size = BigInt(leaves.length)
  const text = printCheckpoint({ origin: ORIGIN, size, root: rootByDefinition(leaves), extensions: [] })
  const checkpoint = printNote({ text, signatures: [await signCheckpoint(text, key, sign)] })
  const path = await proveInclusion(BigInt(index), size, readerOf(leaves))
  if (!path.ok) throw new Error(path.why)
  return {
    proof: { index: BigInt(index), path: path.value, checkpoint },
    trust: { origin: ORIGIN, keys: [key] },
  }
}

describe('a proof that an entry is in the log', () => {
  it('is read as it was printed, and verifies', async () => {
    for (const [size, index] of [
      [1, 0],
      [3, 1],
      [20, 13],
    ] as const) {
      const leaves = leavesOf(size)
      const { proof, trust } = await proofIn(leaves, index)
      const text = printLogProof(proof)
      const read = parseLogProof(text)
      expect(read).toEqual({ ok: true, value: proof })
      expect(await verifyLogProof(proof, hashOf(leaves, index), trust)).toMatchObject({
        ok: true,
        value: { size: BigInt(size), origin: ORIGIN },
      })
    }
  })

  it('does not verify for another entry, another index, or with a checkpoint that is not the log’s', async () => {
    const leaves = leavesOf(20)
    const { proof, trust } = await proofIn(leaves, 13)
    const leaf = hashOf(leaves, 13)
    expect((await verifyLogProof(proof, hashOf(leaves, 12), trust)).ok).toBe(false)
    expect((await verifyLogProof({ ...proof, index: 12n }, leaf, trust)).ok).toBe(false)
    const { proof: others } = await proofIn(leaves, 13)
    expect((await verifyLogProof(others, leaf, trust)).ok).toBe(false)
  })

  it('does not verify, or is not read, with any character changed before the checkpoint', async () => {
    const leaves = leavesOf(5)
    const { proof, trust } = await proofIn(leaves, 2)
    const text = printLogProof(proof)
    for (let at = 0; at < text.indexOf('\n\n'); at++) {
      const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
      const read = parseLogProof(changed)
      const verdict = read.ok ? await verifyLogProof(read.value, hashOf(leaves, 2), trust) : read
      expect(verdict.ok).toBe(false)
    }
  })

  it('may carry extra data, which it does not prove', async () => {
    const leaves = leavesOf(5)
    const { proof, trust } = await proofIn(leaves, 2)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 40 }), async (given) => {
        const extra = new Uint8Array(given)
        const read = parseLogProof(printLogProof({ ...proof, extra }))
        expect(read).toEqual({ ok: true, value: { ...proof, extra } })
        const verdict = read.ok ? await verifyLogProof(read.value, hashOf(leaves, 2), trust) : read
        expect(verdict.ok).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('says nothing of extra data that is empty, as there is no line for it', async () => {
    const { proof } = await proofIn(leavesOf(2), 0)
    expect(printLogProof({ ...proof, extra: new Uint8Array() })).toBe(printLogProof(proof))
  })

  const hash = 'qjVC0AdY/oG+0NRC2ShndM/t5289t8sCVC10/jsNLng='
  it.each([
    ['nothing', '', 'empty line'],
    ['another version', 'c2sp.org/tlog-proof@v2\nindex 1\n\nnote', 'must begin with'],
    ['a byte order mark', '\ufeffc2sp.org/tlog-proof@v1\nindex 1\n\nnote', 'must begin with'],
    ['no index', `c2sp.org/tlog-proof@v1\n${hash}\n\nnote`, 'must say index'],
    ['no index at all', 'c2sp.org/tlog-proof@v1\n\nnote', 'must say index'],
    ['a leading zero', 'c2sp.org/tlog-proof@v1\nindex 01\n\nnote', 'must say index'],
    [
      'an index beyond 64 bits',
      'c2sp.org/tlog-proof@v1\nindex 18446744073709551616\n\nnote',
      'must say index',
    ],
    ['extra data after the index', 'c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\nnote', 'a hash must be'],
    ['extra data twice', 'c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 1\n\nnote', 'must say index'],
    ['empty extra data', 'c2sp.org/tlog-proof@v1\nextra \nindex 1\n\nnote', 'not empty'],
    [
      'extra data without padding',
      'c2sp.org/tlog-proof@v1\nextra AA\nindex 1\n\nnote',
      'extra data must be base64',
    ],
    ['a hash of 31 bytes', `c2sp.org/tlog-proof@v1\nindex 1\n${'A'.repeat(40)}\n\nnote`, '32 bytes'],
    ['carriage returns', `c2sp.org/tlog-proof@v1\r\nindex 1\r\n\n\nnote`, 'must begin with'],
    ['65 hashes', `c2sp.org/tlog-proof@v1\nindex 1\n${`${hash}\n`.repeat(65)}\nnote`, 'may have 64 hashes'],
  ])('is refused with %s', (_what, text, why) => {
    expect(parseLogProof(text)).toMatchObject({ ok: false, why: expect.stringContaining(why) })
  })
})
