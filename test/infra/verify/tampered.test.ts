import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dynamo, tableName } from '../../../functions/adapters/client.ts'
import { hashedEventIn, stringIn, type Item } from '../../../functions/adapters/items.ts'
import { packed } from '../../../functions/adapters/packed.ts'
import { batchOf } from '../../client.ts'
import { enrolledPhone, entryPayload, logSigned } from '../../enrolled.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'
import { newPhoneKey } from '../../phone.ts'
import { wholeTable } from '../../table.ts'
import { run, type Ended } from './processes.ts'

/** Whoever has the whole machine but the reader's copy of the key and of the checkpoint: the real table and the real tiles are changed. */
let world: InProcess
let product: string
let before: readonly Item[]

beforeAll(async () => {
  world = await startInProcess('demo')
  product = world.runtime.story?.product ?? ''
  await world.runtime.logged()
  before = await wholeTable()
  // From now on the reader knows the key, and has a checkpoint.
  const { code, out } = await verify(product)
  if (code !== 0) throw new Error(out)
})
afterAll(() => world.end())

const put = (item: Item) => dynamo().send(new PutItemCommand({ TableName: tableName(), Item: item }))

beforeEach(async () => {
  for (const item of before) if (item['event']) await put(item)
})

const verify = async (id: string, ...args: string[]): Promise<Ended> =>
  run('verify', [`${world.client.url}/b/${id}`, '--folder', join(world.dataDir, 'kept'), ...args])

/** The first event of a type as it is stored, with a part of its text replaced. */
async function tamper(type: string, from: RegExp, to: string): Promise<string> {
  const item = before.find((one) => one['event'] && hashedEventIn(one).event.type === type)
  if (!item) throw new Error(`there is no ${type}`)
  const text = stringIn(item, 'event')
  expect(text).toMatch(from)
  await put({ ...item, event: packed(text.replace(from, to)) })
  return hashedEventIn(item).event.id
}

describe('who changes the table is noticed', () => {
  it('with a gram of a pickup', async () => {
    const event = await tamper('PickupRecorded', /"massGrams":(\d+)/, '"massGrams":1$1')
    const { code, out } = await verify(product)
    expect(code).toBe(1)
    expect(out).toContain('changed-event')
    expect(out).toContain(event)
  })

  it('with the place of a pickup', async () => {
    await tamper('PickupRecorded', /"placeId":"[^"]*"/, '"placeId":"dongtou"')
    expect(await verify(product)).toMatchObject({ code: 1, out: expect.stringContaining('changed-event') })
  })

  it('with a share of origin in what came out of a run', async () => {
    await tamper('RunClosed', /"grams":(\d+)/, '"grams":1$1')
    expect(await verify(product)).toMatchObject({ code: 1, out: expect.stringContaining('changed-event') })
  })
})

describe('who deletes an event from the table is noticed', () => {
  it.each(['PickupRecorded', 'RunCharged', 'RunClosed', 'ProductMade'])('%s', async (type) => {
    const item = before.find((one) => one['event'] && hashedEventIn(one).event.type === type)
    if (!item?.['pk'] || !item['sk']) throw new Error(`there is no ${type}`)
    await dynamo().send(
      new DeleteItemCommand({ TableName: tableName(), Key: { pk: item['pk'], sk: item['sk'] } }),
    )
    const { code, out, err } = await verify(product)
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toMatch(/missing-event|changed-event/)
  })
})

it('who changes the tiles is noticed', async () => {
  const folder = join(world.dataDir, 'log', 'tile', '0')
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((name) => name.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  expect(files.length).toBeGreaterThan(0)
  const contents = await Promise.all(files.map((file) => readFile(file)))
  for (const [at, file] of files.entries())
    await writeFile(
      file,
      (contents[at] ?? Buffer.of()).map((byte) => byte ^ 1),
    )
  expect(await verify(product)).toMatchObject({ code: 1, out: expect.stringContaining('not-in-log') })
  for (const [at, file] of files.entries()) await writeFile(file, contents[at] ?? '')
  expect(await verify(product)).toMatchObject({ code: 0 })
})

describe('what a phone signed', () => {
  it('is checked for its own people, and noticed where the key is another’s or the entry is replaced', async () => {
    const { station, operator } = world.runtime.credentials.keys
    const phone = await enrolledPhone(world.client, station)
    const { id } = batchOf(await logSigned(world.client, phone, entryPayload(world.client)))
    await world.runtime.logged()
    expect((await verify(id)).out).toContain('1 pickups were signed by a phone')
    const file = join(world.dataDir, 'signed.jsonl')
    const { code, out } = await verify(id, '--as', operator, '--save', file)
    expect(code).toBe(0)
    expect(out).toContain(
      '1 of 1 pickups that a phone signed at sea were shown, and their signatures are good.',
    )

    const bundle = await readFile(file, 'utf8')
    const other = await newPhoneKey()
    const changes: readonly (readonly [RegExp, string])[] = [
      [/"x":"[^"]*"/, `"x":"${other.publicKey.x}"`],
      [/"salt":"[^"]*"/, '"salt":"00"'],
      [/"value":"([^".]*)\.[^".]*/, '"value":"$1.e30'],
    ]
    for (const [from, to] of changes) {
      expect(bundle).toMatch(from)
      await writeFile(file, bundle.replace(from, to))
      const tampered = await run('verify', [file, '--folder', join(world.dataDir, 'kept')])
      expect(tampered).toMatchObject({ code: 1, out: expect.stringContaining('wrong-signature') })
    }
  })
})
