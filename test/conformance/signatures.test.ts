import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { verifyByArithmetic } from '../../shared/ledger/ed25519/arithmetic.ts'
import { isUnambiguous, verifyByPlatform, verifyEd25519 } from '../../shared/ledger/ed25519/verify.ts'
import { leafHash } from '../../shared/ledger/hash.ts'
import { openNote, printNote } from '../../shared/ledger/note.ts'
import { parseLogProof, printLogProof, verifyLogProof } from '../../shared/ledger/tlog-proof.ts'
import { parseVerifierKey, printVerifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import { standardOr } from './standards.ts'

async function keyOf(text: string): Promise<VerifierKey> {
  const key = await parseVerifierKey(text)
  if (!key.ok) throw new Error(key.why)
  return key.value
}

describe('C2SP', () => {
  it('signed-note: the example opens by its key, is printed as it was, and opens in no other way', async ({
    skip,
  }) => {
    const Vector = z.object({ vkey: z.string(), note: z.string() })
    const { vkey, note } = Vector.parse(JSON.parse(await standardOr(skip, 'c2sp/signed-note-vector.json')))
    const key = await keyOf(vkey)
    expect(printVerifierKey(key)).toBe(vkey)
    const opened = await openNote(note, [key])
    expect(opened).toMatchObject({ ok: true, value: { text: 'This is an example message.\n' } })
    expect(opened.ok && printNote(opened.value)).toBe(note)
    expect((await openNote(note.replace('example m', 'example M'), [key])).ok).toBe(false)
  })

  it('tlog-proof: an example that others made verifies, and with another digit it does not', async ({
    skip,
  }) => {
    const [proof, vkey, event] = await Promise.all(
      ['batch-event.tlog-proof', 'log.vkey', 'batch-event.json'].map((file) =>
        standardOr(skip, `examples/${file}`),
      ),
    )
    const trust = { origin: 'trace.example.org/log', keys: [await keyOf((vkey ?? '').trim())] }
    const read = parseLogProof(proof ?? '')
    if (!read.ok) throw new Error(read.why)
    expect(printLogProof(read.value)).toBe(proof)
    const entry = (event ?? '').trimEnd()
    const verdicts = [entry, entry.replace('410', '411')].map(async (text) =>
      verifyLogProof(read.value, await leafHash(new TextEncoder().encode(text)), trust),
    )
    const [good, changed] = await Promise.all(verdicts)
    expect(good).toMatchObject({
      ok: true,
      value: { size: 3n, signers: [{ name: 'trace.example.org/log' }] },
    })
    expect(changed).toMatchObject({ ok: false })
  })
})

describe('C2SP/CCTV: edge cases of Ed25519', () => {
  /** With any of these, what is right depends on whom one asks; the ledger refuses them (ed25519/verify.ts). */
  const AMBIGUOUS = new Set([
    'low_order_A',
    'low_order_R',
    'non_canonical_A',
    'non_canonical_R',
    'low_order_residue',
    'reencoded_k',
  ])
  const Vectors = z.array(
    z.object({ key: z.hex(), sig: z.hex(), msg: z.string(), flags: z.array(z.string()).nullable() }),
  )
  const read = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

  it('have one verdict each, by this platform and by arithmetic', async ({ skip }) => {
    const text = await standardOr(skip, 'c2sp/cctv-ed25519/ed25519vectors.json')
    const vectors = Vectors.parse(JSON.parse(text))
    expect(vectors).toHaveLength(914)
    let valid = 0
    for (const [number, { key, sig, msg, flags }] of vectors.entries()) {
      const expected = !(flags ?? []).some((flag) => AMBIGUOUS.has(flag))
      const given = [read(key), new TextEncoder().encode(msg), read(sig)] as const
      const verdicts = [
        await verifyEd25519(...given),
        isUnambiguous(given[0], given[2]) && (await verifyByPlatform(...given)),
        isUnambiguous(given[0], given[2]) && (await verifyByArithmetic(...given)),
      ]
      expect({ number, verdicts }).toEqual({ number, verdicts: [expected, expected, expected] })
      if (expected) valid++
    }
    expect(valid).toBe(43)
  })
})
