import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { dynamo } from '../../../functions/adapters/client.ts'
import { LOG_STORE } from '../../../functions/adapters/log.ts'
import { leafIn, readHead, readLatestCheckpoint } from '../../../functions/adapters/log-table.ts'
import type { LogStore } from '../../../functions/log/store.ts'
import { startEngine, type Engine } from '../../../infra/local/engine.ts'
import { ensureLogKeys } from '../../../infra/local/log-keys.ts'
import { ensureTable } from '../../../infra/local/table.ts'
import { wholeTable } from '../../table.ts'
import type { Kept } from './memory.ts'
import { expectEachOnce, step } from './steps.ts'

/** The same steps as in protocol.test.ts, in a real table, with real files and signatures. */
let folder: string
let engine: Engine

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-log-'))
  engine = await startEngine(undefined)
  vi.stubEnv('DYNAMODB_ENDPOINT', engine.endpoint)
  for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local')
})
afterAll(async () => {
  await engine.stop()
  await rm(folder, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

let tables = 0

/** A log in a table and a folder of its own. */
async function newLog(): Promise<Kept> {
  const name = `log-${tables++}`
  await ensureTable(dynamo(), name)
  const { LOG_ORIGIN, LOG_KEY_FOLDER } = await ensureLogKeys(join(folder, name))
  const environment = { TABLE_NAME: name, LOG_ORIGIN, LOG_KEY_FOLDER, LOG_FOLDER: join(folder, name, 'log') }
  for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value)
  const signed: string[] = []
  const store: LogStore = {
    ...LOG_STORE,
    sign: async (head) => {
      const note = await LOG_STORE.sign(head)
      signed.push(note)
      return note
    },
  }
  const inspect: Kept['inspect'] = async () => {
    const leaves = (await wholeTable()).flatMap((item) => leafIn(item) ?? [])
    return {
      head: await readHead(),
      leaves: new Map(leaves.map(({ index, hash }) => [index, hash])),
      newest: await readLatestCheckpoint(),
      signed,
    }
  }
  return { store, inspect }
}

describe('the sequencer, over the engine', () => {
  it('appends each event once, after those that it rests on, whatever fails, comes twice or at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 30, size: 'max' }), async (steps) => {
        const log = await newLog()
        await expectEachOnce(log, steps)
      }),
      { numRuns: 3, endOnFailure: true },
    )
  })
})
