import type { LoadTiles, TileContents } from '../../shared/ledger/merkle/tiles.ts'
import { append, EMPTY, rootOf, type Hash } from '../../shared/ledger/merkle/tree.ts'

/** What the sequencer keeps and where; the protocol over it is in sequencing.ts. */

/** An event as the log sees it. */
export interface Entry {
  /** Hex of its leaf hash, worked out from its bytes. */
  readonly hash: string
  readonly event: string
  /** Hashes of the events that it names as its predecessors. */
  readonly previous: readonly string[]
}

export interface TreeHead {
  readonly size: bigint
  readonly root: Hash
}

/**
 * Where the log stands. It is replaced by compare-and-swap on `revision` only, and together with the leaf items of what it
 * appends: whatever it says has happened, and nothing else.
 */
export interface Head extends TreeHead {
  /** Counts the replacements; 0 before the first. */
  readonly revision: number
  /** A tree whose tiles are all stored. */
  readonly base: TreeHead
  /** What was appended since, at most {@link MOST_LEAVES}: all it takes to write the tiles that may still be missing. */
  readonly leaves: readonly Hash[]
}

/** A DynamoDB transaction has at most 100 items, of which one is the head. */
export const MOST_LEAVES = 99

export interface LogStore {
  /** The head as it is now, not as it was a moment ago. */
  readonly readHead: () => Promise<Head>
  /** Those of the hashes that are in the log. */
  readonly findLogged: (hashes: readonly string[]) => Promise<ReadonlySet<string>>
  /**
   * Replaces the head of the revision before, and puts a leaf item for each entry, all or nothing. `stale` where the head
   * has another revision by now or one of the entries is in the log already; an error may mean either.
   */
  readonly commit: (head: Head, entries: readonly Entry[]) => Promise<'committed' | 'stale'>
  readonly loadTiles: LoadTiles
  /** Stores tiles; those that are there are the same. */
  readonly putTiles: (tiles: readonly TileContents[]) => Promise<void>
  /** Signs a tree as a checkpoint, as a note. */
  readonly sign: (head: TreeHead) => Promise<string>
  /** Keeps a checkpoint among all that were signed. */
  readonly putCheckpoint: (size: bigint, note: string) => Promise<void>
  /** Makes a checkpoint the newest, unless there is one as large. */
  readonly offerNewest: (size: bigint, note: string) => Promise<void>
  /** Waits before the nth try at something that others were quicker with. */
  readonly pause: (attempt: number) => Promise<void>
}

/** The head of a log that nothing was appended to. */
export async function emptyHead(): Promise<Head> {
  const tree = { size: 0n, root: await rootOf(await append(EMPTY, [])) }
  return { ...tree, revision: 0, base: tree, leaves: [] }
}
