import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { givenPickup } from '../given.ts'
import { eventually, runtimeForTests } from '../runtime.ts'
import { fileOf, FOLDER } from './collected.ts'
import { judge } from './global.ts'
import { leaksIn } from './leaks.ts'

/** That the search of all output, after the whole suite, would find what must not be there. */
const REQUEST =
  '{"level":"info","message":"request","at":"2026-11-25T04:00:00.000Z","requestId":"85ce1705-684c-4a3c-8885-2335581c2da9","route":"POST /v1/pickups","status":201,"ms":7}'
const inLog = (field: string): string => REQUEST.replace('"ms":7', `"ms":7,"more":${JSON.stringify(field)}`)
const TOLD = ['陈阿海', 'Ye 1b9d', '浙椒渔12345', '28.271634', 'Lin', 'ab'.repeat(32)]

/** What is found, and a text that has it. */
const FOUND: readonly (readonly [what: string, said: string])[] = [
  ['a key', 'tm_collector_Zm9vYmFyYmF6cXV4'],
  ['a JSON Web Token or Signature', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln'],
  ['an Authorization header', 'authorization: x'],
  ['an Authorization header', 'Bearer abcdefgh'],
  ['a signed link', 'https://b.s3.amazonaws.com/photos/o/x?X-Amz-Signature=ab'],
  ...TOLD.map((value) => [JSON.stringify(value), `said by ${value}.`] as const),
]

describe('the search', () => {
  it.each(FOUND)('finds %s', (what, said) => {
    const text = [REQUEST, inLog(said), REQUEST].join('\n')
    expect(leaksIn(text, TOLD)).toEqual([{ what, line: inLog(said) }])
  })

  it('finds a name in the place of a route, and a key at the end of a line that is not the one of the start', () => {
    const name = REQUEST.replace('/v1/pickups', '/v1/pickups/陈阿海')
    expect(leaksIn(name, TOLD)).toHaveLength(1)
    const link = 'http://127.0.0.1:3000/collect/#key=tm_collector_Zm9vYmFyYmF6cXV4'
    expect(leaksIn(`  Log a pickup      ${link}`, [])).toEqual([])
    expect(leaksIn(`{"to":"${link}"}`, [])).toHaveLength(1)
  })

  it('takes no part of another word or number for what was told', () => {
    expect(leaksIn(inLog('Line 128.2716345 yLin'), TOLD)).toEqual([])
  })
})

describe('the end of the suite', () => {
  const judged = async (files: Readonly<Record<string, string>>): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'tidemark-test-'))
    try {
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
      await judge(folder)
    } finally {
      await rm(folder, { recursive: true })
    }
  }
  const told = { [fileOf('told', '1')]: '"陈阿海"\n' }

  it('passes what is clean, and where nothing was told', async () => {
    await expect(judged({})).resolves.toBeUndefined()
    const clean = judged({ ...told, [fileOf('written', '2')]: `${REQUEST}\n` })
    await expect(clean).resolves.toBeUndefined()
  })

  it('fails where one process wrote what another was told, and where nothing was collected', async () => {
    const leaking = { ...told, [fileOf('written', '2')]: `${REQUEST}\n${inLog('陈阿海')}\n` }
    await expect(judged(leaking)).rejects.toThrow('1 times something private was written')
    await expect(judged(told)).rejects.toThrow('no log of any was collected')
  })

  it('fails a run of tests that all pass, by its exit code', async () => {
    const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
    const config = fileURLToPath(new URL('leaking.config.ts', import.meta.url))
    const run = promisify(execFile)(process.execPath, [vitest, 'run', '--config', config])
    const { code, stdout, stderr } = await run.then(
      (output) => ({ code: 0, ...output }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    )
    expect(stdout).toMatch(/1 passed/)
    expect(stderr).toContain('something private was written')
    expect(code).toBe(1)
  })
})

describe('a runtime of the suite', () => {
  const runtime = runtimeForTests()

  it('is collected with the requests that it served, and tests with the names that they told it', async () => {
    const collector = 'Collected by nobody'
    await givenPickup(runtime, { collector })
    const folder = process.env[FOLDER] ?? ''
    const written = fileOf('written', `${runtime.process.pid}-stdout`)
    const served = await eventually('the line of the request', async () => {
      const lines = await readFile(join(folder, written), 'utf8')
      return lines.includes('"route":"POST /v1/pickups","status":201') || undefined
    })
    expect(served).toBe(true)
    const files = (await readdir(folder)).filter((file) => file.startsWith('told-'))
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
    expect(texts.join('')).toContain(collector)
  })
})
