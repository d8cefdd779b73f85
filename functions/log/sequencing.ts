import { sameBytes } from '../../shared/ledger/bytes.ts'
import { fromHex } from '../../shared/ledger/hash.ts'
import { frontierOf, growTiles, readEdge, type Edge } from '../../shared/ledger/merkle/tiles.ts'
import { rootOf } from '../../shared/ledger/merkle/tree.ts'
import { outsideOf, readyOf } from './causal.ts'
import { MOST_LEAVES, type Entry, type Head, type LogStore } from './store.ts'

/**
 * How events get into the log, each once and only once, however often they are delivered and however many sequencers
 * there are, and whatever fails at any point.
 *
 * 1. Read the head, which alone says what the log is.
 * 2. Write the tiles up to it. What they contain follows from the head, so that writing them twice does no harm, nor does
 *    it that somebody else does so at the same time, or has gone on since.
 * 3. Commit the next batch: in one transaction the head is replaced, if it is still the one that was read, and each event
 *    gets its leaf item, if it has none. The new head's `base` is the tree whose tiles step 2 has written. Then as 2.
 * 4. Sign what the head says, and publish it.
 *
 * After a crash between any two writes the next call begins with 1 and finishes what was begun. All that is ever signed is
 * a tree that the head has stood for; heads follow on each other one by one, so no two histories can be signed.
 *
 * An event waits, and is delivered again, until all that it names as its predecessors is in the log. Nothing waits for
 * ever: of all events that are not in the log, take the one recorded first. All its predecessors were recorded before it,
 * so they are in the log; and whatever comes before it in its shard of the stream was recorded before it too, so it is the
 * first there that is not done with, and is in the next delivery of that shard.
 */
export type Sequence = (entries: readonly Entry[]) => Promise<readonly Entry[]>

/** After so many lost races something else is wrong. The records come again. */
const MAX_TRIES = 20

/** Hashes that a warm instance remembers to be in the log, to not ask for them. */
const MOST_REMEMBERED = 10_000

/** A head whose tiles are all stored, and the right edge of its tree. */
interface Flushed {
  readonly head: Head
  readonly edge: Edge
  /** Whether its checkpoint was published by this instance. */
  readonly isPublished: boolean
}

/** A sequencer: appends entries, in their order as far as causality allows, and resolves to those that must wait. */
export function sequencerOf(store: LogStore): Sequence {
  let kept: Flushed | undefined
  let logged = new Set<string>()
  return async (entries) => {
    // Whatever goes wrong from here on, the next call takes nothing for granted.
    const warm = kept
    kept = undefined
    if (logged.size > MOST_REMEMBERED) logged = new Set()
    const start = warm ?? (await flush(store, await store.readHead()))
    if (!warm) await remember(store, logged, hashesOf(entries))
    const { at, waiting } = await appendAll(store, start, entries, logged)
    kept = await publish(store, at)
    return waiting
  }
}

async function appendAll(
  store: LogStore,
  start: Flushed,
  entries: readonly Entry[],
  logged: Set<string>,
): Promise<{ readonly at: Flushed; readonly waiting: readonly Entry[] }> {
  const unlogged = new Map(entries.map((entry) => [entry.hash, entry]))
  let at = start
  for (let races = 0; ;) {
    for (const hash of unlogged.keys()) if (logged.has(hash)) unlogged.delete(hash)
    const left = [...unlogged.values()]
    await remember(store, logged, outsideOf(left))
    const batch = readyOf(left, logged, MOST_LEAVES)
    if (batch.length === 0) return { at, waiting: left }
    const next = await commitNext(store, at, batch)
    if (next) {
      at = next
      for (const { hash } of batch) logged.add(hash)
      continue
    }
    // Somebody else has appended: maybe something else, maybe the same.
    if (++races === MAX_TRIES) throw new Error(`the head of the log was lost to others ${MAX_TRIES} times`)
    await store.pause(races)
    at = await flush(store, await store.readHead())
    await remember(store, logged, hashesOf(left))
  }
}

/** Asks for what is not known to be in the log whether it is. */
async function remember(store: LogStore, logged: Set<string>, hashes: readonly string[]): Promise<void> {
  const unknown = hashes.filter((hash) => !logged.has(hash))
  if (unknown.length === 0) return
  for (const hash of await store.findLogged(unknown)) logged.add(hash)
}

/** Appends one batch to a flushed head, and flushes the new one; undefined where the head or an entry was not as thought. */
async function commitNext(
  store: LogStore,
  { head, edge }: Flushed,
  batch: readonly Entry[],
): Promise<Flushed | undefined> {
  const leaves = batch.map(({ hash }) => fromHex(hash))
  const grown = await growTiles(edge, leaves)
  const next: Head = {
    revision: head.revision + 1,
    base: { size: head.size, root: head.root },
    leaves,
    size: grown.edge.size,
    root: await rootOf(await frontierOf(grown.edge)),
  }
  if ((await store.commit(next, batch)) === 'stale') return undefined
  await store.putTiles(grown.tiles)
  return { head: next, edge: grown.edge, isPublished: false }
}

/** Writes the tiles up to a head that was read. Throws where the stored tiles are not those that the head rests on. */
async function flush(store: LogStore, head: Head): Promise<Flushed> {
  const { base, leaves } = head
  const edge = await readEdge(base.size, base.root, store.loadTiles)
  if (!edge.ok) throw new Error(`the log cannot go on: ${edge.why}`)
  const grown = await growTiles(edge.value, leaves)
  if (!sameBytes(await rootOf(await frontierOf(grown.edge)), head.root))
    throw new Error('the log cannot go on: the leaves of its head do not lead to its root')
  await store.putTiles(grown.tiles)
  return { head, edge: grown.edge, isPublished: false }
}

async function publish(store: LogStore, at: Flushed): Promise<Flushed> {
  const { head, isPublished } = at
  if (isPublished || head.size === 0n) return at
  const note = await store.sign({ size: head.size, root: head.root })
  await store.putCheckpoint(head.size, note)
  await store.offerNewest(head.size, note)
  return { ...at, isPublished: true }
}

const hashesOf = (entries: readonly Entry[]): string[] => entries.map(({ hash }) => hash)
