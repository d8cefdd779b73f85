import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { dynamo, tableName } from '../../../functions/adapters/client.ts'
import { keyOf, subjectIn, text, type Item } from '../../../functions/adapters/items.ts'
import { passportKey } from '../../../functions/adapters/keys.ts'
import { localEnvironment } from '../../../infra/local/runtime.ts'
import { fold } from '../../../shared/domain/state/fold.ts'
import { jsonOf } from '../../client.ts'
import { aPickup, aRun, givenPickup } from '../../given.ts'
import { startTestRuntime, temporaryFolder, type TestRuntime } from '../../runtime.ts'
import { eventsIn, wholeTable } from '../../table.ts'
import { command } from './given.ts'

/** `npm run rebuild`: what follows from events is damaged in the table of a running Tidemark, and made anew while it writes. */
let dataDir: string
let runtime: TestRuntime
beforeAll(async () => {
  dataDir = await temporaryFolder()
  runtime = await startTestRuntime({ dataDir, seed: 'demo' })
  const running = z
    .object({ endpoint: z.string() })
    .parse(JSON.parse(await readFile(join(dataDir, 'runtime.json'), 'utf8')))
  localEnvironment(running.endpoint)
}, 60_000)
afterAll(async () => {
  delete process.env['DYNAMODB_ENDPOINT']
  await runtime.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const put = (Item: Item) => dynamo().send(new PutItemCommand({ TableName: tableName(), Item }))
const remove = ({ pk, sk }: Item) =>
  dynamo().send(
    new DeleteItemCommand({ TableName: tableName(), Key: { pk: pk ?? text(''), sk: sk ?? text('') } }),
  )
const rebuild = (...args: readonly string[]) => command('keep/rebuild', dataDir, ...args)

/** One of each: another mass, a lost state, a wrong place in the index, a lost list entry and passport, a link in a journal that is not its own. */
async function damage(): Promise<void> {
  const items = await wholeTable()
  const states = items.filter(({ pk, sk }) => sk?.S === 'STATE' && pk?.S?.startsWith('B#'))
  const [heavier, lost, astray, unseen] = states
  const link = items.find((item) => item['at'] && item['sk']?.S?.startsWith('H#'))
  const entry = items.find(({ sk }) => sk?.S?.startsWith('RUN#'))
  if (!heavier || !lost || !astray || !unseen || !link || !entry)
    throw new Error('the demo story has all of these')
  const lighter = { ...subjectIn(heavier), massGrams: 1 }
  await put({ ...heavier, state: text(JSON.stringify(lighter)), remainingGrams: { N: '999999' } })
  await put({ ...astray, gsi1pk: text('S#nobody#nowhere') })
  await put({ ...link, gsi1pk: text('J#nobody#nowhere'), gsi1sk: text('2026#0') })
  for (const item of [lost, entry, keyOf(passportKey(subjectIn(unseen).id))]) await remove(item)
}

/** The table against the events, by the fold and not by what rebuilds. */
async function expectStatesOfEvents(): Promise<void> {
  const items = await wholeTable()
  const folded = fold(new Map(), eventsIn(items))
  const states = items.filter(({ sk }) => sk?.S === 'STATE').map(subjectIn)
  expect(states.map(({ id }) => id).sort()).toEqual([...folded.keys()].sort())
  for (const state of states) expect(state).toEqual(folded.get(state.id))
}

/** Draws on one batch and enters others, some twenty times or until told to stop; resolves to how many were written. */
async function writing(isOver: () => boolean): Promise<number> {
  const { id } = await givenPickup(runtime)
  let written = 0
  while (!isOver() && written < 20) {
    const charges = [{ batchId: id, massKg: 0.01 }]
    jsonOf(
      await runtime.post(
        '/v1/runs',
        runtime.keys.recycler,
        aRun('', { charges, outputs: [{ massKg: 0.01 }] }),
      ),
    )
    jsonOf(await runtime.post('/v1/pickups', runtime.keys.station, aPickup()))
    written++
  }
  return written
}

describe('npm run rebuild', () => {
  it('finds nothing to do where nothing was damaged', async () => {
    expect(await rebuild('--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(' 0 items differ'),
    })
  })

  it('says what differs and changes nothing in a dry run', async () => {
    await damage()
    const before = await wholeTable()
    const { code, stdout } = await rebuild('--dry-run')
    expect(code).toBe(1)
    for (const what of ['state', 'link', 'list', 'passport']) expect(stdout).toContain(`: ${what}\n`)
    expect(await wholeTable()).toEqual(before)
  })

  it('makes it all anew while others write, and goes on after it was killed', async () => {
    const program = fileURLToPath(new URL('../../../infra/keep/rebuild.ts', import.meta.url))
    let isOver = false
    const written = writing(() => isOver)
    const killed = spawn(process.execPath, [program, '--page', '40'], {
      env: { ...process.env, DATA_DIR: dataDir },
    })
    let told = ''
    killed.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      told += chunk
      if (told.split('\n').length > 2) killed.kill('SIGKILL')
    })
    await once(killed, 'close')
    expect(killed.signalCode).toBe('SIGKILL')
    const resumed = await rebuild('--page', '40')
    isOver = true
    expect(await written).toBeGreaterThan(0)
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining('Goes on after') })
    await expectStatesOfEvents()
    expect(await rebuild()).toMatchObject({ code: 0 })
    expect(await rebuild('--dry-run')).toMatchObject({ code: 0 })
  })
  it('says of a history that has a gap that nothing can be made of it, and leaves it as it is', async () => {
    const link = (await wholeTable()).find((item) => item['at'] && item['sk']?.S === 'H#000002')
    if (!link) throw new Error('the demo story has links')
    await remove(link)
    const state = (await wholeTable()).find(({ pk, sk }) => pk?.S === link['pk']?.S && sk?.S === 'STATE')
    const { code, stdout } = await rebuild()
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining(': history\n') })
    expect(await wholeTable()).toContainEqual(state)
    await put(link)
  })
})
