import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jsonOf } from '../client.ts'
import { aPickup } from '../given.ts'
import { command } from '../infra/keep/given.ts'
import { startTestRuntime } from '../runtime.ts'

/**
 * `node test/bench/keeping.ts [events]`: how long export, restore and rebuild take on a large table. By itself, and not among the
 * other benches, because the table alone takes minutes to fill.
 */
const EVENTS = Number(process.argv[2] ?? 20_000)
const AT_ONCE = 16

async function fill(dataDir: string): Promise<void> {
  const runtime = await startTestRuntime({ dataDir })
  let left = EVENTS
  const worker = async (): Promise<void> => {
    while (left-- > 0) jsonOf(await runtime.post('/v1/pickups', runtime.keys.station, aPickup()))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  await runtime.stop()
}

async function timed(
  what: string,
  program: string,
  dataDir: string,
  ...args: readonly string[]
): Promise<void> {
  const since = performance.now()
  const { code, stdout, stderr } = await command(program, dataDir, ...args)
  const seconds = (performance.now() - since) / 1_000
  const last = `${stderr}${stdout}`.trim().split('\n').at(-1) ?? ''
  process.stdout.write(
    `${what}: ${seconds.toFixed(1)} s, ${(EVENTS / seconds).toFixed(0)} events/s, exit ${String(code)}: ${last}\n`,
  )
}

const folder = await mkdtemp(join(tmpdir(), 'tidemark-keeping-'))
const [from, to, file] = ['from', 'to', 'ledger.jsonl'].map((name) => join(folder, name))
try {
  if (from === undefined || to === undefined || file === undefined)
    throw new Error('three names make three paths')
  const since = performance.now()
  await fill(from)
  process.stdout.write(`filled with ${EVENTS} in ${((performance.now() - since) / 1_000).toFixed(0)} s\n`)
  await timed('append', 'local/monitor', from, '--append')
  await timed('export', 'keep/export', from, '--to', file)
  process.stdout.write(`${((await stat(file)).size / 1e6).toFixed(1)} MB\n`)
  await timed('restore', 'keep/restore', to, file)
  await timed('monitor', 'local/monitor', to)
  await timed('rebuild, dry', 'keep/rebuild', to, '--dry-run')
  await timed('rebuild', 'keep/rebuild', to)
} finally {
  await rm(folder, { recursive: true, force: true })
}
