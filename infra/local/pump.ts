import { readFile, writeFile } from 'node:fs/promises'
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record,
} from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { writeWhole } from '../whole-file.ts'

/**
 * The stream pump: what Lambda's event source mapping does on AWS. It polls DynamoDB Streams, hands records to the
 * stream handler in order, and remembers how far it came in a file, so that a restart goes on where it was. A record is
 * delivered at least once; one that keeps failing is set aside in a file beside it and does not stop the others.
 */
export interface Pump {
  /** Resolves once everything written before the call has been handled. */
  readonly caughtUp: () => Promise<void>
  /** Says that something may have been written: the pump looks at once, not only when its pause is over. */
  readonly wake: () => void
  readonly stop: () => Promise<void>
}

export type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>

/** For what is written by others than the gateway, which wakes the pump. */
const IDLE_MS = 250
const MAX_TRIES = 5

type Positions = Record<string, string>

export async function startPump(options: {
  readonly endpoint: string
  readonly streamArn: string
  readonly positionsFile: string
  readonly handler: StreamHandler
  /** Which records are worth a call, as an event source mapping's filter says it; all, where nothing is said. */
  readonly wants?: (record: _Record) => boolean
  /**
   * For so long, after records were handed over, others are waited for: a handler to which many at once cost little more
   * than one gets them together. Without it, the pump pauses only where there is nothing.
   */
  readonly gatherMs?: number
}): Promise<Pump> {
  const { endpoint, streamArn, positionsFile, handler, wants = () => true, gatherMs } = options
  const client = new DynamoDBStreamsClient({ endpoint })
  const positions = await readPositions(positionsFile)
  const stopping = new AbortController()
  let begun = 0
  let waiting: { readonly since: number; readonly resolve: () => void }[] = []
  let isWoken = false
  let endPause = (): void => {}
  const wake = (): void => {
    isWoken = true
    endPause()
  }

  const describe = () => client.send(new DescribeStreamCommand({ StreamArn: streamArn }))
  const round = async (): Promise<boolean> => {
    const { StreamDescription } = await describe()
    let moved = false
    for (const { ShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId === undefined) continue
      const records = await recordsAfter(client, streamArn, ShardId, positions[ShardId])
      const last = records.at(-1)?.dynamodb?.SequenceNumber
      if (last === undefined) continue
      await deliver(records.filter(wants), handler, positionsFile, describe)
      positions[ShardId] = last
      await writeWhole(positionsFile, JSON.stringify(positions))
      moved = true
    }
    return moved
  }

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      begun++
      isWoken = false
      const moved = await round().catch(() => false)
      if (moved && (gatherMs === undefined || waiting.length > 0)) continue
      if (!moved) {
        // A round that began before somebody asked may have looked before what they had written was there.
        for (const { since, resolve } of waiting) if (since < begun) resolve()
        waiting = waiting.filter(({ since }) => since >= begun)
      }
      if (!isWoken) await pause()
    }
  }
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, gatherMs ?? IDLE_MS)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const running = loop()
  return {
    caughtUp: () =>
      new Promise((resolve) => {
        waiting.push({ since: begun, resolve })
        wake()
      }),
    wake,
    stop: async () => {
      stopping.abort()
      wake()
      await running
      client.destroy()
    },
  }
}

/** Has a pump begin after all that is in the stream by now: what was put there from a copy asks for nothing. */
export async function skipStream(
  endpoint: string,
  streamArn: string,
  files: readonly string[],
): Promise<void> {
  const client = new DynamoDBStreamsClient({ endpoint })
  const positions: Positions = {}
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }))
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    if (ShardId === undefined) continue
    for (;;) {
      const records = await recordsAfter(client, streamArn, ShardId, positions[ShardId])
      const last = records.at(-1)?.dynamodb?.SequenceNumber
      if (last === undefined) break
      positions[ShardId] = last
    }
  }
  client.destroy()
  for (const file of files) await writeWhole(file, JSON.stringify(positions))
}

async function recordsAfter(
  client: DynamoDBStreamsClient,
  streamArn: string,
  shardId: string,
  position: string | undefined,
): Promise<_Record[]> {
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: shardId,
      ...(position === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position }),
    }),
  )
  const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 1_000 }))
  return Records
}

/**
 * Hands over records until all are done or set aside. A record is set aside
 * only while the engine itself answers (`alive` throws where it does not): then the fault is the record's.
 */
async function deliver(
  records: _Record[],
  handler: StreamHandler,
  positionsFile: string,
  alive: () => Promise<unknown>,
): Promise<void> {
  let left = records.map(lambdaRecord)
  for (let tries = 0; left.length > 0;) {
    const { batchItemFailures } = await handler({ Records: left })
    const failedAt = batchItemFailures[0]?.itemIdentifier
    if (failedAt === undefined) break
    const index = left.findIndex((record) => record.dynamodb?.SequenceNumber === failedAt)
    tries = index > 0 ? 1 : tries + 1
    left = left.slice(Math.max(0, index))
    if (tries < MAX_TRIES) continue
    await alive()
    await writeFile(`${positionsFile}.dead-letters.jsonl`, `${JSON.stringify(left[0])}\n`, { flag: 'a' })
    left = left.slice(1)
    tries = 0
  }
}

/** The SDK's record as Lambda passes it: the same but for times in seconds and bytes in base64. */
function lambdaRecord(record: _Record): DynamoDBRecord {
  const { ApproximateCreationDateTime, ...rest } = record.dynamodb ?? {}
  const dynamodb = {
    ...rest,
    ApproximateCreationDateTime: (ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
  }
  const plain: DynamoDBRecord = JSON.parse(
    JSON.stringify({ ...record, dynamodb }, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  )
  return plain
}

async function readPositions(file: string): Promise<Positions> {
  try {
    const positions: Positions = JSON.parse(await readFile(file, 'utf8'))
    return positions
  } catch {
    return {}
  }
}
