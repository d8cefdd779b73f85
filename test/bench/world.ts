import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutItemCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, forgetClient, tableName } from '../../functions/adapters/client.ts'
import type { Item } from '../../functions/adapters/items.ts'
import { credentialItem, organisationItem } from '../../functions/adapters/registry.ts'
import { handler as projector } from '../../functions/projector.ts'
import { startEngine } from '../../infra/local/engine.ts'
import { createGateway, loadHandlers } from '../../infra/local/gateway.ts'
import { startPump } from '../../infra/local/pump.ts'
import { ensureTable } from '../../infra/local/table.ts'
import { TABLE } from '../../infra/table.ts'
import { ORGANISATION } from './coast.ts'
import { recordingHandlers, type Invocation } from './invocation.ts'

/** The system under measurement: the real handlers behind the real local gateway, on an engine in a temporary folder. */
export interface World {
  readonly url: string
  readonly endpoint: string
  /** A key that may do everything. */
  readonly key: string
  /** What the gateway last called a handler with. */
  readonly lastInvocation: () => Invocation
  /** Writes something and makes the passports of all batches that it changed. */
  readonly projecting: <T>(write: () => Promise<T>) => Promise<T>
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
  })
  await ensureTable(dynamo(), tableName())
  await setStream(false)
  const { handlers, last } = recordingHandlers(await loadHandlers())
  const gateway = createGateway({ handlers, elsewhere: () => Promise.resolve(false) })
  const url = await listen(gateway)
  process.env['PUBLIC_URL'] = url
  await put(organisationItem(ORGANISATION))
  await put(await credentialItem(KEY, { org: ORGANISATION.id, role: 'operator' }))
  return {
    url,
    endpoint: engine.endpoint,
    key: KEY,
    lastInvocation: last,
    projecting: async (write) => {
      await setStream(true)
      const pump = await startPump({
        endpoint: engine.endpoint,
        streamArn: await ensureTable(dynamo(), tableName()),
        positionsFile: join(folder, 'pump.json'),
        handler: projector,
      })
      const written = await write()
      await pump.caughtUp()
      await pump.stop()
      await setStream(false)
      return written
    },
    stop: async () => {
      gateway.closeAllConnections()
      gateway.close()
      forgetClient()
      await engine.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * The stream is off but for the moments that need it: with it on, the engine looks through all stream records at every
 * write, and what is measured would be that. On AWS a stream costs writes nothing.
 */
async function setStream(on: boolean): Promise<void> {
  const StreamSpecification = on
    ? { StreamEnabled: true, StreamViewType: TABLE.stream }
    : { StreamEnabled: false }
  await dynamo().send(new UpdateTableCommand({ TableName: tableName(), StreamSpecification }))
}

async function put(item: Item): Promise<void> {
  await dynamo().send(new PutItemCommand({ TableName: tableName(), Item: item }))
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port')
  return `http://127.0.0.1:${address.port}`
}
