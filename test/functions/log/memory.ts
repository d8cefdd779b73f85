import { printCheckpoint } from '../../../shared/ledger/checkpoint.ts'
import { tilePath } from '../../../shared/ledger/merkle/tile.ts'
import { emptyHead, type Entry, type Head, type LogStore } from '../../../functions/log/store.ts'

/** A log in memory that keeps to what LogStore promises, quick enough for thousands of steps. */
export interface Kept {
  readonly store: LogStore
  readonly inspect: () => Promise<Inspected>
}

/** All that was written, as the checks of steps.ts look at it. */
export interface Inspected {
  readonly head: Head
  /** Hashes by their index. */
  readonly leaves: ReadonlyMap<bigint, string>
  readonly newest: string | undefined
  /** Every text that was ever signed. */
  readonly signed: readonly string[]
}

export const ORIGIN = 'log.test/tidemark'

export async function memoryLog(): Promise<Kept> {
  let head = await emptyHead()
  const leaves = new Map<string, bigint>()
  const tiles = new Map<string, Uint8Array>()
  let newest: { size: bigint; note: string } | undefined
  const signed: string[] = []
  const commit = (next: Head, entries: readonly Entry[]): 'committed' | 'stale' => {
    if (head.revision !== next.revision - 1 || entries.some(({ hash }) => leaves.has(hash))) return 'stale'
    head = next
    for (const [at, { hash }] of entries.entries()) leaves.set(hash, next.base.size + BigInt(at))
    return 'committed'
  }
  const store: LogStore = {
    readHead: async () => head,
    findLogged: async (hashes) => new Set(hashes.filter((hash) => leaves.has(hash))),
    commit: async (next, entries) => commit(next, entries),
    loadTiles: async (wanted) => wanted.map((tile) => tiles.get(tilePath(tile))),
    putTiles: async (put) => {
      for (const { tile, bytes } of put) {
        const there = tiles.get(tilePath(tile))
        if (there && !Buffer.from(there).equals(bytes)) throw new Error(`${tilePath(tile)} was to be changed`)
        tiles.set(tilePath(tile), bytes)
      }
    },
    sign: async ({ size, root }) => {
      const text = printCheckpoint({ origin: ORIGIN, size, root, extensions: [] })
      signed.push(text)
      return text
    },
    putCheckpoint: async () => {},
    offerNewest: async (size, note) => {
      if (!newest || newest.size < size) newest = { size, note }
    },
    pause: async () => {},
  }
  const inspect = async (): Promise<Inspected> => ({
    head,
    leaves: new Map([...leaves].map(([hash, index]) => [index, hash])),
    newest: newest?.note,
    signed,
  })
  return { store, inspect }
}
