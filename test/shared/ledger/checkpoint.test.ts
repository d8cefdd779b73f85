import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareCheckpoints,
  openCheckpoint,
  parseCheckpoint,
  printCheckpoint,
  signCheckpoint,
  type Checkpoint,
  type Trust,
} from '../../../shared/ledger/checkpoint.ts'
import { cosign, cosignedMessage, splitCosignature } from '../../../shared/ledger/cosignature.ts'
import { proveConsistency } from '../../../shared/ledger/merkle/consistency.ts'
import { emptyRoot, type Hash } from '../../../shared/ledger/merkle/tree.ts'
import { parseNote, printNote, type NoteSignature } from '../../../shared/ledger/note.ts'
import { leavesOf, readerOf, rootByDefinition } from './merkle/rfc6962.ts'
import { aLog, aWitness, type Signer } from './signers.ts'

const ORIGIN = 'tidemark.example/log'

const checkpointOf = (leaves: readonly Hash[], origin = ORIGIN): Checkpoint => ({
  origin,
  size: BigInt(leaves.length),
  root: rootByDefinition(leaves),
  extensions: [],
})

const TEXT = printCheckpoint(checkpointOf(leavesOf(3)))
const NOW = 1_795_608_000n

const byLog = async ({ key, sign }: Signer, text = TEXT): Promise<NoteSignature> =>
  signCheckpoint(text, key, sign)

const opened = async (
  signatures: readonly NoteSignature[],
  keys: Trust['keys'],
  text = TEXT,
): ReturnType<typeof openCheckpoint> =>
  openCheckpoint(printNote({ text, signatures }), { origin: ORIGIN, keys })

describe('the text of a checkpoint', () => {
  it('is read as it was printed', () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n'))
    const checkpoints = fc.record({
      origin: line,
      size: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((root) => new Uint8Array(root)),
      extensions: fc.array(line, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(checkpoints, (checkpoint) => {
        expect(parseCheckpoint(printCheckpoint(checkpoint))).toEqual({ ok: true, value: checkpoint })
      }),
    )
  })

  const root = 'qjVC0AdY/oG+0NRC2ShndM/t5289t8sCVC10/jsNLng='
  it.each([
    ['nothing', ''],
    ['two lines', 'o\n3\n'],
    ['no last newline', `o\n3\n${root}`],
    ['no origin', `\n3\n${root}\n`],
    ['an empty extension', `o\n3\n${root}\n\n`],
    ['an empty line within', `o\n3\n${root}\n\nmore\n`],
    ['a leading zero', `o\n03\n${root}\n`],
    ['a size below none', `o\n-3\n${root}\n`],
    ['a size in words', `o\nthree\n${root}\n`],
    ['a size beyond 64 bits', `o\n18446744073709551616\n${root}\n`],
    ['a root of 31 bytes', `o\n3\n${root.slice(0, -4)}\n`],
    ['a root without padding', `o\n3\n${root.slice(0, -1)}\n`],
    ['a root in hex', `o\n3\n${'0'.repeat(64)}\n`],
    ['a space after the size', `o\n3 \n${root}\n`],
  ])('is refused with %s', (_what, text) => {
    expect(parseCheckpoint(text)).toMatchObject({ ok: false, why: expect.any(String) })
  })

  it('is not printed where it would be read as another', () => {
    const checkpoint = checkpointOf(leavesOf(3))
    for (const wrong of [
      { ...checkpoint, origin: 'evil\n999' },
      { ...checkpoint, origin: '' },
      { ...checkpoint, size: -1n },
      { ...checkpoint, root: new Uint8Array(31) },
      { ...checkpoint, extensions: ['a\nb'] },
      { ...checkpoint, extensions: [''] },
    ])
      expect(() => printCheckpoint(wrong)).toThrow(RangeError)
  })
})

describe('a signed checkpoint', () => {
  it('opens for who knows the log, with the witnesses that have cosigned it', async () => {
    const [log, first, second] = [await aLog(ORIGIN), await aWitness(), await aWitness('witness.example/w2')]
    const signatures = [
      await byLog(log),
      await cosign(TEXT, first.key, NOW, first.sign),
      await cosign(TEXT, second.key, NOW + 1n, second.sign),
    ]
    expect(await opened(signatures, [log.key, first.key])).toMatchObject({
      ok: true,
      value: {
        ...checkpointOf(leavesOf(3)),
        signers: [log.key],
        cosignatures: [{ key: first.key, timeSeconds: NOW }],
      },
    })
  })

  it('opens for who knows the old key or the new one while a log changes its key', async () => {
    const [old, next] = [await aLog(ORIGIN), await aLog(`${ORIGIN}-2027`)]
    const signatures = [await byLog(old), await byLog(next)]
    for (const keys of [[old.key], [next.key], [old.key, next.key]]) {
      const checkpoint = await opened(signatures, keys)
      expect(checkpoint.ok && checkpoint.value.signers).toEqual(keys)
    }
    expect((await opened([await byLog(next)], [old.key])).ok).toBe(false)
  })

  it('is refused when witnesses alone have signed it', async () => {
    const [log, witness] = [await aLog(ORIGIN), await aWitness()]
    const cosigned = await cosign(TEXT, witness.key, NOW, witness.sign)
    expect(await opened([cosigned], [log.key, witness.key])).toEqual({
      ok: false,
      why: 'witnesses have signed this checkpoint, but the log has not',
    })
  })

  it('is refused when it is of another log, or no checkpoint, though a known key has signed it', async () => {
    const log = await aLog(ORIGIN)
    const other = printCheckpoint(checkpointOf(leavesOf(3), 'elsewhere.example'))
    expect(await opened([await byLog(log, other)], [log.key], other)).toEqual({
      ok: false,
      why: 'this is a checkpoint of "elsewhere.example", not of "tidemark.example/log"',
    })
    const text = 'no checkpoint\n'
    expect((await opened([await byLog(log, text)], [log.key], text)).ok).toBe(false)
    expect((await openCheckpoint('', { origin: ORIGIN, keys: [log.key] })).ok).toBe(false)
  })
})

describe('a cosignature', () => {
  it('is over a header, the time and the text, extension lines included', () => {
    const message = new TextDecoder().decode(cosignedMessage(`${TEXT}more\n`, 1_679_315_147n))
    expect(message).toBe(`cosignature/v1\ntime 1679315147\n${TEXT}more\n`)
  })

  it('does not verify with any bit of its time or signature changed', async () => {
    const [log, witness] = [await aLog(ORIGIN), await aWitness()]
    const good = await cosign(TEXT, witness.key, NOW, witness.sign)
    const signed = await byLog(log)
    for (let at = 0; at < good.bytes.length; at++) {
      const wrong = { ...good, bytes: good.bytes.with(at, (good.bytes[at] ?? 0) ^ 1) }
      expect((await opened([signed, wrong], [log.key, witness.key])).ok).toBe(false)
    }
    expect((await opened([signed, good], [log.key, witness.key])).ok).toBe(true)
  })

  it('cannot be passed off as the signature of a log, nor the other way round', async () => {
    const [log, witness] = [await aLog(ORIGIN), await aWitness()]
    const plain = { ...(await byLog(witness)), name: witness.key.name, id: witness.key.id }
    expect(await opened([await byLog(log), plain], [log.key, witness.key])).toEqual({
      ok: false,
      why: 'a cosignature must be 72 bytes; given: 64',
    })
  })

  it('has a time below 2^63 seconds', async () => {
    const witness = await aWitness()
    const last = 2n ** 63n - 1n
    const signed = await cosign(TEXT, witness.key, last, witness.sign)
    expect(splitCosignature(signed.bytes)).toMatchObject({ ok: true, value: { timeSeconds: last } })
    expect(splitCosignature(signed.bytes.with(0, 0x80))).toMatchObject({ ok: false })
    for (const time of [-1n, 2n ** 63n])
      await expect(cosign(TEXT, witness.key, time, witness.sign)).rejects.toThrow(RangeError)
  })

  it('is found also where its bytes lie within others', () => {
    const within = Uint8Array.of(9, 9, 9, ...new Uint8Array(7), 5, ...new Uint8Array(64)).subarray(3)
    expect(splitCosignature(within)).toMatchObject({ ok: true, value: { timeSeconds: 5n } })
  })
})

describe('two checkpoints', () => {
  const leaves = leavesOf(20)
  const at = (size: number): Checkpoint => checkpointOf(leaves.slice(0, size))
  const proofOf = async (from: number, to: number): Promise<Hash[]> => {
    const proof = await proveConsistency(BigInt(from), BigInt(to), readerOf(leaves.slice(0, to)))
    if (!proof.ok) throw new Error(proof.why)
    return proof.value
  }

  it('are the same, or one grew from the other, for all sizes', async () => {
    for (let from = 0; from <= 20; from++) {
      for (let to = from; to <= 20; to++) {
        const outcome = from === to ? 'same' : 'grew'
        expect(await compareCheckpoints(at(from), at(to), await proofOf(from, to))).toEqual({
          ok: true,
          outcome,
        })
      }
    }
  })

  it('show a log that was rolled back', async () => {
    expect(await compareCheckpoints(at(9), at(5), await proofOf(5, 9))).toEqual({
      ok: false,
      outcome: 'rolled-back',
      why: 'the log had 9 entries and now shows 5',
    })
    expect(await compareCheckpoints(at(1), at(0), [])).toMatchObject({ outcome: 'rolled-back' })
  })

  it('show a log that was forked', async () => {
    const fork = checkpointOf([...leaves.slice(0, 8), ...leavesOf(1, 'other')])
    expect(await compareCheckpoints(at(9), fork, [])).toEqual({
      ok: false,
      outcome: 'forked',
      why: 'the log has signed two different histories of 9 entries',
    })
    const empty = { ...at(0), root: leaves[0] ?? new Uint8Array() }
    expect(await compareCheckpoints(empty, at(5), [])).toMatchObject({ outcome: 'forked' })
  })

  it('show nothing of growth without the right proof', async () => {
    const fork = checkpointOf([...leavesOf(1, 'other'), ...leaves.slice(1)])
    const cases = [
      [at(9), at(20), []],
      [at(9), at(20), await proofOf(8, 20)],
      [at(9), fork, await proofOf(9, 20)],
      [at(9), at(9), await proofOf(8, 9)],
      [at(0), at(9), await proofOf(8, 9)],
    ] as const
    for (const [older, newer, proof] of cases)
      expect(await compareCheckpoints(older, newer, proof)).toMatchObject({ ok: false, outcome: 'unproven' })
  })

  it('of two logs are not compared', async () => {
    const other = checkpointOf(leaves, 'elsewhere.example')
    expect(await compareCheckpoints(at(20), other, [])).toMatchObject({ ok: false, outcome: 'other-log' })
  })

  it('begin with the empty tree, which is a checkpoint as well', async () => {
    const log = await aLog(ORIGIN)
    const text = printCheckpoint({ ...at(0), root: await emptyRoot() })
    const checkpoint = await opened([await byLog(log, text)], [log.key], text)
    expect(checkpoint).toMatchObject({ ok: true, value: { size: 0n } })
    expect(parseNote(printNote({ text, signatures: [await byLog(log, text)] })).ok).toBe(true)
  })
})
