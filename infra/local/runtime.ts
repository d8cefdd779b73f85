import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { dynamo } from '../../functions/adapters/client.ts'
import { photoStorage } from '../../functions/adapters/photos.ts'
import { handler as projector } from '../../functions/projector.ts'
import { buildSite } from '../site.ts'
import { claimFolder, recordEngine, releaseFolder } from './claim.ts'
import { startEngine, type Engine } from './engine.ts'
import { createGateway, loadHandlers } from './gateway.ts'
import { createObjectEndpoint, OBJECTS_PATH } from './objects.ts'
import { startPump } from './pump.ts'
import { seedCredentials, seedStory, type Credentials, type Story } from './seed.ts'
import { listen, stopServing } from './serving.ts'
import { createSite } from './static.ts'
import { ensureTable } from './table.ts'

/** The whole system in one process and one engine: what `npm start` runs, and what tests run against. */
export interface Runtime {
  readonly url: string
  readonly credentials: Credentials
  readonly story: Story | undefined
  /** Resolves once all passports are as new as what was written before the call. */
  readonly projected: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface RuntimeOptions {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly seed: 'demo' | 'none'
}

const TABLE_NAME = 'tidemark'

/** Starts everything and resolves when it is ready. One runtime per process: handlers read the process's environment. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  await claimFolder(dataDir)
  const engine = await startEngine(join(dataDir, 'engine.sqlite'), (pid) => recordEngine(dataDir, pid))
  const release = async (): Promise<void> => {
    await engine.stop()
    await releaseFolder(dataDir)
  }
  try {
    return await startOn(engine, { ...options, dataDir }, release)
  } catch (error) {
    await release()
    throw error
  }
}

/** Starts everything else on an engine. */
async function startOn(
  engine: Engine,
  options: RuntimeOptions,
  release: () => Promise<void>,
): Promise<Runtime> {
  const { dataDir } = options
  const environment = localEnvironment(engine.endpoint)
  const [streamArn, handlers] = await Promise.all([
    ensureTable(dynamo(), environment.TABLE_NAME),
    loadHandlers(),
    buildSite(join(dataDir, 'site')),
  ])
  const site = createSite(join(dataDir, 'site'))
  const objects = createObjectEndpoint(join(dataDir, 'objects'), photoStorage)
  const server = createGateway({
    handlers,
    elsewhere: async (request, response) => (await objects(request, response)) || site(request, response),
  })
  const credentials = await seedCredentials(dataDir)
  const pump = await startPump({
    endpoint: engine.endpoint,
    streamArn,
    positionsFile: join(dataDir, 'pump.json'),
    handler: projector,
  })
  const url = await listen(server, options)
  process.env['PUBLIC_URL'] ??= url
  process.env['PHOTO_ENDPOINT'] ??= process.env['PUBLIC_URL'] + OBJECTS_PATH
  const story = options.seed === 'demo' ? await seedStory(dataDir, url, credentials.keys) : undefined
  await pump.caughtUp()
  const stop = async (): Promise<void> => {
    await stopServing(server)
    await pump.stop()
    await release()
  }
  return { url, credentials, story, projected: pump.caughtUp, stop }
}

/** What Lambda's environment would say. Credentials only sign requests to this machine. */
function localEnvironment(endpoint: string): { TABLE_NAME: string } {
  process.env['DYNAMODB_ENDPOINT'] = endpoint
  process.env['TABLE_NAME'] ??= TABLE_NAME
  process.env['AWS_REGION'] ??= 'local'
  process.env['AWS_ACCESS_KEY_ID'] ??= 'local'
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'local'
  process.env['LOG_LEVEL'] ??= 'warn'
  return { TABLE_NAME: process.env['TABLE_NAME'] }
}
