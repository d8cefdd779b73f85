import { compareCheckpoints, type Checkpoint, type Comparison } from '../ledger/checkpoint.ts'
import { proveConsistency } from '../ledger/merkle/consistency.ts'
import { tileReader, type LoadTiles } from '../ledger/merkle/tiles.ts'

/**
 * Whether a log only grew from one checkpoint to another, by a proof that is made from the log's own tiles. They need not be
 * trusted: a proof that was made of wrong ones does not lead to the signed roots.
 *
 * Precondition: both checkpoints were verified to be the log's (`openCheckpoint`).
 * Guarantee: where it holds, all entries of the older are the first of the newer, in order. `forked` is certain, whoever
 * serves the tiles: both checkpoints together prove it to anybody. `unproven` may also mean that tiles are missing.
 */
export async function compareByTiles(
  older: Checkpoint,
  newer: Checkpoint,
  load: LoadTiles,
): Promise<Comparison> {
  if (older.size === 0n || newer.size <= older.size) return compareCheckpoints(older, newer, [])
  const proof = await proveConsistency(older.size, newer.size, tileReader(newer.size, load))
  return proof.ok
    ? compareCheckpoints(older, newer, proof.value)
    : { ok: false, outcome: 'unproven', why: proof.why }
}
