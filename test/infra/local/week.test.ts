import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestRuntime, type TestRuntime } from '../../runtime.ts'

/** The README's second tour, as a newcomer types it. */
const WEEK = fileURLToPath(new URL('../../../infra/local/week/week.ts', import.meta.url))

const tell = async (environment: Readonly<Record<string, string>>, ...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [WEEK, ...args], {
    env: { ...process.env, ...environment },
  })
  return stdout
}

describe('the week at the plant', () => {
  let runtime: TestRuntime
  let told: string
  beforeAll(async () => {
    runtime = await startTestRuntime({ seed: 'demo' })
    told = await tell({ URL: runtime.url, DATA_DIR: runtime.dataDir })
  }, 90_000)
  afterAll(async () => runtime?.stop())

  it.each([
    ['weighs by gross and tare', '48.6 kg gross in 2 containers of 1.8 kg: 45 kg net'],
    ['counts pieces by the factor of the day', '620 bottles, counted and not weighed, are 12.4 kg'],
    [
      'keeps both weights of a hand-over, for review above 2 %',
      'for review (R16): 120 kg was sent and 116.4 kg received',
    ],
    ['charges a run over three days', '294.2 kg so far'],
    ['cannot make mass', '103 %: refused. 294.2 kg went in'],
    ['refuses a claim that the blend does not carry', 'claimed as "100 % OBP": refused'],
    [
      'records what the blend may claim',
      'Recorded as controlled-blending: 60.434 kg of 150 kg may be claimed',
    ],
    ['shows a recall on the page of what was made', "The floats' public page says so: contamination"],
    ['lets nobody ship what is held', 'Shipping the floats is refused'],
    ['says what must be corrected first', '(RunClosed)'],
    ['says a pickup anew', '5.2 kg instead of 12.4 kg'],
    ['reports the month', '-01 to '],
    ['closes the books', 'The books of huzhou are closed until'],
  ])('%s', (_, sentence) => {
    expect(told).toContain(sentence)
  })

  it('can be told again: what lies in a closed period is booked when it comes', async () => {
    const again = await tell({ URL: runtime.url, DATA_DIR: runtime.dataDir })
    expect(again).toContain('this week came late, and is booked today')
  }, 90_000)
})

it('says in one sentence what is missing where Tidemark does not run', async () => {
  const told = tell({ URL: 'http://127.0.0.1:9', DATA_DIR: '/nowhere' })
  await expect(told).rejects.toThrow('start Tidemark first (npm start)')
})

it('has a help that says what can be set', async () => {
  expect(await tell({}, '--help')).toContain('DATA_DIR')
})
