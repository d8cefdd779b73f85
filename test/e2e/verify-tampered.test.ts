import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, it } from 'vitest'
import { dynamo, tableName } from '../../functions/adapters/client.ts'
import { text, type Item } from '../../functions/adapters/items.ts'
import { eventKey, LOG_CHECKPOINT, passportKey, type Key } from '../../functions/adapters/keys.ts'
import { loadTiles, putTiles } from '../../functions/adapters/log-objects.ts'
import { signTree } from '../../functions/adapters/log-signer.ts'
import { packed, unpacked } from '../../functions/adapters/packed.ts'
import { readItem } from '../../functions/adapters/read.ts'
import { parseCheckpoint, signCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { partialTiles } from '../../shared/ledger/merkle/tile.ts'
import { EMPTY_EDGE, frontierOf, growTiles, hashesOf } from '../../shared/ledger/merkle/tiles.ts'
import { rootOf } from '../../shared/ledger/merkle/tree.ts'
import { parseNote, printNote } from '../../shared/ledger/note.ts'
import { aLog } from '../shared/ledger/signers.ts'
import { passportIn } from '../table.ts'
import { violationsOn } from './axe.ts'
import { verifying } from './verifying.ts'

/** What a reader sees who has the story checked, where somebody has tampered with the table, the log or what is sent. */
const { here, product, page, open, verified, alerted, recordPickup, repair } = verifying()

async function changeItem(key: Key, change: (item: Item) => Item): Promise<void> {
  const item = await readItem(key)
  if (!item) throw new Error(`there is nothing at ${key.pk}`)
  const put = (Item: Item) => dynamo().send(new PutItemCommand({ TableName: tableName(), Item }))
  repair(() => put(item))
  await put(change(item))
}

const checkpointText = async (): Promise<string> => (await here().client.get('/log/checkpoint')).text

async function sizeOfLog(): Promise<bigint> {
  const note = parseNote(await checkpointText())
  const read = note.ok ? parseCheckpoint(note.value.text) : note
  if (!read.ok) throw new Error(read.why)
  return read.value.size
}

const showCheckpoint = (note: string): Promise<void> =>
  changeItem(LOG_CHECKPOINT, (item) => ({ ...item, note: text(note) }))

/** Changes what the server sends on its way to the browser. */
async function changeLines(change: (lines: string[]) => string[]): Promise<void> {
  await page().route('**/proof*', async (route) => {
    const response = await route.fetch()
    const lines = (await response.text()).trimEnd().split('\n')
    await route.fulfill({ response, body: `${change(lines).join('\n')}\n` })
  })
}

describe('what was tampered with', () => {
  const pickupOf = async (): Promise<string> => {
    const line = (await here().client.get(`/b/${product()}/proof`)).text
      .split('\n')
      .find((one) => one.includes('PickupRecorded'))
    const { id }: { id: string } = JSON.parse(line ?? '{}')
    return id
  }
  const changeEvent = async (event: string, change: (canonical: string) => string): Promise<void> =>
    changeItem(eventKey(event), (item) => ({
      ...item,
      event: packed(change(unpacked(item['event']) ?? '')),
    }))

  it('is found where the table has a gram more', async () => {
    const event = await pickupOf()
    await changeEvent(event, (canonical) =>
      canonical.replace(/"massGrams":(\d+)/, (_, grams: string) => `"massGrams":${Number(grams) + 1}`),
    )
    await open()
    await verified()
    expect(await alerted()).toContain('A record was changed after it was entered.')
    expect(await alerted()).toContain(event)
    expect(await violationsOn(page())).toEqual([])
  })

  it('is found where the table has another place', async () => {
    const event = await pickupOf()
    await changeEvent(event, (canonical) => canonical.replace(/"placeId":"[^"]*"/, '"placeId":"shengsi"'))
    await open('zh')
    await verified()
    expect(await alerted()).toContain('有一条记录在登记之后被改动。')
    expect(await alerted()).toContain(event)
  })

  it('is found where an entry commits to another position, or photo, than it did', async () => {
    const event = await pickupOf()
    await changeEvent(event, (canonical) =>
      canonical.replace(/"sealed":\{"(\w+)":"[0-9a-f]{64}"/, `"sealed":{"$1":"${'0'.repeat(64)}"`),
    )
    await open()
    await verified()
    expect(await alerted()).toContain('A record was changed after it was entered.')
  })

  it('is found where a record was left out', async () => {
    const event = await pickupOf()
    await changeLines((lines) => lines.filter((line) => !line.includes(`"id":"${event}"`)))
    await open()
    await verified()
    expect(await alerted()).toContain('A record is missing')
    expect(await alerted()).toContain(event.slice(0, 13))
  })

  it('is found where what is sent ends early', async () => {
    await changeLines((lines) => lines.slice(0, -1))
    await open()
    await verified()
    expect(await alerted()).toContain('incomplete or damaged')
  })

  it('is found where another key has signed the log, of the same name', async () => {
    const note = parseNote(await checkpointText())
    if (!note.ok) throw new Error(note.why)
    const [name = ''] = note.value.text.split('\n')
    const { key, sign } = await aLog(name)
    const signature = await signCheckpoint(note.value.text, key, sign)
    await showCheckpoint(printNote({ text: note.value.text, signatures: [signature] }))
    await open()
    await verified()
    expect(await alerted()).toContain('not that of the key that this program knows')
  })

  it('is found where the key was swapped in the program too, by what this browser has kept', async () => {
    await open()
    await verified()
    const note = parseNote(await checkpointText())
    if (!note.ok) throw new Error(note.why)
    const [name = ''] = note.value.text.split('\n')
    const { key, sign } = await aLog(name)
    const before = printNote({
      text: note.value.text,
      signatures: [await signCheckpoint(note.value.text, key, sign)],
    })
    const keep = (kept: string) =>
      page().evaluate(
        ([log, value]) => {
          localStorage.setItem(`tidemark log ${log}`, value)
        },
        [name, kept] as const,
      )
    const kept = JSON.stringify({ note: before, at: '2026-09-01T00:00:00.000Z' })
    await keep(kept)
    await verified()
    expect(await alerted()).toContain('This is another log than the one that this browser saw before.')
    expect(await page().evaluate((log) => localStorage.getItem(`tidemark log ${log}`), name)).toBe(kept)
  })

  it('is found where the log signs another history of the same length', async () => {
    await open()
    await verified()
    const size = await sizeOfLog()
    const [tile] = partialTiles(size)
    if (!tile) throw new Error('the log is in one tile')
    const leaves = hashesOf(tile, (await loadTiles([tile]))[0])
    if (!leaves.ok) throw new Error(leaves.why)
    const { edge, tiles } = await growTiles(EMPTY_EDGE, [
      Uint8Array.from(randomBytes(32)),
      ...leaves.value.slice(1),
    ])
    const honest = await growTiles(EMPTY_EDGE, leaves.value)
    repair(() => putTiles(honest.tiles))
    await putTiles(tiles)
    await showCheckpoint(await signTree({ size, root: await rootOf(await frontierOf(edge)) }))
    await verified()
    expect(await alerted()).toContain('The log has signed two different histories.')
  })

  it('is found where the log forgot what this browser saw', async () => {
    const earlier = await checkpointText()
    await recordPickup()
    await open()
    await verified()
    await showCheckpoint(earlier)
    await verified()
    expect(await alerted()).toContain('The log is shorter than when this browser last saw it')
  })

  it('is found where a tile is cut short that the growth is proven by', async () => {
    await open()
    await verified()
    await recordPickup()
    await page().route('**/log/tile/**', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.body()).subarray(0, -32) })
    })
    await verified()
    expect(await alerted()).toContain('The log is not the one that this browser saw before')
  })

  it('is found where the page says more than the records', async () => {
    await changeItem(passportKey(product()), (item) => {
      const passport = passportIn(item)
      const [first, second, ...others] = passport.origins
      if (!first || !second) throw new Error('there are several places')
      const origins = [
        { ...first, grams: first.grams + 5000 },
        { ...second, grams: second.grams - 5000 },
        ...others,
      ]
      return { ...item, passport: { B: gzipSync(JSON.stringify({ ...passport, origins })) } }
    })
    await open()
    await verified()
    expect(await alerted()).toContain('This page says something else than the records.')
    expect(await page().locator('.told tr.off').count()).toBe(2)
    expect(await violationsOn(page())).toEqual([])
  })

  it('is not blamed on the records where the page is of an earlier state', async () => {
    await open()
    await here().client.post(`/v1/batches/${product()}/hold`, here().runtime.credentials.keys.operator, {
      reason: 'quality',
    })
    await here().runtime.logged()
    expect(await verified()).toContain('another state of this batch than this page')
  })
})
