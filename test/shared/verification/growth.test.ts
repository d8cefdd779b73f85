import { beforeAll, describe, expect, it } from 'vitest'
import { openCheckpoint, type OpenCheckpoint } from '../../../shared/ledger/checkpoint.ts'
import type { LoadTiles } from '../../../shared/ledger/merkle/tiles.ts'
import { compareByTiles } from '../../../shared/verification/growth.ts'
import { aLog, type Signer } from '../ledger/signers.ts'
import { logOf, type MemoryLog } from './evidence.ts'

let signer: Signer
beforeAll(async () => {
  signer = await aLog()
})

const hashes = (count: number, salt = ''): string[] =>
  Array.from({ length: count }, (_, n) => `${salt}${n}`.padStart(64, '0'))

async function opened(log: MemoryLog): Promise<OpenCheckpoint> {
  const checkpoint = await openCheckpoint(log.checkpoint, { origin: signer.key.name, keys: [signer.key] })
  if (!checkpoint.ok) throw new Error(checkpoint.why)
  return checkpoint.value
}

const outcomeOf = async (
  older: MemoryLog,
  newer: MemoryLog,
  load: LoadTiles = newer.loadTiles,
): Promise<string> => (await compareByTiles(await opened(older), await opened(newer), load)).outcome

describe('between two checkpoints of a log', () => {
  it.each([
    [0, 7],
    [1, 2],
    [255, 256],
    [256, 300],
    [300, 7_000],
    [7, 7],
  ])('growth from %d to %d entries is proven from tiles', async (from, to) => {
    const outcome = await outcomeOf(await logOf(hashes(from), signer), await logOf(hashes(to), signer))
    expect(outcome).toBe(from === to ? 'same' : 'grew')
  })

  it('a log that was rolled back is noticed', async () => {
    expect(await outcomeOf(await logOf(hashes(9), signer), await logOf(hashes(8), signer))).toBe(
      'rolled-back',
    )
  })

  it('a fork is noticed: of one size, and of a larger one', async () => {
    const seen = await logOf(hashes(9), signer)
    const other = [...hashes(5), ...hashes(4, 'f')]
    expect(await outcomeOf(seen, await logOf(other, signer))).toBe('forked')
    const longer = await logOf([...other, ...hashes(300, 'e')], signer)
    expect(await outcomeOf(seen, longer)).toBe('unproven')
  })

  it('a truncated, a missing and a changed tile are noticed', async () => {
    const [older, newer] = [await logOf(hashes(300), signer), await logOf(hashes(700), signer)]
    const tampered =
      (change: (bytes: Uint8Array) => Uint8Array | undefined): LoadTiles =>
      async (tiles) =>
        (await newer.loadTiles(tiles)).map((bytes) => bytes && change(bytes))
    expect(await outcomeOf(older, newer)).toBe('grew')
    expect(
      await outcomeOf(
        older,
        newer,
        tampered((bytes) => bytes.subarray(0, -32)),
      ),
    ).toBe('unproven')
    expect(
      await outcomeOf(
        older,
        newer,
        tampered(() => undefined),
      ),
    ).toBe('unproven')
    expect(
      await outcomeOf(
        older,
        newer,
        tampered((bytes) => bytes.map((byte) => byte ^ 1)),
      ),
    ).toBe('unproven')
  })
})
