import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { organisationView } from '../../shared/contract/answers/organisation.ts'
import { jsonOf } from '../client.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { temporaryFolder } from '../runtime.ts'

/** The host of a deployment, as `npm run sow` makes it in a table that is there. */
const SOW = fileURLToPath(new URL('../../infra/sowing.ts', import.meta.url))
const HOST = { id: 'our-coop', name: { en: 'Our Co-op', zh: '本地合作社' } }

let world: InProcess
let folder: string
beforeAll(async () => {
  world = await startInProcess()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await world.end()
  await rm(folder, { recursive: true, force: true })
})

/** The key that is printed. The process finds the table as the runtime in this process does. */
async function sown(organisation: object): Promise<string> {
  const file = join(folder, 'host.json')
  await writeFile(file, JSON.stringify(organisation))
  const { stdout } = await promisify(execFile)(process.execPath, [SOW, file])
  return /tm_operator_\S+/.exec(stdout)?.[0] ?? ''
}

const whoAmI = async (key: string) =>
  organisationView.parse(jsonOf(await world.client.get('/v1/organisation', { key })))

it('is made with a key of its operator; sown again it gets another, and is not changed', async () => {
  const first = await sown(HOST)
  expect(await whoAmI(first)).toEqual({ ...HOST, isHost: true, role: 'operator', sites: [] })
  const organisations = await world.client.get('/v1/organisations', { key: first })
  expect(organisations.status).toBe(200)
  const second = await sown({ ...HOST, name: { en: 'Theirs', zh: '别人的' } })
  expect(second).not.toBe(first)
  expect(await whoAmI(second)).toEqual(await whoAmI(first))
})
