import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { verifyConsistency } from '../../shared/ledger/merkle/consistency.ts'
import { verifyInclusion } from '../../shared/ledger/merkle/inclusion.ts'
import { standardsOr } from './standards.ts'

/**
 * All vectors of github.com/transparency-dev/merkle for proofs of inclusion and consistency, those included that must be
 * refused. Their sizes go up to 2^64 - 1, beyond what JSON's numbers can carry in JavaScript.
 */
const VECTORS = 98

const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const size = z.string().transform(BigInt)
const proof = z
  .array(bytes)
  .nullable()
  .transform((hashes) => hashes ?? [])

const Inclusion = z.object({
  leafIdx: size,
  treeSize: size,
  root: bytes,
  leafHash: bytes,
  proof,
  desc: z.string(),
  wantErr: z.boolean(),
})
const Consistency = z.object({
  size1: size,
  size2: size,
  root1: bytes,
  root2: bytes,
  proof,
  desc: z.string(),
  wantErr: z.boolean(),
})

/** Numbers as texts, to the last digit. */
const withTexts = (json: string): unknown => JSON.parse(json.replace(/: (\d+)(?=,?\n)/g, ': "$1"'))

describe('transparency-dev/merkle', () => {
  it(`agrees on all ${VECTORS} proofs of inclusion`, async ({ skip }) => {
    const files = await standardsOr(skip, 'merkle/testdata/inclusion')
    expect(files).toHaveLength(VECTORS)
    for (const { file, text } of files) {
      const { leafIdx, treeSize, root, leafHash, wantErr, ...vector } = Inclusion.parse(withTexts(text))
      const claim = { index: leafIdx, size: treeSize, leaf: leafHash, root }
      const verdict = await verifyInclusion(claim, vector.proof)
      expect({ file, ok: verdict.ok }).toEqual({ file, ok: !wantErr })
    }
  })

  it(`agrees on all ${VECTORS} proofs of consistency`, async ({ skip }) => {
    const files = await standardsOr(skip, 'merkle/testdata/consistency')
    expect(files).toHaveLength(VECTORS)
    for (const { file, text } of files) {
      const { size1, size2, root1, root2, wantErr, ...vector } = Consistency.parse(withTexts(text))
      const growth = { oldSize: size1, oldRoot: root1, newSize: size2, newRoot: root2 }
      const verdict = await verifyConsistency(growth, vector.proof)
      expect({ file, ok: verdict.ok }).toEqual({ file, ok: !wantErr })
    }
  })

  it('has vectors that numbers of JavaScript would spoil, and they are read to the last digit', async ({
    skip,
  }) => {
    const files = await standardsOr(skip, 'merkle/testdata/inclusion')
    const indexes = files.map(({ text }) => Inclusion.parse(withTexts(text)).leafIdx)
    expect(indexes).toContain(18_446_744_073_709_551_615n)
  })
})
