import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyOf, text } from '../../../functions/adapters/items.ts'
import { eventKey } from '../../../functions/adapters/keys.ts'
import { startEngine } from '../../../infra/local/engine.ts'
import { canonicalJson } from '../../../shared/ledger/canonical.ts'
import { eventHash } from '../../../shared/ledger/hash.ts'
import { aPickup } from '../../given.ts'
import { eventually, startTestRuntime, temporaryFolder, type TestRuntime } from '../../runtime.ts'

/** `npm run monitor`, as an operator runs it beside a running Tidemark, after a crash, and where the stream lost something. */
const MONITOR = fileURLToPath(new URL('../../../infra/local/monitor.ts', import.meta.url))

let dataDir: string
let runtime: TestRuntime | undefined
beforeAll(async () => {
  dataDir = await temporaryFolder()
})
afterAll(async () => {
  await runtime?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

interface Told {
  readonly code: number | string | null | undefined
  readonly stdout: string
  readonly events: number
  readonly leaves: number
}

const monitor = (...args: readonly string[]): Promise<Told> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: dataDir }
    execFile(process.execPath, [MONITOR, ...args], { env }, (error, stdout) => {
      const [, events, leaves] = /^(\d+) events; (\d+) leaves/m.exec(stdout) ?? []
      resolve({ code: error ? error.code : 0, stdout, events: Number(events), leaves: Number(leaves) })
    })
  })

const start = async (): Promise<TestRuntime> => {
  runtime = await startTestRuntime({ dataDir })
  return runtime
}

describe('npm run monitor', () => {
  it('says how it is used', async () => {
    expect(await monitor('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--append') })
  })

  it('beside a running Tidemark that was killed and started again finds every event in the log', async () => {
    const first = await start()
    for (let n = 0; n < 5; n++) await first.post('/v1/pickups', first.keys.station, aPickup())
    await eventually('a checkpoint', async () =>
      (await first.get('/log/checkpoint')).status === 200 ? true : undefined,
    )
    for (let n = 0; n < 5; n++) await first.post('/v1/pickups', first.keys.station, aPickup())
    first.process.killBoth()
    await first.process.ended
    await start()
    const told = await eventually('the log to catch up', async () => {
      const now = await monitor()
      return now.events === now.leaves ? now : undefined
    })
    expect(told).toMatchObject({ code: 0, events: 10 })
    expect(told.stdout).toContain('The log is what the events say')
  })

  it('without one looks at its data, and appends what the stream has lost where nothing else is wrong', async () => {
    await runtime?.stop()
    const id = 'BZZZZZZZZZZZZ-1'
    const event = { id, previous: [], recordedAt: '2026-01-01T00:00:00.000Z', type: 'PickupRecorded' }
    await recordUnseen(id, event)
    const found = await monitor()
    expect(found).toMatchObject({ code: 1, events: 11, leaves: 10 })
    expect(found.stdout).toContain(`${id} was recorded at 2026-01-01T00:00:00.000Z and is not in the log`)
    const appended = await monitor('--append')
    expect(appended).toMatchObject({ code: 0, events: 11, leaves: 11 })
    expect(appended.stdout).toContain('Appended: 1 of 1.')
    expect(await monitor()).toMatchObject({ code: 0, leaves: 11 })
  })

  it('says in a sentence that it could not look, and exits with 2', async () => {
    const missing = join(dataDir, 'runtime.json', 'nowhere')
    const env = { ...process.env, LOG_BUCKET: missing, LOG_ORIGIN: '' }
    const told = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile(process.execPath, [MONITOR], { env }, (error, _, stderr) =>
        resolve({ code: error?.code, stderr }),
      )
    })
    expect(told).toEqual({ code: 2, stderr: 'LOG_ORIGIN is not set\n' })
  })
})

/** Puts an event into the table while nobody looks. */
async function recordUnseen(id: string, event: object): Promise<void> {
  const engine = await startEngine(join(dataDir, 'engine.sqlite'))
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'local', credentials })
  const Item = {
    ...keyOf(eventKey(id)),
    event: text(canonicalJson(event)),
    hash: text(await eventHash(event)),
  }
  try {
    await client.send(new PutItemCommand({ TableName: 'tidemark', Item }))
  } finally {
    client.destroy()
    await engine.stop()
  }
}
