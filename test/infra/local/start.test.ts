import { createServer } from 'node:http'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../../infra/local/engine.ts'
import { clientOf } from '../../client.ts'
import {
  engineIn,
  eventually,
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

  it('shows a code that enrols a phone', () => {
    expect(runtime.process.stdout()).toMatch(/Enrol a phone +http:\S+\/collect\/#enrol=[0-9A-Z]{16}$/m)
  })

  it('answers the health check', async () => {
    const { status, text } = await runtime.get('/healthz')
    expect([status, text]).toEqual([200, '{"status":"ok"}'])
  })

  it('keeps everything in files that only its owner reads, keys and database above all', async () => {
    const files = await readdir(runtime.dataDir)
    expect(files).toEqual(expect.arrayContaining(['credentials.json', 'engine.sqlite']))
    const modes = await Promise.all(files.map(async (file) => (await stat(join(runtime.dataDir, file))).mode))
    expect(modes.map((mode) => mode & 0o077)).toEqual(files.map(() => 0))
    const keys = await readFile(join(runtime.dataDir, 'credentials.json'), 'utf8')
    expect(keys).toContain(runtime.keys.operator)
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

it('is not called healthy before the demo story is told to its end', async () => {
  const port = await freePort()
  const started = launch({ DATA_DIR: join(folder, 'healthy'), PORT: String(port) })
  onTestFinished(started.killBoth)
  const { get } = clientOf(`http://127.0.0.1:${port}`)
  const early = new Set<number>()
  await eventually('the health check to pass', async () => {
    const answer = await get('/healthz').catch(() => undefined)
    if (answer && answer.status !== 200) early.add(answer.status)
    return answer?.status === 200 ? answer : undefined
  })
  expect([...early].filter((status) => status !== 503)).toEqual([])
  const { product } = JSON.parse(await readFile(join(folder, 'healthy', 'story.json'), 'utf8'))
  expect((await get(`/b/${product}`)).status).toBe(200)
})

it('prints links and ends in the address that PUBLIC_URL names', async () => {
  const PUBLIC_URL = 'http://192.0.2.7:3000'
  const started = launch({ DATA_DIR: join(folder, 'public'), SEED: 'demo', HOST: '0.0.0.0', PUBLIC_URL })
  onTestFinished(started.killBoth)
  expect(await started.ready()).toBe(PUBLIC_URL)
  const links = started.stdout().match(/http:\S+/g) ?? []
  expect(links.length).toBeGreaterThanOrEqual(5)
  expect(links.filter((link) => !link.startsWith(PUBLIC_URL))).toEqual([])
})

it('prints links that work where it listens on every address', async () => {
  const started = launch({ DATA_DIR: join(folder, 'every'), SEED: 'none', HOST: '0.0.0.0' })
  onTestFinished(started.killBoth)
  expect(await started.ready()).toMatch(/^http:\/\/127\.0\.0\.1:/)
})

describe('starting with something wrong', () => {
  const complaint = async (environment: Readonly<Record<string, string>>) => {
    const started = launch({ DATA_DIR: join(folder, 'wrong'), SEED: 'none', ...environment })
    expect(await started.ended).toBe(1)
    return started.stderr()
  }

  it('says what is wrong with a setting, and writes nothing', async () => {
    expect(await complaint({ PUBLIC_URL: 'not a url' })).toContain('PUBLIC_URL is "not a url"; allowed is')
    await expect(stat(join(folder, 'wrong'))).rejects.toThrow('ENOENT')
  })

  it('refuses a folder whose records have another layout, and leaves it as it is', async () => {
    const dataDir = await mkdtemp(join(folder, 'old-'))
    await writeFile(join(dataDir, 'engine.sqlite'), 'old')
    await writeFile(join(dataDir, 'layout'), '1\n')
    expect(await complaint({ DATA_DIR: dataDir })).toContain(
      'was made by another version of Tidemark (layout 1,',
    )
    await rm(join(dataDir, 'layout'))
    expect(await complaint({ DATA_DIR: dataDir })).toContain('(layout none,')
    expect(await readdir(dataDir)).toEqual(['engine.sqlite'])
  })

  it('says that DATA_DIR is no folder', async () => {
    const file = join(folder, 'file')
    await writeFile(file, 'taken')
    expect(await complaint({ DATA_DIR: file })).toContain(
      `DATA_DIR is "${file}"; nothing can be kept there: EEXIST`,
    )
  })

  it('names the file that is damaged', async () => {
    const damaged = join(folder, 'damaged')
    await mkdir(damaged)
    await writeFile(join(damaged, 'credentials.json'), '{"keys')
    expect(await complaint({ DATA_DIR: damaged })).toContain(
      `${join(damaged, 'credentials.json')} is damaged; mend it, or remove it`,
    )
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
