import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startEngine, type Engine } from '../../../infra/local/engine.ts'
import { startPump, type Pump, type StreamHandler } from '../../../infra/local/pump.ts'
import { ensureTable } from '../../../infra/local/table.ts'

/** The pump against the real engine's real stream. */
let folder: string
let engine: Engine
let client: DynamoDBClient
let streamArn: string
let pumps: Pump[]

beforeEach(async () => {
  vi.stubEnv('AWS_REGION', 'local')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  folder = await mkdtemp(join(tmpdir(), 'tidemark-pump-'))
  engine = await startEngine(undefined)
  client = new DynamoDBClient({ endpoint: engine.endpoint })
  streamArn = await ensureTable(client, 'table')
  pumps = []
})

afterEach(async () => {
  for (const pump of pumps) await pump.stop()
  client.destroy()
  await engine.stop()
  await rm(folder, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

const write = (pk: string) =>
  client.send(new PutItemCommand({ TableName: 'table', Item: { pk: { S: pk }, sk: { S: 'STATE' } } }))

async function pumpTo(handler: StreamHandler, options: { gatherMs?: number } = {}): Promise<Pump> {
  const positionsFile = join(folder, 'pump.json')
  const pump = await startPump({
    endpoint: engine.endpoint,
    streamArn,
    positionsFile,
    handler,
    ...options,
  })
  pumps.push(pump)
  return pump
}

const keysIn = (event: DynamoDBStreamEvent): string[] =>
  event.Records.map((record) => record.dynamodb?.Keys?.['pk']?.S ?? '')

/** A handler that notes what it is given, and fails on some keys as often as told. */
function noting(failures: Readonly<Record<string, number>> = {}) {
  const seen: string[] = []
  const left = { ...failures }
  const handler = async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const [index, key] of keysIn(event).entries()) {
      if ((left[key] ?? 0) > 0) {
        left[key] = (left[key] ?? 0) - 1
        return {
          batchItemFailures: [{ itemIdentifier: event.Records[index]?.dynamodb?.SequenceNumber ?? '' }],
        }
      }
      seen.push(key)
    }
    return { batchItemFailures: [] }
  }
  return { seen, handler }
}

describe('the stream pump', () => {
  it('hands over every record, in order, as Lambda would show it', async () => {
    const { seen, handler } = noting()
    const pump = await pumpTo(handler)
    for (const pk of ['a', 'b', 'c']) await write(pk)
    await pump.caughtUp()
    expect(seen).toEqual(['a', 'b', 'c'])
  })

  it('goes on after a restart where it was, without giving anything twice', async () => {
    const first = noting()
    const pump = await pumpTo(first.handler)
    await write('a')
    await pump.caughtUp()
    await pump.stop()
    pumps = []
    await write('b')
    const second = noting()
    await (await pumpTo(second.handler)).caughtUp()
    expect([first.seen, second.seen]).toEqual([['a'], ['b']])
  })

  it('pauses when there is nothing, and goes on at once when it is woken or asked whether it caught up', async () => {
    // Pauses have no end of their own.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const given = Promise.withResolvers<DynamoDBStreamEvent>()
    const pump = await pumpTo(async (event) => {
      given.resolve(event)
      return { batchItemFailures: [] }
    })
    await pump.caughtUp()
    await write('a')
    pump.wake()
    expect(keysIn(await given.promise)).toEqual(['a'])
    await pump.caughtUp()
  })

  it('that gathers goes on only when its time is over, and at once when it is asked whether it caught up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const calls: string[][] = []
    let given = Promise.withResolvers<void>()
    const handler: StreamHandler = async (event) => {
      calls.push(keysIn(event))
      given.resolve()
      return { batchItemFailures: [] }
    }
    const pump = await pumpTo(handler, { gatherMs: 60_000 })
    await write('a')
    await pump.caughtUp()
    for (const pk of ['b', 'c']) await write(pk)
    given = Promise.withResolvers()
    expect(calls).toEqual([['a']])
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(60_000)
    await given.promise
    expect(calls).toEqual([['a'], ['b', 'c']])
    await write('d')
    await pump.caughtUp()
    expect(calls).toEqual([['a'], ['b', 'c'], ['d']])
  })

  it('tries a record that failed again, from that record on', async () => {
    const { seen, handler } = noting({ b: 2 })
    const pump = await pumpTo(handler)
    for (const pk of ['a', 'b', 'c']) await write(pk)
    await pump.caughtUp()
    expect(seen).toEqual(['a', 'b', 'c'])
  })

  it('sets a record aside that keeps failing, and lets the others pass', async () => {
    const { seen, handler } = noting({ b: 1_000 })
    const pump = await pumpTo(handler)
    for (const pk of ['a', 'b', 'c']) await write(pk)
    await pump.caughtUp()
    expect(seen).toEqual(['a', 'c'])
    expect(await readFile(join(folder, 'pump.json.dead-letters.jsonl'), 'utf8')).toContain('"S":"b"')
  })
})
