import { sameBytes } from '../../shared/ledger/bytes.ts'
import { openCheckpoint, type Checkpoint, type Trust } from '../../shared/ledger/checkpoint.ts'
import { fromHex, toHex } from '../../shared/ledger/hash.ts'
import { partialTiles } from '../../shared/ledger/merkle/tile.ts'
import { verifyTiles } from '../../shared/ledger/merkle/tile-audit.ts'
import {
  EMPTY_EDGE,
  frontierOf,
  growTiles,
  type LoadTiles,
  type TileContents,
} from '../../shared/ledger/merkle/tiles.ts'
import { append, EMPTY, rootOf, type Frontier } from '../../shared/ledger/merkle/tree.ts'
import { compareHistories, type Finding, type Stored, type Placed } from './comparing.ts'
import type { Entry, Head } from './store.ts'

/**
 * The monitor: builds the log anew from the events that are stored, and compares all that the log says of itself with
 * that: every leaf, every tile, the root, the signed checkpoint, and what the monitor itself has seen the last time.
 *
 * It finds whatever was changed, removed, added, or moved, by whoever can write to the table and to storage, short of
 * signing anew what the monitor has never seen. It reads everything, in the memory of one process: some 400 bytes an event.
 */
export interface Evidence {
  readonly trust: Trust
  readonly readHead: () => Promise<Head>
  readonly readNewest: () => Promise<string | undefined>
  /** Every event and every leaf that was stored before it is called; of later ones some. */
  readonly readAll: () => Promise<{ readonly events: readonly Stored[]; readonly leaves: readonly Placed[] }>
  readonly loadTiles: LoadTiles
  readonly putTiles: (tiles: readonly TileContents[]) => Promise<void>
  /** A checkpoint that the monitor found to be true the last time. */
  readonly readSeen: () => Promise<string | undefined>
  readonly keepSeen: (note: string) => Promise<void>
  readonly now: () => Date
}

export interface Report {
  /** How many leaves were looked at. */
  readonly size: bigint
  readonly events: number
  /** Nothing where all is as it should be. */
  readonly findings: readonly Finding[]
  /** Events that are not in the log and should be by now, as the sequencer takes them. */
  readonly unlogged: readonly Entry[]
}

export async function monitorLog(evidence: Evidence): Promise<Report> {
  const note = await evidence.readNewest()
  const head = await evidence.readHead()
  const { events, leaves } = await evidence.readAll()
  const compared = compareHistories(events, leaves, { size: head.size, now: evidence.now() })
  const seen = await evidence.readSeen()
  const findings = [
    ...compared.findings,
    ...(await treeFindings(evidence, head, compared.hashes)),
    ...(await checkpointFindings(evidence, { note, seen }, head, compared.hashes)),
    ...(await rolledBack(evidence, leaves)),
  ]
  if (findings.length === 0 && note !== undefined) {
    await evidence.keepSeen(note)
    await putEdge(evidence, head)
  }
  return { size: head.size, events: events.length, findings, unlogged: compared.unlogged }
}

/**
 * Writes all tiles of the head anew, and of the base that it rests on, from the leaf items. Throws where these do not lead to the head's root:
 * then nobody knows what the tiles were.
 */
export async function rebuildTiles({ readHead, readAll, putTiles }: Evidence): Promise<void> {
  const head = await readHead()
  const { base } = head
  const { leaves } = await readAll()
  const placed = leaves.filter(({ index }) => index < base.size)
  const hashes = placed.toSorted((a, b) => (a.index < b.index ? -1 : 1)).map(({ hash }) => fromHex(hash))
  const { edge, tiles } = await growTiles(EMPTY_EDGE, hashes)
  if (edge.size !== base.size || !sameBytes(await rootOf(await frontierOf(edge)), base.root))
    throw new Error("the leaves do not lead to the head's root; the tiles cannot be made of them")
  const all = [...tiles, ...(await growTiles(edge, head.leaves)).tiles]
  for (let at = 0; at < all.length; at += AT_ONCE) await putTiles(all.slice(at, at + AT_ONCE))
}

const AT_ONCE = 25

/** Roots of the first so many of these leaves; undefined beyond a leaf that is not there. */
async function rootsAt(
  sizes: readonly bigint[],
  hashes: readonly (string | undefined)[],
): Promise<ReadonlyMap<bigint, string>> {
  const roots = new Map<bigint, string>()
  let frontier: Frontier = EMPTY
  for (const size of [...new Set(sizes)].sort((a, b) => (a < b ? -1 : 1))) {
    const more = hashes.slice(Number(frontier.size), Number(size))
    const known = more.flatMap((hash) => (hash === undefined ? [] : [fromHex(hash)]))
    if (BigInt(known.length) !== size - frontier.size) break
    frontier = await append(frontier, known)
    roots.set(size, toHex(await rootOf(frontier)))
  }
  return roots
}

async function treeFindings(
  { loadTiles }: Evidence,
  { size, root, base }: Head,
  hashes: readonly (string | undefined)[],
): Promise<Finding[]> {
  const built = await rootsAt([size], hashes)
  const wrongRoot = built.has(size) && built.get(size) !== toHex(root)
  const tiles = await verifyTiles(base.size, base.root, loadTiles)
  return [
    ...(wrongRoot
      ? [{ code: 'root', what: `the head's root of ${size} leaves is not that of the leaves` } as const]
      : []),
    ...(tiles.ok ? [] : [{ code: 'tile', what: tiles.why } as const]),
  ]
}

async function checkpointFindings(
  { trust }: Evidence,
  { note, seen }: { readonly note: string | undefined; readonly seen: string | undefined },
  { size }: Head,
  hashes: readonly (string | undefined)[],
): Promise<Finding[]> {
  const [newest, before] = await Promise.all([note, seen].map((text) => opened(text, trust)))
  const sizes = [newest, before].flatMap((found) => (found && 'size' in found ? [found.size] : []))
  const roots = await rootsAt(
    sizes.filter((one) => one <= size),
    hashes,
  )
  const fault = (found: Checkpoint): Finding | undefined => {
    if (found.size > size)
      return {
        code: 'rolled-back',
        what: `the log has ${size} entries, and has signed that it has ${found.size}`,
      }
    const root = roots.get(found.size)
    const isOther = root !== undefined && !sameBytes(fromHex(root), found.root)
    return isOther
      ? { code: 'checkpoint', what: `what was signed of ${found.size} entries is not what they are` }
      : undefined
  }
  if (newest === undefined && size > 0n)
    return [{ code: 'checkpoint', what: 'the log has entries and no checkpoint' }]
  const all = [newest, before].flatMap((found) => {
    if (found === undefined) return []
    return 'size' in found ? (fault(found) ?? []) : found
  })
  const isOlder = newest && before && 'size' in newest && 'size' in before && newest.size < before.size
  return isOlder
    ? [
        ...all,
        {
          code: 'rolled-back',
          what: `the newest checkpoint is of ${newest.size} entries; it was of ${before.size}`,
        },
      ]
    : all
}

async function opened(note: string | undefined, trust: Trust): Promise<Checkpoint | Finding | undefined> {
  if (note === undefined) return undefined
  const found = await openCheckpoint(note, trust)
  return found.ok ? found.value : { code: 'checkpoint', what: found.why }
}

/** A leaf beyond the head, as it is after all were read: the head was put back. */
async function rolledBack({ readHead }: Evidence, leaves: readonly Placed[]): Promise<Finding[]> {
  const { size } = await readHead()
  return leaves
    .filter(({ index }) => index >= size)
    .map(({ index, event }) => ({
      code: 'rolled-back',
      what: `${event} is leaf ${index} of a log of ${size}`,
    }))
}

/** Partial tiles end by themselves when no whole one has taken their place for long; those of the edge are still needed. */
async function putEdge({ loadTiles, putTiles }: Evidence, { base }: Head): Promise<void> {
  const edge = partialTiles(base.size)
  const contents = await loadTiles(edge)
  await putTiles(
    edge.flatMap((tile, at) => {
      const bytes = contents[at]?.subarray(0, tile.width * 32)
      return bytes ? [{ tile, bytes }] : []
    }),
  )
}
