import { createServer } from 'node:http'
import { once } from 'node:events'
import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  engineIn,
  isRunning,
  launch,
  startTestRuntime,
  temporaryFolder,
  type TestRuntime,
} from '../../runtime.ts'

/** What `npm start` says, to people and to scripts. */
let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

describe('starting', () => {
  let runtime: TestRuntime
  beforeAll(async () => {
    runtime = await startTestRuntime({ seed: 'demo' })
  })
  afterAll(async () => runtime?.stop())

  it('ends with a last line that says where it is ready', () => {
    const lines = runtime.process.stdout().trimEnd().split('\n')
    expect(lines.at(-1)).toMatch(/^Tidemark ready at http:\/\/127\.0\.0\.1:[1-9]\d+$/)
    expect(runtime.process.stderr()).toBe('')
  })

  it('names links that work', async () => {
    const links = runtime.process.stdout().match(/http:\S+/g) ?? []
    expect(links.length).toBeGreaterThanOrEqual(5)
    const answers = await Promise.all(links.map((link) => runtime.get(link)))
    expect(answers.map(({ status }) => status)).toEqual(links.map(() => 200))
  })

  it('answers the health check', async () => {
    const { status, text } = await runtime.get('/healthz')
    expect([status, text]).toEqual([200, '{"status":"ok"}'])
  })

  it('keeps the keys in a file that only its owner reads', async () => {
    const file = join(runtime.dataDir, 'credentials.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).toContain(runtime.keys.operator)
  })

  it('tells the demo story: twelve pickups, three runs and a product', async () => {
    const stages = (await runtime.allBatches(runtime.keys.auditor)).map(({ stage }) => stage)
    const counted = Object.groupBy(stages, (stage) => stage)
    expect(Object.entries(counted).map(([stage, all]) => [stage, all.length])).toEqual([
      ['product', 1],
      ['pelletized', 1],
      ['cleaned', 1],
      ['sorted', 1],
      ['collected', 12],
    ])
  })
})

describe('starting with something wrong', () => {
  const complaint = async (environment: Readonly<Record<string, string>>) => {
    const started = launch({ DATA_DIR: join(folder, 'wrong'), SEED: 'none', ...environment })
    expect(await started.ended).toBe(1)
    return started.stderr()
  }

  it.each(['abc', '65536', '80.5'])('says what is wrong with PORT=%j', async (PORT) => {
    expect(await complaint({ PORT })).toBe(
      `PORT is ${JSON.stringify(PORT)}; allowed is a whole number from 0 to 65535.\n`,
    )
  })

  it('says what is wrong with SEED', async () => {
    expect(await complaint({ SEED: 'lots' })).toBe('SEED is "lots"; allowed are demo and none.\n')
  })

  it('says that the port is taken, what to do, and leaves no engine behind', async () => {
    const other = createServer((_, response) => response.end()).listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    const started = launch({ DATA_DIR: join(folder, 'taken'), SEED: 'none', PORT: port })
    onTestFinished(started.killBoth)
    const engine = await engineIn(join(folder, 'taken'))
    expect(await started.ended).toBe(1)
    expect(started.stderr()).toContain(`127.0.0.1:${port}. Set PORT to another port, or to 0 for any.`)
    expect(isRunning(engine)).toBe(false)
  })
})

it('explains itself when asked, and starts nothing', async () => {
  const started = launch({ DATA_DIR: join(folder, 'help') }, ['--help'])
  expect(await started.ended).toBe(0)
  for (const name of ['PORT', 'HOST', 'DATA_DIR', 'SEED', 'DYNAMODB_ENDPOINT']) {
    expect(started.stdout()).toContain(name)
  }
  await expect(stat(join(folder, 'help'))).rejects.toThrow('ENOENT')
})
