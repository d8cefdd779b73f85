import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import * as z from 'zod'
import type { Credentials } from '../infra/local/seed.ts'
import { clientOf, type Client } from './client.ts'
import { collect } from './output/collected.ts'

/**
 * The local runtime as people start it: a process of its own, on any free port, in a folder of its own. Each is the
 * leader of a process group of its own, as in a terminal.
 */
const START = fileURLToPath(new URL('../infra/local/start.ts', import.meta.url))
const READY = /^Tidemark ready at (\S+)$/m
const READY_MS = 30_000

const claim = z.object({ runtime: z.int(), engine: z.int().optional() })

export interface Launched {
  readonly pid: number
  readonly stdout: () => string
  readonly stderr: () => string
  /** Resolves to the address once the runtime says that it is ready; rejects if it ends or dawdles. */
  readonly ready: () => Promise<string>
  /** Resolves once the process has ended, to its exit code or to the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  readonly signal: (name: NodeJS.Signals) => void
  /** What a terminal does on Ctrl-C, or a shell that ends: everybody in the runtime's process group gets the signal. */
  readonly signalGroup: (name: NodeJS.Signals) => void
  /** `kill -9` of runtime and engine together. */
  readonly killBoth: () => void
}

/** Tests ask more often than people do; those about limits set their own. */
export const UNLIMITED = { CALLER_LIMIT: '100000/100000', ADDRESS_LIMIT: '100000/100000' } as const

/** Starts `infra/local/start.ts` with these environment variables and arguments. */
export function launch(
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Launched {
  const { PUBLIC_URL: _, PHOTO_ENDPOINT: __, ...others } = process.env
  const inherited = Object.fromEntries(Object.entries(others).filter(([name]) => !name.startsWith('OIDC_')))
  const child = spawn(process.execPath, [START, ...args], {
    env: { ...inherited, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', ...UNLIMITED, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const stdout = textOf(child.stdout, `${child.pid}-stdout`)
  const stderr = textOf(child.stderr, `${child.pid}-stderr`)
  const ended = once(child, 'close').then(() => child.signalCode ?? child.exitCode)
  const { pid } = child
  if (pid === undefined) throw new Error('the runtime could not be started')
  return {
    pid,
    stdout,
    stderr,
    ready: () => readyAt(child, stdout, stderr, ended),
    ended,
    signal: (name) => void child.kill(name),
    signalGroup: (name) => void signalProcess(-pid, name),
    killBoth: () => {
      signalProcess(-pid, 'SIGKILL')
      const engine = engineOf(pid, environment['DATA_DIR'])
      if (engine !== undefined) signalProcess(engine, 'SIGKILL')
    },
  }
}

/** The engine of a runtime, as its data folder names it; it is in a group of its own. */
function engineOf(runtime: number, dataDir = '.data'): number | undefined {
  try {
    const found = claim.parse(JSON.parse(readFileSync(join(dataDir, 'runtime.json'), 'utf8')))
    return found.runtime === runtime ? found.engine : undefined
  } catch {
    return undefined
  }
}

function textOf(stream: ChildProcess['stdout'], of: string): () => string {
  let text = ''
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    collect(of, chunk)
  })
  return () => text
}

async function readyAt(
  child: ChildProcess,
  stdout: () => string,
  stderr: () => string,
  ended: Launched['ended'],
): Promise<string> {
  const giveUp = AbortSignal.timeout(READY_MS)
  const end = ended.then((how) => {
    throw new Error(`the runtime ended with ${how} before it was ready: ${stderr() || stdout()}`)
  })
  end.catch(() => {})
  for (;;) {
    const [, url] = READY.exec(stdout()) ?? []
    if (url !== undefined) return url
    if (child.stdout) await Promise.race([once(child.stdout, 'data', { signal: giveUp }), end])
  }
}

/** Whether a process is there, which has not been waited for by its parent. */
export const isRunning = (pid: number): boolean => signalProcess(pid, 0)

/** False where there is nobody to be signalled. A negative number is a group. */
function signalProcess(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

export interface TestRuntime extends Client {
  readonly process: Launched
  readonly keys: Credentials['keys']
  /** Keys of the other organisation. */
  readonly otherKeys: Credentials['keys']
  readonly dataDir: string
  /** Ends the runtime as an operator would, and removes its folder unless the caller gave it. */
  readonly stop: () => Promise<void>
}

export interface TestRuntimeOptions {
  readonly seed?: 'demo' | 'none'
  /** A folder that is the caller's, to start again on; a new one otherwise. */
  readonly dataDir?: string
  /** Settings beside the usual ones. */
  readonly environment?: Readonly<Record<string, string>>
}

export async function startTestRuntime(options: TestRuntimeOptions = {}): Promise<TestRuntime> {
  const dataDir = options.dataDir ?? (await temporaryFolder())
  const started = launch({ DATA_DIR: dataDir, SEED: options.seed ?? 'none', ...options.environment })
  const cleanUp = async (): Promise<void> => {
    started.killBoth()
    await started.ended
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const url = await started.ready()
    const credentials: Credentials = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'))
    const stop = async (): Promise<void> => {
      started.signal('SIGTERM')
      await started.ended
      await cleanUp()
    }
    const keys = { keys: credentials.keys, otherKeys: credentials.other.keys }
    return { ...clientOf(url), ...keys, process: started, dataDir, stop }
  } catch (error) {
    await cleanUp()
    throw error
  }
}

/** A runtime for all tests of a file: started before the first of them, and ended after the last. */
export function runtimeForTests(): TestRuntime {
  let started: TestRuntime | undefined
  beforeAll(async () => {
    started = await startTestRuntime()
  })
  afterAll(async () => started?.stop())
  const runtime = (): TestRuntime => {
    if (!started) throw new Error('the runtime starts before the first test, not while tests are listed')
    return started
  }
  return {
    get url() {
      return runtime().url
    },
    get process() {
      return runtime().process
    },
    get keys() {
      return runtime().keys
    },
    get otherKeys() {
      return runtime().otherKeys
    },
    get dataDir() {
      return runtime().dataDir
    },
    get: async (...request) => runtime().get(...request),
    post: async (...request) => runtime().post(...request),
    send: async (...request) => runtime().send(...request),
    batch: async (...request) => runtime().batch(...request),
    allBatches: async (...request) => runtime().allBatches(...request),
    events: async (...request) => runtime().events(...request),
    stop: async () => runtime().stop(),
  }
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'tidemark-test-'))

/** The processes that a data folder names. */
export async function claimIn(dataDir: string): Promise<{ runtime: number; engine?: number | undefined }> {
  return claim.parse(JSON.parse(await readFile(join(dataDir, 'runtime.json'), 'utf8')))
}

/** The engine that runs, or soon will, for a data folder. */
export const engineIn = (dataDir: string): Promise<number> =>
  eventually('the engine', async () => (await claimIn(dataDir).catch(() => undefined))?.engine)

const POLL_MS = 10

/** What `look` finds once it finds something; for what happens by itself and announces nothing. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`waited in vain for ${what}`)
}
