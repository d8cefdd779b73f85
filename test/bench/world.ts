import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from '../../functions/adapters/client.ts'
import { stateKey } from '../../functions/adapters/keys.ts'
import { readItems } from '../../functions/adapters/read.ts'
import { handler as authorizer } from '../../functions/authorizer.ts'
import { handler as projector } from '../../functions/projector.ts'
import { startEngine } from '../../infra/local/engine.ts'
import { createGateway, loadHandlers } from '../../infra/local/gateway.ts'
import { sowOrganisation } from '../../infra/sowing.ts'
import { ensureTable } from '../../infra/local/table.ts'
import { ORGANISATION } from './coast.ts'
import { recordingHandlers, type Invocation } from './invocation.ts'
import { recordOf } from './stream.ts'

/** The system under measurement: the real handlers behind the real local gateway, on an engine in a temporary folder. */
export interface World {
  readonly url: string
  readonly endpoint: string
  /** A key that may do everything. */
  readonly key: string
  /** What the gateway last called a handler with. */
  readonly lastInvocation: () => Invocation
  /** Makes the passports of batches, as the stream's records would have it done. */
  readonly project: (batches: readonly string[]) => Promise<void>
  readonly stop: () => Promise<void>
}

const KEY = 'tm_operator_bench_0123456789abcdef'

/** Starts engine and gateway. One world per process: handlers read the process's environment. */
export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-bench-'))
  // Always our own engine: a bench fills a table with thousands of pickups that nobody wants to keep.
  delete process.env['DYNAMODB_ENDPOINT']
  const engine = await startEngine(join(folder, 'engine.sqlite'))
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: engine.endpoint,
    TABLE_NAME: 'bench',
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    LOG_LEVEL: 'warn',
    CALLER_LIMIT: '100000/100000',
  })
  await ensureTable(dynamo(), tableName())
  await stopStream()
  const { handlers, last } = recordingHandlers(await loadHandlers())
  const gateway = createGateway({
    handlers,
    authorizer,
    isReady: () => true,
    elsewhere: () => Promise.resolve(false),
  })
  const url = await listen(gateway)
  process.env['PUBLIC_URL'] = url
  await sowOrganisation(ORGANISATION, KEY)
  return {
    url,
    endpoint: engine.endpoint,
    key: KEY,
    lastInvocation: last,
    project,
    stop: async () => {
      gateway.closeAllConnections()
      gateway.close()
      dynamo().destroy()
      await engine.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * The engine looks through all records of a stream at every write, and what is measured would soon be that; on AWS a
 * stream costs writes nothing. So the stream is off, and the projector is called with the records it would have had.
 */
async function stopStream(): Promise<void> {
  const StreamSpecification = { StreamEnabled: false }
  await dynamo().send(new UpdateTableCommand({ TableName: tableName(), StreamSpecification }))
}

async function project(batches: readonly string[]): Promise<void> {
  const items = await readItems(batches.map(stateKey))
  const Records = items.map((item) => recordOf(item))
  const { batchItemFailures } = await projector({ Records })
  if (batchItemFailures.length > 0) throw new Error('a passport could not be made')
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port')
  return `http://127.0.0.1:${address.port}`
}
