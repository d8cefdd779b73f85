import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { organisationView } from '../../shared/contract/answers/organisation.ts'
import { jsonOf } from '../client.ts'
import { startInProcess, type InProcess } from '../in-process.ts'

/** The script as an operator of a new deployment runs it, on a table that is there already. */
const SCRIPT = fileURLToPath(new URL('../../infra/first-organisation.ts', import.meta.url))

let world: InProcess
beforeAll(async () => void (world = await startInProcess()))
afterAll(() => world.end())

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const run = (...args: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [SCRIPT, ...args], { env: process.env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })

describe('the first organisation', () => {
  it('is made with a key of its operator, which works at once, and is not made over', async () => {
    const made = await run('--id', 'first-coop', '--en', 'First Co-op', '--zh', '第一合作社')
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const answer = await world.client.get('/v1/organisation', { key: made.stdout.trim() })
    expect(organisationView.parse(jsonOf(answer))).toMatchObject({ id: 'first-coop', role: 'operator' })
    const again = await run('--id', 'first-coop', '--en', 'Other', '--zh', '别的')
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toContain('already')
  })

  it('is refused with what is missing or wrong, and explained on request', async () => {
    expect((await run('--id', 'No Spaces', '--en', 'A', '--zh', '甲')).stderr).toContain('lower-case')
    expect((await run('--id', 'x-coop')).stderr).toContain('missing')
    expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--id') })
  })
})
