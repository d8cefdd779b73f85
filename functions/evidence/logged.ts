import { parseCheckpoint } from '../../shared/ledger/checkpoint.ts'
import type { Checked } from '../../shared/ledger/checked.ts'
import { proveInclusion } from '../../shared/ledger/merkle/inclusion.ts'
import { tileReader } from '../../shared/ledger/merkle/tiles.ts'
import { parseNote } from '../../shared/ledger/note.ts'
import { printLogProof } from '../../shared/ledger/tlog-proof.ts'
import { loadTiles } from '../adapters/log-objects.ts'
import { findLeafIndex, readLatestCheckpoint } from '../adapters/log-table.ts'

/** That an event is in the log, and in a log of which size. */
export interface Logged {
  /** A proof of c2sp.org/tlog-proof, with the newest checkpoint. */
  readonly proof: string
  readonly size: bigint
}

/** Proves that the log has an event, by its hash; undefined where it has not yet, or has not signed it yet. */
export async function proveLogged(hash: string): Promise<Logged | undefined> {
  const [index, checkpoint] = await Promise.all([findLeafIndex(hash), readLatestCheckpoint()])
  if (index === undefined || checkpoint === undefined) return undefined
  const { size } = valueOf(parseCheckpoint(valueOf(parseNote(checkpoint)).text))
  if (index >= size) return undefined
  const path = valueOf(await proveInclusion(index, size, tileReader(size, loadTiles)))
  return { proof: printLogProof({ index, path, checkpoint }), size }
}

/** What we wrote ourselves; what is wrong with it is our mistake. */
function valueOf<T>(read: Checked<T>): T {
  if (!read.ok) throw new Error(read.why)
  return read.value
}
