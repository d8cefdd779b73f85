import { once } from 'node:events'
import { rm, stat, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { problemOf, type Answer } from '../../client.ts'
import { aPickup, aRun, givenPickup, newKey } from '../../given.ts'
import {
  claimIn,
  engineIn,
  eventually,
  isRunning,
  launch,
  startTestRuntime,
  temporaryFolder,
  type TestRuntime,
} from '../../runtime.ts'

/** Processes are killed while many write; what was answered is there afterwards, once, and the books balance. */
let dataDir: string
let runtime: TestRuntime | undefined

beforeEach(async () => {
  dataDir = await temporaryFolder()
})
afterEach(async () => {
  await runtime?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const start = async (seed: 'demo' | 'none' = 'none'): Promise<TestRuntime> => {
  runtime = await startTestRuntime({ dataDir, seed })
  return runtime
}

/** One write that somebody asked for, and the answer if it came before the end. */
interface Write {
  readonly path: string
  readonly role: 'station' | 'recycler'
  readonly body: Readonly<Record<string, unknown>>
  readonly idempotencyKey: string
  answer?: Answer
}

const isDone = ({ answer }: Write): boolean => answer?.status === 201

const send = ({ path, role, body, idempotencyKey }: Write, to: TestRuntime): Promise<Answer> =>
  to.post(path, to.keys[role], body, { idempotencyKey })

/** Every other write is a pickup of 2 kg, the rest draw 1 kg from the stock. */
function newWrite(index: number, stock: string): Write {
  const draw = { charges: [{ batchId: stock, massKg: 1 }], outputs: [{ massKg: 1 }] }
  const common = { idempotencyKey: newKey() }
  return index % 2 === 0
    ? { ...common, path: '/v1/pickups', role: 'station', body: aPickup({ massKg: 2 }) }
    : { ...common, path: '/v1/runs', role: 'recycler', body: aRun(stock, draw) }
}

const WRITERS = 8

/** Writes without a pause until the runtime is gone. Calls `kill` as soon as so many have been answered, others being under way. */
async function writeUntilKilled(
  to: TestRuntime,
  stock: string,
  answers: number,
  kill: () => void,
): Promise<Write[]> {
  const writes: Write[] = []
  let left = answers
  const writer = async (): Promise<void> => {
    while (left > 0) {
      const write = newWrite(writes.length, stock)
      writes.push(write)
      const answer = await send(write, to).catch(() => undefined)
      if (answer) write.answer = answer
      // With its engine gone the runtime still answers, but does not claim to have done anything.
      if (!isDone(write)) return
      left -= 1
      if (left === 0) kill()
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  return writes
}

/** Whole numbers from `from` to below `to`, the same in every test run. */
function seededNumbers(seed: number): (from: number, to: number) => number {
  let state = seed
  return (from, to) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return from + (state % (to - from))
  }
}

describe('killed while many write, the runtime', () => {
  it.each([
    ['runtime', 1],
    ['engine', 2],
    ['both', 3],
  ] as const)('has every answered write, once, after its %s was killed (round %i)', async (victim, seed) => {
    const first = await start()
    const stock = (await givenPickup(first, { massKg: 1000 })).id
    const engine = await engineIn(dataDir)
    const kill = {
      runtime: () => first.process.signal('SIGKILL'),
      engine: () => void process.kill(engine, 'SIGKILL'),
      both: first.process.killBoth,
    }[victim]
    const writes = await writeUntilKilled(first, stock, seededNumbers(seed)(10, 60), kill)
    if (victim === 'engine') first.process.signal('SIGTERM')
    await first.process.ended

    const second = await start()
    const again = await Promise.all(writes.map(async (write) => ({ write, now: await send(write, second) })))
    expect(new Set(again.map(({ now }) => now.status))).toEqual(new Set([201]))
    const answered = again.filter(({ write }) => isDone(write))
    expect(answered.map(({ now }) => [now.text, now.headers.get('idempotent-replayed')])).toEqual(
      answered.map(({ write }) => [write.answer?.text, 'true']),
    )
    await expectBooks(second, stock, writes)
  })
})

/** Sent to their end, all writes have happened exactly once, and everybody can see that. */
async function expectBooks(to: TestRuntime, stock: string, writes: readonly Write[]): Promise<void> {
  const draws = writes.filter(({ path }) => path === '/v1/runs').length
  const batches = await to.allBatches(to.keys.auditor)
  const count = (stage: string): number => batches.filter((batch) => batch.stage === stage).length
  expect([count('collected'), count('sorted')]).toEqual([1 + writes.length - draws, draws])
  expect(batches.find(({ id }) => id === stock)?.remainingKg).toBe(1000 - draws)
  const events = []
  for (let query = '?limit=100'; query !== '';) {
    const page = await to.events(stock, to.keys.auditor, query)
    events.push(...page.items)
    query = page.next === undefined ? '' : `?limit=100&cursor=${page.next}`
  }
  expect(events).toHaveLength(1 + draws)
  await Promise.all(
    batches.map(async ({ id, massKg }) => {
      const passport = await eventually(`the passport of ${id}`, async () => {
        const { status, text } = await to.get(`/b/${id}?format=json`)
        return status === 200 ? text : undefined
      })
      expect(JSON.parse(passport)).toMatchObject({ id, massGrams: massKg * 1000 })
    }),
  )
}

describe('a start', () => {
  it('beside a running one on the same folder is refused with a sentence, and the other goes on', async () => {
    const first = await start()
    const second = launch({ DATA_DIR: dataDir, SEED: 'none' })
    expect(await second.ended).toBe(1)
    expect(second.stderr()).toBe(
      `Tidemark already runs on ${dataDir} (process ${first.process.pid}). Stop it, or set another DATA_DIR.\n`,
    )
    expect((await givenPickup(first)).massKg).toBe(100)
  })

  it('after one that was asked to stop goes on where it was, with the same keys', async () => {
    const first = await start()
    const { id } = await givenPickup(first)
    const engine = await engineIn(dataDir)
    first.process.signal('SIGTERM')
    expect(await first.process.ended).toBe(0)
    expect(isRunning(engine)).toBe(false)
    const second = await start()
    expect(second.keys).toEqual(first.keys)
    expect((await second.batch(id, first.keys.auditor)).massKg).toBe(100)
  })

  it('completes the demo story where the first was killed while telling it', async () => {
    const first = launch({ DATA_DIR: dataDir, SEED: 'demo' })
    const engine = await engineIn(dataDir)
    await eventually('the first lines of the story', async () => {
      const { size } = await stat(join(dataDir, 'pump.json')).catch(() => ({ size: 0 }))
      return size > 2 ? size : undefined
    })
    process.kill(first.pid, 'SIGKILL')
    expect(await first.ended).toBe('SIGKILL')
    const second = await start('demo')
    expect((await claimIn(dataDir)).engine).not.toBe(engine)
    const stages = (await second.allBatches(second.keys.auditor)).map(({ stage }) => stage)
    expect(stages.filter((stage) => stage === 'collected')).toHaveLength(12)
    expect(stages).toHaveLength(16)
  })

  it('gets over a claim that was cut off while it was written', async () => {
    await writeFile(join(dataDir, 'runtime.json'), '{"runtime":')
    expect((await (await start()).get('/healthz')).status).toBe(200)
  })
})

describe('asked to stop, the runtime', () => {
  it('answers what is under way, while it takes nothing new', async () => {
    const first = await start()
    const body = JSON.stringify(aPickup())
    const upload = request(`${first.url}/v1/pickups`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${first.keys.station}`,
        'content-type': 'application/json',
        'content-length': body.length,
        'idempotency-key': newKey(),
        expect: '100-continue',
      },
    })
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      upload.once('response', resolve).once('error', reject).flushHeaders()
    })
    await once(upload, 'continue')
    first.process.signal('SIGTERM')
    await eventually('the door to be shut', async () => {
      const answer = await first.get('/healthz').catch(() => undefined)
      return answer === undefined ? 'shut' : undefined
    })
    // Knocking takes long enough for a runtime that does not wait to be gone.
    for (let knock = 0; knock < 100; knock++)
      await expect(first.get('/healthz')).rejects.toThrow('fetch failed')
    upload.end(body)
    expect((await answered).statusCode).toBe(201)
    expect(await first.process.ended).toBe(0)
    expect(await (await start()).allBatches(first.keys.auditor)).toHaveLength(1)
  })

  it.each(['SIGINT', 'SIGHUP'] as const)(
    'with %s for its whole group, as a terminal does, answers what is under way',
    async (signal) => {
      const first = await start()
      const writes = Array.from({ length: 40 }, (_, index) => newWrite(2 * index, ''))
      const answers = writes.map((write) => send(write, first))
      await Promise.any(answers)
      const engine = await engineIn(dataDir)
      first.process.signalGroup(signal)
      const settled = await Promise.allSettled(answers)
      const answered = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.status] : []))
      expect(new Set(answered)).toEqual(new Set([201]))
      expect(await first.process.ended).toBe(0)
      expect(isRunning(engine)).toBe(false)
    },
  )

  it('while it starts finishes starting and stops, leaving nothing running', async () => {
    const started = launch({ DATA_DIR: dataDir, SEED: 'demo' })
    onTestFinished(started.killBoth)
    const engine = await engineIn(dataDir)
    started.signal('SIGTERM')
    expect(await started.ended).toBe(0)
    expect(isRunning(engine)).toBe(false)
  })
})

it('says that it cannot serve just now, and does not say why, while its engine is gone', async () => {
  const first = await start()
  process.kill(await engineIn(dataDir), 'SIGKILL')
  const answer = await eventually('the engine to be gone', async () => {
    const told = await first.post('/v1/pickups', first.keys.station, aPickup())
    return told.status === 201 ? undefined : told
  })
  expect(problemOf(answer)).toMatchObject({ status: 503, code: 'unavailable' })
  expect(answer.headers.get('retry-after')).toBe('1')
  expect(answer.text).not.toContain('ECONN')
})
