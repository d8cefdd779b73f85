import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBRecord } from 'aws-lambda'
import * as z from 'zod'
import { historyKey, leafKey, LOG_CHECKPOINT, LOG_HEAD } from '../../functions/adapters/keys.ts'
import { LOG_STORE } from '../../functions/adapters/log.ts'
import { recordedIn } from '../../functions/adapters/log-stream.ts'
import { readItem, readItems } from '../../functions/adapters/read.ts'
import { handlerOver } from '../../functions/sequencer.ts'
import { ensureLogKeys } from '../../infra/local/log-keys.ts'
import { printLogProof } from '../../shared/ledger/tlog-proof.ts'
import { memoryLog } from '../functions/log/memory.ts'
import { pickupBody } from './coast.ts'
import { call, postHeaders } from './http.ts'
import { itemBytes } from './items.ts'
import { addMetered, metered } from './meter.ts'
import { decimal, percent, section, type Row, type Section } from './report.ts'
import { recordOf } from './stream.ts'
import type { World } from './world.ts'

/** The sequencer: what it can do, what it adds to the cost of a pickup, and what the log takes to be kept. */
const PICKUPS = 2_000
/** What a call of the sequencer is given on AWS at most, and what a quiet second may bring. */
const MANY = 500
const FEW = 5
const LEAST_RATE = 2_000

interface Values {
  readonly eventsPerSecond?: number
  readonly msPerEvent?: number
  readonly writeUnits?: number
  readonly readUnits?: number
  readonly bytes?: number
}

const optional = (value: number | undefined, digits: number): string =>
  value === undefined ? '' : decimal(value, digits)

export async function benchLog(world: World): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-bench-log-'))
  try {
    const files = join(folder, 'log')
    Object.assign(process.env, await ensureLogKeys(folder), { LOG_FOLDER: files })
    const rows = await measure(world, files)
    return section({
      title: 'log: appending the events of pickups, and keeping them',
      notes: [
        `${decimal(PICKUPS)} pickups. In memory: unpacking, hashing, ordering, tiles and Ed25519 signatures, with nothing that is stored.`,
        'Its share is of the time of one process in turn: pickups through the gateway, then the sequencer, on the same engine and disk.',
        'A million events: the leaf items in the table as DynamoDB counts them, and whole tiles; partial tiles and checkpoints besides.',
      ],
      columns: [
        { heading: 'events/s', cell: ({ eventsPerSecond }: Values) => optional(eventsPerSecond, 0) },
        { heading: 'ms/event', cell: ({ msPerEvent }: Values) => optional(msPerEvent, 2) },
        { heading: 'write units/event', cell: ({ writeUnits }: Values) => optional(writeUnits, 2) },
        { heading: 'read units/event', cell: ({ readUnits }: Values) => optional(readUnits, 2) },
        { heading: 'bytes', cell: ({ bytes }: Values) => optional(bytes, 0) },
      ],
      rows,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(world: World, files: string): Promise<Row<Values>[]> {
  const pickups = await recordPickups(world)
  const records = pickups.records
  const [half, rest] = [records.slice(0, PICKUPS / 2), records.slice(PICKUPS / 2)]
  const many = await inMemory(records, MANY)
  const few = await inMemory(records, FEW)
  const stored = await append(handlerOver(LOG_STORE), half, MANY)
  const storedFew = await append(handlerOver(LOG_STORE), rest.slice(0, 200), FEW)
  const rows: Row<Values>[] = [
    row(
      `in memory, ${MANY} a call`,
      many,
      `≥ ${decimal(LEAST_RATE)} events/s`,
      many.eventsPerSecond >= LEAST_RATE,
    ),
    row(`in memory, ${FEW} a call`, few),
    row(`on the engine and the disk, ${MANY} a call`, stored),
    row(`on the engine and the disk, ${FEW} a call`, storedFew),
    row(`a pickup itself; the log adds ${percent(stored.msPerEvent / pickups.msPerEvent)}`, {
      msPerEvent: pickups.msPerEvent,
    }),
  ]
  return [...rows, ...(await kept(files, records))]
}

const row = (label: string, values: Values, text?: string, met?: boolean): Row<Values> => ({
  label,
  values,
  ...(text !== undefined && met !== undefined && { target: { text, met } }),
})

const made = z.object({ id: z.string() })

async function recordPickups(world: World): Promise<{ records: DynamoDBRecord[]; msPerEvent: number }> {
  const ids: string[] = []
  const begun = performance.now()
  for (let n = 0; n < PICKUPS; n++) {
    const body = JSON.stringify(pickupBody(n))
    const text = await call(`${world.url}/v1/pickups`, 201, {
      method: 'POST',
      headers: postHeaders(world),
      body,
    })
    ids.push(made.parse(JSON.parse(text)).id)
  }
  const msPerEvent = (performance.now() - begun) / PICKUPS
  const items = await readItems(ids.map((id) => historyKey(id, 1)))
  return { records: items.map((item) => ({ ...recordOf(item), eventName: 'INSERT' })), msPerEvent }
}

type Appended = Required<Pick<Values, 'eventsPerSecond' | 'msPerEvent'>> & Values

async function append(
  handler: ReturnType<typeof handlerOver>,
  records: readonly DynamoDBRecord[],
  perCall: number,
): Promise<Appended> {
  const costs = []
  const begun = performance.now()
  for (let start = 0; start < records.length; start += perCall) {
    const Records = records.slice(start, start + perCall)
    const { result, metered: cost } = await metered(() => handler({ Records }))
    if (result.batchItemFailures.length > 0) throw new Error('an event could not be appended')
    costs.push(cost)
  }
  const ms = performance.now() - begun
  const { writeUnits, readUnits } = costs.reduce(addMetered)
  return {
    eventsPerSecond: (1000 * records.length) / ms,
    msPerEvent: ms / records.length,
    writeUnits: writeUnits / records.length,
    readUnits: readUnits / records.length,
  }
}

async function inMemory(records: readonly DynamoDBRecord[], perCall: number): Promise<Appended> {
  const { store } = await memoryLog()
  const { sign } = LOG_STORE
  const appended = await append(handlerOver({ ...store, sign }), records, perCall)
  return { eventsPerSecond: appended.eventsPerSecond, msPerEvent: appended.msPerEvent }
}

const MILLION = 1_000_000

/** What is kept of an event and of a call, and how long proofs are. */
async function kept(files: string, [first]: readonly DynamoDBRecord[]): Promise<Row<Values>[]> {
  const [streamed, newest] = await Promise.all([first && recordedIn(first), readItem(LOG_CHECKPOINT)])
  const [leaf, head] = await Promise.all([
    streamed && readItem(leafKey(streamed.entry.hash)),
    readItem(LOG_HEAD),
  ])
  if (!leaf || !head || !newest) throw new Error('nothing was logged')
  const checkpoint = newest['note']?.S ?? ''
  const proofs = [10n, 10_000n].map((size) =>
    row(`proof of an event among ${decimal(Number(size))}`, { bytes: proofBytes(size, checkpoint) }),
  )
  const tiles = MILLION * 32 * (1 + 1 / 256 + 1 / 65_536)
  const written = await bytesIn(files)
  return [
    ...proofs,
    row('a leaf item', { bytes: itemBytes(leaf) }),
    row('the head item', { bytes: itemBytes(head) }),
    row('a million events: leaf items', { bytes: MILLION * (itemBytes(leaf) + 100) }),
    row('a million events: whole tiles', { bytes: tiles }),
    row('what this bench wrote to the disk', { bytes: written }),
  ]
}

/** A proof has one hash for each level of the tree, whatever the hashes are. */
function proofBytes(size: bigint, checkpoint: string): number {
  const levels = (size - 1n).toString(2).length
  const path = Array.from({ length: levels }, () => new Uint8Array(32))
  return Buffer.byteLength(printLogProof({ index: size - 1n, path, checkpoint }))
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true })
  const stats = await Promise.all(names.map((name) => stat(join(folder, name))))
  return stats.reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0)
}
