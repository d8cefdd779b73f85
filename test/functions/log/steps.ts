import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { sequencerOf, type Sequence } from '../../../functions/log/sequencing.ts'
import type { Entry, LogStore } from '../../../functions/log/store.ts'
import { parseCheckpoint } from '../../../shared/ledger/checkpoint.ts'
import { toHex } from '../../../shared/ledger/hash.ts'
import { verifyTiles } from '../../../shared/ledger/merkle/tile-audit.ts'
import { append, EMPTY, rootOf } from '../../../shared/ledger/merkle/tree.ts'
import { Dead, HOWS, withFaults, type Fault } from './faults.ts'
import type { Inspected, Kept } from './memory.ts'

/** Random steps of a log: events are recorded, delivered in shards, twice, late, and to two sequencers, while things fail. */
const SHARDS = 3

export interface Step {
  /** Events that are recorded: how far back each looks for its predecessors. */
  readonly recorded: readonly (readonly number[])[]
  readonly deliveries: readonly Delivery[]
}

/** A call of a sequencer; the deliveries of a step are at the same time. */
interface Delivery {
  readonly shard: number
  readonly most: number
  /** So many of what was delivered before come again. */
  readonly again: number
  readonly isShuffled: boolean
  /** Whether the instance is new, or has been there before and thinks that it knows the log. */
  readonly isCold: boolean
  readonly faults: readonly Fault[]
  readonly turns: readonly number[]
}

const fault = fc.record({ at: fc.nat(14), how: fc.constantFrom(...HOWS) })

const delivery: fc.Arbitrary<Delivery> = fc.record({
  shard: fc.nat(SHARDS - 1),
  most: fc.oneof({ weight: 4, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: fc.constant(400) }),
  again: fc.nat(6),
  isShuffled: fc.boolean(),
  isCold: fc.nat(4).map((roll) => roll === 0),
  faults: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(fault, { maxLength: 2 }) },
  ),
  turns: fc.array(fc.nat(4), { minLength: 1, maxLength: 7 }),
})

export const step: fc.Arbitrary<Step> = fc.record({
  recorded: fc.oneof(
    { weight: 24, arbitrary: fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { maxLength: 12 }) },
    {
      weight: 1,
      arbitrary: fc.array(fc.array(fc.nat(300), { maxLength: 2 }), { minLength: 120, maxLength: 250 }),
    },
  ),
  deliveries: fc.array(delivery, { minLength: 1, maxLength: 2 }),
})

/** What was recorded, in the order in which it was, and how far each shard of the stream was handled. */
export interface Stream {
  readonly events: readonly Entry[]
  readonly take: (step: Step) => Promise<void>
  /** Delivers all that is left, with nothing failing; resolves to how many rounds over the shards that took. */
  readonly drain: () => Promise<number>
}

/** An event as the log sees it, after others. */
export function entryOf(event: string, after: readonly Entry[]): Entry {
  const previous = [...new Set(after.map(({ hash }) => hash))]
  return {
    event,
    previous,
    hash: createHash('sha256')
      .update([event, ...previous].join())
      .digest('hex'),
  }
}

/** So many events, each after the one before. */
export function chainOf(length: number): Entry[] {
  const entries: Entry[] = []
  while (entries.length < length) entries.push(entryOf(`E${entries.length}`, entries.slice(-1)))
  return entries
}

export function streamInto(store: LogStore): Stream {
  const events: Entry[] = []
  const shards: Entry[][] = Array.from({ length: SHARDS }, () => [])
  const positions = new Map<Entry[], number>()
  const warm = new Map<number, { readonly use: (store: LogStore) => void; readonly sequence: Sequence }>()

  const record = (back: readonly number[]): void => {
    const entry = entryOf(
      `E${events.length}`,
      back.flatMap((steps) => events.at(-1 - steps) ?? []),
    )
    events.push(entry)
    shards[Number.parseInt(entry.hash.slice(0, 4), 16) % SHARDS]?.push(entry)
  }

  /** An instance keeps what it knows, while its store fails differently at every call. */
  const instance = (at: number, isCold: boolean, faulty: LogStore): Sequence => {
    const known = isCold ? undefined : warm.get(at)
    if (known) {
      known.use(faulty)
      return known.sequence
    }
    let current = faulty
    const now = forwarding(() => current)
    const made = { use: (next: LogStore) => void (current = next), sequence: sequencerOf(now) }
    warm.set(at, made)
    return made.sequence
  }

  const deliver = async (given: Delivery, at: number): Promise<void> => {
    const shard = shards[given.shard] ?? []
    const from = positions.get(shard) ?? 0
    const records = shard.slice(Math.max(0, from - given.again), from + given.most)
    const order = given.isShuffled ? records.toReversed() : records
    const sequence = instance(at, given.isCold, withFaults(store, given.faults, given.turns))
    try {
      const waiting = new Set((await sequence(order)).map(({ hash }) => hash))
      const first = shard.findIndex(({ hash }, index) => index < from + given.most && waiting.has(hash))
      positions.set(
        shard,
        first === -1 ? Math.max(from, Math.min(shard.length, from + given.most)) : Math.min(from, first),
      )
      if (first > from) positions.set(shard, first)
    } catch (error) {
      if (error instanceof Dead) warm.delete(at)
      else if (!(error instanceof Error) || !error.message.startsWith('injected')) throw error
    }
  }

  return {
    events,
    take: async ({ recorded, deliveries }) => {
      for (const back of recorded) record(back)
      await Promise.all(deliveries.map(deliver))
    },
    drain: async () => {
      for (let rounds = 1; ; rounds++) {
        for (const shard of SHARD_NUMBERS) await deliver({ ...PLAIN, shard }, 0)
        if (shards.every((shard) => (positions.get(shard) ?? 0) === shard.length)) return rounds
        if (rounds > events.length) throw new Error('some events wait for ever')
      }
    },
  }
}

const SHARD_NUMBERS = Array.from({ length: SHARDS }, (_, shard) => shard)
const PLAIN = { most: 50, again: 0, isShuffled: false, isCold: false, faults: [], turns: [0] }

/** A store that is another one each time. */
export const forwarding = (current: () => LogStore): LogStore => ({
  readHead: () => current().readHead(),
  findLogged: (...given) => current().findLogged(...given),
  commit: (...given) => current().commit(...given),
  loadTiles: (...given) => current().loadTiles(...given),
  putTiles: (...given) => current().putTiles(...given),
  sign: (...given) => current().sign(...given),
  putCheckpoint: (...given) => current().putCheckpoint(...given),
  offerNewest: (...given) => current().offerNewest(...given),
  pause: (...given) => current().pause(...given),
})

/** Verifies the whole log at each call: against what was recorded, what it was before, and all that was ever signed. */
export function verifierOf({ store, inspect }: Kept) {
  const known: string[] = []
  const roots = new Map<bigint, string>()
  let frontier = EMPTY
  let largest = 0n

  const grow = async ({ head, leaves, signed }: Inspected, events: readonly Entry[]): Promise<void> => {
    const recorded = new Map(events.map((entry) => [entry.hash, entry]))
    const before = new Set(known)
    const asked = new Set([head.size, head.base.size, ...signed.map((text) => parsed(text).size)])
    for (let index = frontier.size; index < head.size; index++) {
      const entry = recorded.get(leaves.get(index) ?? '')
      if (!entry) throw new Error(`leaf ${index} is of no event`)
      if (before.has(entry.hash)) throw new Error(`${entry.event} is in the log twice`)
      for (const hash of entry.previous)
        if (!before.has(hash))
          throw new Error(`${entry.event} is in the log before an event that it rests on`)
      before.add(entry.hash)
      known.push(entry.hash)
      frontier = await append(frontier, [Uint8Array.from(Buffer.from(entry.hash, 'hex'))])
      if (asked.has(frontier.size)) roots.set(frontier.size, toHex(await rootOf(frontier)))
    }
  }

  return async (events: readonly Entry[]): Promise<Inspected> => {
    const all = await inspect()
    const { head, leaves, newest, signed } = all
    expect([leaves.size, head.base.size + BigInt(head.leaves.length)]).toEqual([Number(head.size), head.size])
    expect(head.leaves.length).toBeLessThanOrEqual(99)
    expect(known.every((hash, index) => leaves.get(BigInt(index)) === hash)).toBe(true)
    if (!roots.has(0n)) roots.set(0n, toHex(await rootOf(EMPTY)))
    await grow(all, events)
    expect(toHex(head.root)).toBe(roots.get(head.size))
    expect(await verifyTiles(head.base.size, head.base.root, store.loadTiles)).toEqual({ ok: true })
    for (const text of signed) {
      const { size, root } = parsed(text)
      if (toHex(root) !== roots.get(size))
        throw new Error(`${size} was signed with a root that the log never had`)
    }
    const { size } = newest === undefined ? { size: 0n } : parsed(newest)
    if (size < largest || size > head.size)
      throw new Error(`the newest checkpoint went from ${largest} to ${size}`)
    largest = size
    return all
  }
}

export function parsed(note: string) {
  const checkpoint = parseCheckpoint(note.split('\n\n')[0]?.replace(/\n?$/, '\n') ?? '')
  if (!checkpoint.ok) throw new Error(checkpoint.why)
  return checkpoint.value
}

/** Takes steps on a log, verifies the whole of it after each, and expects each event once in the end, in true tiles. */
export async function expectEachOnce(log: Kept, steps: readonly Step[]): Promise<void> {
  const stream = streamInto(log.store)
  const verify = verifierOf(log)
  for (const one of steps) {
    await stream.take(one)
    await verify(stream.events)
  }
  await stream.drain()
  const { head, newest } = await verify(stream.events)
  expect(Number(head.size)).toBe(stream.events.length)
  expect(await verifyTiles(head.size, head.root, log.store.loadTiles)).toEqual({ ok: true })
  expect(newest === undefined ? 0n : parsed(newest).size).toBe(head.size)
}
