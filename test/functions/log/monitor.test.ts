import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dynamo, tableName } from '../../../functions/adapters/client.ts'
import { keyOf, number, text, type Item } from '../../../functions/adapters/items.ts'
import { leafKey, LOG_CHECKPOINT, LOG_HEAD } from '../../../functions/adapters/keys.ts'
import { storedEvidence } from '../../../functions/adapters/log-audit.ts'
import { leafIn } from '../../../functions/adapters/log-table.ts'
import { packed, unpacked } from '../../../functions/adapters/packed.ts'
import { readItem } from '../../../functions/adapters/read.ts'
import type { Finding } from '../../../functions/log/comparing.ts'
import { monitorLog, rebuildTiles } from '../../../functions/log/monitoring.ts'
import { canonicalJson } from '../../../shared/ledger/canonical.ts'
import { eventHash } from '../../../shared/ledger/hash.ts'
import { aPickup } from '../../given.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'
import { wholeTable } from '../../table.ts'

/** Somebody who can write to the table and to the tiles, and what the monitor says of it. */
let world: InProcess
let items: Item[]

beforeAll(async () => {
  world = await startInProcess('demo')
  await world.client.post('/v1/pickups', world.runtime.credentials.keys.station, aPickup())
  await world.runtime.logged()
  items = await wholeTable()
})
afterAll(() => world.end())

/** An hour from now: whatever is not in the log by then never will be by itself. */
async function findings(): Promise<readonly Finding[]> {
  const evidence = await storedEvidence()
  return (await monitorLog({ ...evidence, now: () => new Date(Date.now() + 3_600_000) })).findings
}

const put = (Item: Item) => dynamo().send(new PutItemCommand({ TableName: tableName(), Item }))
const remove = ({ pk, sk }: Item) =>
  dynamo().send(
    new DeleteItemCommand({ TableName: tableName(), Key: { pk: pk ?? text(''), sk: sk ?? text('') } }),
  )

/** What the monitor finds after a change of the table, which is then taken back. */
async function after(change: () => Promise<unknown>, ...before: readonly Item[]): Promise<string[]> {
  try {
    await change()
    return [...new Set((await findings()).map(({ code }) => code))].sort()
  } finally {
    for (const item of before) await put(item)
    expect(await findings()).toEqual([])
  }
}

type Written = Record<string, unknown> & { readonly data: Record<string, unknown> }

const eventItemOf = (type: string): Item => {
  const found = items.find((item) => item['event'] && textOf(item).includes(`"type":"${type}"`))
  if (!found) throw new Error(`no ${type} was recorded`)
  return found
}
const textOf = (item: Item): string => unpacked(item['event']) ?? ''
const saying = (item: Item, changed: (event: Written) => object): Item => {
  const event: Written = JSON.parse(textOf(item))
  return { ...item, event: packed(canonicalJson(changed(event))) }
}
const one = async (key: Parameters<typeof readItem>[0]): Promise<Item> => {
  const found = await readItem(key)
  if (!found) throw new Error(`there is no ${key.pk} ${key.sk}`)
  return found
}

describe('the monitor finds', () => {
  it('nothing where nobody did anything', async () => {
    expect(await findings()).toEqual([])
  })

  it('a changed gram', async () => {
    const pickup = eventItemOf('PickupRecorded')
    const heavier = saying(pickup, ({ data, ...event }) => ({
      ...event,
      data: { ...data, massGrams: Number(data['massGrams']) + 1 },
    }))
    expect(await after(() => put(heavier), pickup)).toEqual(['changed'])
  })

  it('a changed place, also where the hash beside it was changed too', async () => {
    const pickup = eventItemOf('PickupRecorded')
    const elsewhere = saying(pickup, (event) => ({ ...event, site: 'elsewhere' }))
    const hash = text(await eventHash(JSON.parse(textOf(elsewhere))))
    expect(await after(() => put({ ...elsewhere, hash }), pickup)).toEqual(['changed'])
  })

  it('a deleted event', async () => {
    const pickup = eventItemOf('PickupRecorded')
    // Its item comes back as a new one, which the stream shows to the sequencer: it is in the log already.
    expect(await after(() => remove(pickup), pickup)).toEqual(['missing'])
  })

  it('two events that have changed places', async () => {
    const [first, second] = [eventItemOf('RunOpened'), eventItemOf('RunClosed')]
    const swap = async () => {
      await put({ ...first, pk: second['pk'] ?? text(''), sk: second['sk'] ?? text('') })
      await put({ ...second, pk: first['pk'] ?? text(''), sk: first['sk'] ?? text('') })
    }
    expect(await after(swap, first, second)).toEqual(['moved'])
  })

  it('what is no event where one should be', async () => {
    const pickup = eventItemOf('PickupRecorded')
    expect(await after(() => put({ ...pickup, event: text('{') }), pickup)).toEqual(['missing', 'unreadable'])
  })

  it('a leaf that is not there, and one that is at another place', async () => {
    const leaf = items.find((item) => leafIn(item)?.index === 3n)
    if (!leaf) throw new Error('there is a leaf 3')
    expect(await after(() => remove(leaf), leaf)).toEqual(expect.arrayContaining(['leaf', 'unlogged']))
    expect(await after(() => put({ ...leaf, at: number(4) }), leaf)).toEqual(expect.arrayContaining(['leaf']))
  })

  it('a leaf whose event was put in the place of another, tree and all being as they were', async () => {
    const [a, b] = [3n, 4n].map((index) => items.find((item) => leafIn(item)?.index === index))
    if (!a || !b) throw new Error('there are two leaves')
    const swap = async () => {
      await put({ ...a, at: number(4) })
      await put({ ...b, at: number(3) })
    }
    expect(await after(swap, a, b)).toEqual(expect.arrayContaining(['checkpoint', 'root']))
  })

  it('a log that was rolled back', async () => {
    const head = await one(LOG_HEAD)
    const back = {
      ...head,
      size: head['baseSize'] ?? number(0),
      root: head['baseRoot'] ?? text(''),
      leaves: text(''),
    }
    expect(await after(() => put(back), head)).toEqual(['rolled-back'])
  })

  it('an older checkpoint in the place of the newest', async () => {
    const newest = await one(LOG_CHECKPOINT)
    const sizes = (await readdir(join(world.dataDir, 'log/checkpoint'))).map(Number).sort((a, b) => a - b)
    const older = await readFile(join(world.dataDir, 'log/checkpoint', String(sizes[0])), 'utf8')
    expect(sizes.length).toBeGreaterThan(1)
    expect(await after(() => put({ ...newest, note: text(older) }), newest)).toEqual(['rolled-back'])
  })

  it('a checkpoint that was signed by another key of the same name', async () => {
    const newest = await one(LOG_CHECKPOINT)
    const forged = (newest['note']?.S ?? '').replace(/.{8}\n$/, 'AAAAAA==\n')
    expect(await after(() => put({ ...newest, note: text(forged) }), newest)).toEqual(['checkpoint'])
  })

  it('no checkpoint where there was one', async () => {
    const newest = await one(LOG_CHECKPOINT)
    expect(await after(() => remove(newest), newest)).toEqual(['checkpoint'])
  })

  it.each([
    ['is cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 32)],
    ['has another hash', (bytes: Buffer) => Buffer.concat([Buffer.alloc(32), bytes.subarray(32)])],
    ['is gone', () => undefined],
  ])('a tile that %s', async (_, change) => {
    const { baseSize } = await one(LOG_HEAD)
    const file = join(world.dataDir, 'log/tile/0', `000.p/${Number(baseSize?.N) % 256}`)
    const bytes = await readFile(file)
    const changed = change(bytes)
    try {
      await (changed ? writeFile(file, changed) : rm(file))
      expect((await findings()).map(({ code }) => code)).toEqual(['tile'])
    } finally {
      await writeFile(file, bytes)
    }
    expect(await findings()).toEqual([])
  })

  it('tiles that are all gone, which are made anew from the leaves, and from nothing that does not lead to the root', async () => {
    await rm(join(world.dataDir, 'log/tile'), { recursive: true })
    expect((await findings()).map(({ code }) => code)).toEqual(['tile'])
    const evidence = await storedEvidence()
    const twisted = async () => {
      const { events, leaves } = await evidence.readAll()
      return { events, leaves: leaves.map((leaf) => ({ ...leaf, hash: leaf.hash.replace(/^./, '0') })) }
    }
    await expect(rebuildTiles({ ...evidence, readAll: twisted })).rejects.toThrow('do not lead to')
    await rebuildTiles(evidence)
    expect(await findings()).toEqual([])
  })

  it('an event that was inserted in the past, though the sequencer took it for a new one', async () => {
    const pickup = eventItemOf('RunClosed')
    const forged = saying(pickup, (event) => ({ ...event, id: String(event['id']).replace(/-\d+$/, '-99') }))
    const hash = await eventHash(JSON.parse(textOf(forged)))
    await put({ ...forged, hash: text(hash), sk: text('H#000099') })
    await world.runtime.logged()
    expect(await readItem(leafKey(hash))).toMatchObject(keyOf(leafKey(hash)))
    expect([...new Set((await findings()).map(({ code }) => code))]).toEqual(['inserted'])
  })
})
