import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { dynamo } from '../../functions/adapters/client.ts'
import { LOG_STORE } from '../../functions/adapters/log.ts'
import { currentKeys, logOrigin } from '../../functions/adapters/log-signer.ts'
import { readLogKeys } from '../../functions/adapters/log-table.ts'
import { photoStorage } from '../../functions/adapters/photos.ts'
import { handler as authorizer } from '../../functions/authorizer.ts'
import { handler as projector } from '../../functions/projector.ts'
import { handlerOver as sequencerOver } from '../../functions/sequencer.ts'
import { printVerifierKey } from '../../shared/ledger/verifier-key.ts'
import { buildSite } from '../site.ts'
import { buildVerifier } from '../verifier.ts'
import { claimFolder, recordEngine, releaseFolder } from './claim.ts'
import { startEngine, type Engine } from './engine.ts'
import { createGateway, loadHandlers, type LambdaHandler } from './gateway.ts'
import { checkLayout } from './layout.ts'
import { openSignIn, type SignIn } from './issuer/open.ts'
import { ensureLogKeys } from './log-keys.ts'
import { createObjectEndpoint, OBJECTS_PATH } from './objects.ts'
import { startPump } from './pump.ts'
import { seedMembers } from './members.ts'
import { makeKeys, seedStory, sowOrganisations, type Credentials, type Story } from './seed.ts'
import { listen, stopServing } from './serving.ts'
import type { Settings } from './settings.ts'
import { createSite } from './static.ts'
import { ensureTable } from './table.ts'
import { isProjected, isSequenced } from './wanted.ts'

/** The whole system in one process and one engine: what `npm start` runs, and what tests run against. */
export interface Runtime {
  /** Where it listens. */
  readonly url: string
  /** Where its codes and links point. */
  readonly publicUrl: string
  readonly credentials: Credentials
  readonly story: Story | undefined
  /** Where people sign in, or why they cannot. */
  readonly signIn: SignIn
  /** Resolves once all passports are as new as what was written before the call. */
  readonly projected: () => Promise<void>
  /** Resolves once all that was recorded before the call is in the log, and the log's checkpoint says so. */
  readonly logged: () => Promise<void>
  readonly stop: () => Promise<void>
}

const TABLE_NAME = 'tidemark'
export const DATABASE = 'engine.sqlite'

/** Of the five seconds that an event may take into a signed log, the others are left for a busy machine. */
const LOG_GATHER_MS = 2_000

/** Starts everything and resolves when it is ready. One runtime per process: handlers read the process's environment. */
export async function startRuntime(options: Settings): Promise<Runtime> {
  const dataDir = resolve(options.dataDir)
  await claimUsable(dataDir)
  const engine = await startEngine(join(dataDir, DATABASE), (pid, endpoint) =>
    recordEngine(dataDir, pid, endpoint),
  )
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

/** Makes and claims the folder; throws a sentence where nothing can be kept in it, or somebody else has it. */
async function claimUsable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    await checkLayout(dataDir, DATABASE)
    await claimFolder(dataDir)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    throw new Error(`DATA_DIR is ${JSON.stringify(dataDir)}; nothing can be kept there: ${error.message}.`, {
      cause: error,
    })
  }
}

/** Starts everything else on an engine. */
async function startOn(engine: Engine, options: Settings, release: () => Promise<void>): Promise<Runtime> {
  const { dataDir } = options
  const environment = localEnvironment(engine.endpoint)
  Object.assign(process.env, await ensureLogKeys(dataDir), { LOG_FOLDER: join(dataDir, 'log') })
  const [streamArn, handlers] = await Promise.all([
    ensureTable(dynamo(), environment.TABLE_NAME),
    loadHandlers(),
  ])
  const objects = createObjectEndpoint(join(dataDir, 'objects'), photoStorage)
  let isReady = false
  let signIn: SignIn | undefined
  const scan = handlers.get('scan')
  if (scan) handlers.set('scan', offering(scan, join(dataDir, 'site')))
  const builtSite = siteWhenAsked(join(dataDir, 'site'))
  const site = createSite(join(dataDir, 'site'), () =>
    signIn?.tokenOrigin === undefined ? [] : [signIn.tokenOrigin],
  )
  const server = createGateway({
    handlers,
    authorizer,
    addressLimit: options.addressLimit,
    isReady: () => isReady,
    elsewhere: async (request, response) =>
      (await objects(request, response)) ||
      (await signIn?.endpoint?.(request, response)) ||
      (await builtSite().then(() => site(request, response))),
  })
  await sowOrganisations(dataDir)
  const stream = { endpoint: engine.endpoint, streamArn }
  const pump = await startPump({
    ...stream,
    positionsFile: join(dataDir, 'pump.json'),
    handler: projector,
    wants: isProjected,
  })
  const logPump = await startPump({
    ...stream,
    positionsFile: join(dataDir, 'log-pump.json'),
    handler: sequencerOver(LOG_STORE),
    wants: isSequenced,
    gatherMs: LOG_GATHER_MS,
  })
  // What is asked may be what writes. Whoever reads what comes of it, reads it a moment later.
  server.on('request', ({ method }, response) => {
    if (method !== 'GET' && method !== 'HEAD') response.once('close', pump.wake)
  })
  const url = await listen(server, options)
  const publicUrl = options.publicUrl ?? url
  process.env['PUBLIC_URL'] = publicUrl
  process.env['PHOTO_ENDPOINT'] ??= publicUrl + OBJECTS_PATH
  signIn = await openSignIn({ ...options, url, publicUrl })
  const credentials = await makeKeys(dataDir, url)
  const isDemo = options.seed === 'demo'
  if (isDemo && signIn.endpoint) await seedMembers({ dataDir, url, publicUrl, credentials })
  const story = isDemo ? await seedStory(dataDir, url, credentials.keys) : undefined
  await Promise.all([pump, ...(story ? [logPump] : [])].map(({ caughtUp }) => caughtUp()))
  isReady = true
  const stop = async (): Promise<void> => {
    await stopServing(server)
    await Promise.all([pump.stop(), logPump.stop()])
    await release()
  }
  return {
    url,
    publicUrl,
    credentials,
    story,
    signIn,
    projected: pump.caughtUp,
    logged: logPump.caughtUp,
    stop,
  }
}

/**
 * Builds the site when somebody first asks for it, and again at the next asking if that failed: nobody who came for the
 * API waits for it.
 */
const siteWhenAsked = (folder: string): (() => Promise<void>) => whenAsked(() => buildSite(folder))

function whenAsked(build: () => Promise<void>): () => Promise<void> {
  let built: Promise<void> | undefined
  return () => {
    built ??= build().catch((error: unknown) => {
      built = undefined
      throw error
    })
    return built
  }
}

/**
 * The public page, which from its first showing on offers to check its story: the program for that is built then, with all
 * keys in it that have ever signed this log.
 */
function offering(scan: LambdaHandler, siteFolder: string): LambdaHandler {
  const built = whenAsked(async () => {
    const keys = new Set([
      ...(await currentKeys()).map(printVerifierKey),
      ...(await readLogKeys()).map(({ key }) => key),
    ])
    const verifier = await buildVerifier(siteFolder, { origin: logOrigin(), keys: [...keys] })
    process.env['VERIFIER'] = JSON.stringify(verifier)
  })
  return async (event, context) => {
    await built()
    return scan(event, context)
  }
}

/** What Lambda's environment would say. Credentials only sign requests to this machine. */
export function localEnvironment(endpoint: string): { TABLE_NAME: string } {
  process.env['DYNAMODB_ENDPOINT'] = endpoint
  process.env['TABLE_NAME'] ??= TABLE_NAME
  process.env['AWS_REGION'] ??= 'local'
  process.env['AWS_ACCESS_KEY_ID'] ??= 'local'
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'local'
  process.env['LOG_LEVEL'] ??= 'warn'
  return { TABLE_NAME: process.env['TABLE_NAME'] }
}
