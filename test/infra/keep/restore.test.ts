import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Item } from '../../../functions/adapters/items.ts'
import { unpacked } from '../../../functions/adapters/packed.ts'
import { ED25519, printVerifierKey, verifierKey } from '../../../shared/ledger/verifier-key.ts'
import { batchOf, jsonOf } from '../../client.ts'
import { aPickup, aRun, aShipment, idOf, outputIdOf } from '../../given.ts'
import { eventually, startTestRuntime, temporaryFolder, type TestRuntime } from '../../runtime.ts'
import { command, tableOf } from './given.ts'

/** `npm run export` and `npm run restore`: the same ledger in another place, to the item. */
let from: string
let work: string
let file: string
let pages: ReadonlyMap<string, unknown>
let pickup: string

beforeAll(async () => {
  ;[from, work] = await Promise.all([temporaryFolder(), temporaryFolder()])
  file = join(work, 'ledger.jsonl')
  const runtime = await startTestRuntime({ dataDir: from, seed: 'demo' })
  try {
    await live(runtime)
    await eventually('all to be in the log', async () =>
      (await command('local/monitor', from)).stdout.includes('all of it is signed') ? true : undefined,
    )
    pages = new Map(await pagesOf(runtime))
  } finally {
    await runtime.stop()
  }
  const { code, stderr } = await command('keep/export', from, '--to', file)
  if (code !== 0) throw new Error(stderr)
}, 120_000)
afterAll(async () => {
  await Promise.all([from, work].map((folder) => rm(folder, { recursive: true, force: true })))
})

/** What the demo story has not: a hold that spread, one that was released, corrections, an erasure, a load on its way. */
async function live({ post, keys }: TestRuntime): Promise<void> {
  const enter = async (changes: object = {}) =>
    batchOf(await post('/v1/pickups', keys.station, aPickup(changes))).id
  const [held, wrong, theirs] = [
    await enter(),
    await enter(),
    await enter({ collector: 'Chen Wu', weigher: 'Ye Mei' }),
  ]
  pickup = held
  const made = outputIdOf(await post('/v1/runs', keys.recycler, aRun(held)))
  jsonOf(await post(`/v1/batches/${held}/hold`, keys.operator, { reason: 'contamination' }))
  jsonOf(await post(`/v1/batches/${made}/hold`, keys.operator, { reason: 'quality' }))
  jsonOf(await post(`/v1/batches/${made}/release`, keys.operator, {}))
  jsonOf(await post(`/v1/events/${wrong}-1/corrections`, keys.station, { reason: 'typed wrong' }))
  idOf(await post('/v1/shipments', keys.station, aShipment([theirs], { driver: 'Chen Wu' })))
  jsonOf(await post('/v1/erasures', keys.operator, { person: 'Chen Wu', reason: 'person-asked' }))
}

async function pagesOf(runtime: TestRuntime): Promise<[string, unknown][]> {
  const ids = (await runtime.allBatches(runtime.keys.auditor)).map(({ id }) => id)
  const read = async (id: string): Promise<[string, unknown]> => [
    id,
    jsonOf(await runtime.get(`/b/${id}?format=json`)),
  ]
  return Promise.all(ids.map(read))
}

/** Why an attribute need not be what it was. */
const MAY_DIFFER: ReadonlyMap<string, string> = new Map([
  ['walked', 'says to the stream that a write has nothing to carry on, and the writes were others'],
  ['barredUntil', 'a bar ends by itself'],
])

/** An item by its key, texts unpacked and read, so that how they were written and packed does not count. */
function comparable(items: readonly Item[]): ReadonlyMap<string, unknown> {
  return new Map(
    items.map((item) => [
      `${item['pk']?.S} ${item['sk']?.S}`,
      Object.fromEntries(
        Object.entries(item).flatMap(([name, value]) =>
          MAY_DIFFER.has(name) ? [] : [[name, value.SS?.toSorted() ?? parsed(unpacked(value)) ?? value]],
        ),
      ),
    ]),
  )
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || !/^[[{]/.test(text)) return text
  return JSON.parse(text)
}

const restored = async (...args: readonly string[]): Promise<string> => {
  const dataDir = join(work, 'restored')
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir)
  await cp(join(from, 'log-keys'), join(dataDir, 'log-keys'), { recursive: true })
  expect(await command('keep/restore', dataDir, file, ...args)).toMatchObject({ code: 0 })
  return dataDir
}

describe('a ledger that was restored', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await restored()
  }, 60_000)

  it('has every item that there was, and no other', async () => {
    const [before, after] = [comparable(await tableOf(from)), comparable(await tableOf(dataDir))]
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort())
    for (const [key, item] of before) expect({ key, item: after.get(key) }).toEqual({ key, item })
    expect([...before.keys()].some((key) => key.startsWith('X#'))).toBe(true)
    expect(
      [...before.values()].filter((item) => JSON.stringify(item).includes('"holds"')).length,
    ).toBeGreaterThan(2)
  })

  it('is what the log says, to the tile', async () => {
    const told = await command('local/monitor', dataDir)
    expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('all of it is signed for') })
  })

  it('goes on where it was, and shows every page as it was', async () => {
    await copyFile(join(from, 'credentials.json'), join(dataDir, 'credentials.json'))
    const runtime = await startTestRuntime({ dataDir })
    try {
      expect(new Map(await pagesOf(runtime))).toEqual(pages)
      const key = runtime.keys.station
      batchOf(await runtime.post('/v1/pickups', key, aPickup()))
      const held = await runtime.post('/v1/runs', runtime.keys.recycler, aRun(pickup))
      expect(held.status).toBe(409)
    } finally {
      await runtime.stop()
    }
  })
})

describe('npm run restore', () => {
  const refused = async (name: string, change: (lines: string[]) => readonly string[]): Promise<string> => {
    const changed = join(work, `${name}.jsonl`)
    const lines = (await readFile(file, 'utf8')).split('\n')
    await writeFile(changed, change(lines).join('\n'))
    const dataDir = join(work, name)
    const { code, stderr } = await command('keep/restore', dataDir, changed)
    expect({ code, made: await tableThere(dataDir) }).toEqual({ code: 1, made: false })
    return stderr
  }
  const tableThere = (dataDir: string): Promise<boolean> =>
    readFile(join(dataDir, 'engine.sqlite')).then(
      () => true,
      () => false,
    )
  const firstEvent = (lines: readonly string[]): number =>
    lines.findIndex((line) => line.startsWith('{"kind":"event"'))

  it('refuses a file of which a byte was changed', async () => {
    const told = await refused('flipped', (lines) =>
      lines.with(
        3,
        (lines[3] ?? '').replace(/[0-9]/, (n) => String((Number(n) + 1) % 10)),
      ),
    )
    expect(told).toContain('the digest')
  })

  it('refuses a file that was cut off', async () => {
    expect(await refused('cut', (lines) => lines.slice(0, -3))).toContain('cut off')
  })

  it('refuses a file in which an event is missing', async () => {
    expect(await refused('missing', (lines) => lines.toSpliced(firstEvent(lines), 1))).toMatch(
      /is not there|not in its place/,
    )
  })

  it('refuses a folder that is not empty', async () => {
    const { code, stderr } = await command('keep/restore', from, file)
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty') })
  })

  it('refuses a log that another key has signed than the one that is asked for', async () => {
    const origin = (await readFile(join(from, 'log-keys', 'origin'), 'utf8')).trim()
    const other = await verifierKey(origin, ED25519, new Uint8Array(32).fill(7))
    if (!other.ok) throw new Error(other.why)
    const told = await command(
      'keep/restore',
      join(work, 'pinned'),
      file,
      '--key',
      printVerifierKey(other.value),
    )
    expect(told).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the checkpoint is not to be trusted'),
    })
  })
})
