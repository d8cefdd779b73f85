import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer, connect } from 'node:net'
import { dirname, join } from 'node:path'

/**
 * The database of the local runtime: dynoxide, a DynamoDB engine on SQLite, as a child process on a free port with its
 * file in the data folder. `DYNAMODB_ENDPOINT` names any other DynamoDB to use instead.
 */
export interface Engine {
  readonly endpoint: string
  readonly pid: number | undefined
  readonly stop: () => Promise<void>
}

const READY_MS = 10_000
const POLL_MS = 10

/**
 * Starts the engine on a database file, or on memory for none; resolves once it takes connections. `spawned` is told
 * its process number and address before that. The engine leads a process group of its own: a terminal sends Ctrl-C to all of its
 * foreground group, and an engine that dies of it would fail every request that the runtime is still to answer.
 */
export async function startEngine(
  databaseFile: string | undefined,
  spawned: (pid: number | undefined, endpoint: string) => Promise<void> = async () => {},
): Promise<Engine> {
  const external = process.env['DYNAMODB_ENDPOINT']
  if (external !== undefined && external !== '')
    return { endpoint: external, pid: undefined, stop: async () => {} }
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const file = databaseFile === undefined ? [] : ['--db-path', databaseFile]
  const child = spawn(enginePath(), ['--host', '127.0.0.1', '--port', String(port), ...file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    windowsHide: true,
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)))
  const stop = (): Promise<void> => stopProcess(child)
  const started = await spawned(child.pid, endpoint).then(
    () => waitForPort(port, child),
    (error: unknown) => stop().then(() => Promise.reject(error)),
  )
  if (!started) {
    await stop()
    throw new Error(`The database engine did not start: ${complaint.trim() || 'it said nothing'}`)
  }
  return { endpoint, pid: child.pid, stop }
}

/** Where the engine's program is; throws a sentence on a platform that it is not published for. */
export function enginePath(platform: string = process.platform, arch: string = process.arch): string {
  const name = `${platform}-${arch}`
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${name}/package.json`)
    return join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide')
  } catch {
    throw new Error(
      `The embedded database engine comes for Linux on x64 only, and this is ${name}. Start any DynamoDB, such as DynamoDB Local, and name its address in DYNAMODB_ENDPOINT.`,
    )
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port to listen on')
  return address.port
}

async function waitForPort(port: number, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + READY_MS
  while (Date.now() < deadline && child.exitCode === null) {
    if (await accepts(port)) return true
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return false
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })
}
