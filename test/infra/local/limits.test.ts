import { afterAll, describe, expect, it } from 'vitest'
import { signInAs } from '../../../infra/local/issuer/signing-in.ts'
import { problemOf, type Answer } from '../../client.ts'
import { enrolledPhone, entryPayload, sendEntry, signedEntry } from '../../enrolled.ts'
import { startTestRuntime, type TestRuntime } from '../../runtime.ts'

/** Limits as small as can be, at a runtime of its own for each, so that no clock decides. */
const started: TestRuntime[] = []
afterAll(async () => {
  for (const runtime of started) await runtime.stop()
})

async function start(environment: Readonly<Record<string, string>>): Promise<TestRuntime> {
  const runtime = await startTestRuntime({ environment })
  started.push(runtime)
  return runtime
}

/** All refusals among many requests sent at once. */
async function refusals(count: number, send: () => Promise<Answer>): Promise<Answer[]> {
  const answers = await Promise.all(Array.from({ length: count }, send))
  return answers.filter(({ status }) => status === 429)
}

describe('the limit', () => {
  it('of a caller refuses what is too much with 429 and Retry-After, and nobody else for it', async () => {
    const { get, keys } = await start({ CALLER_LIMIT: '0.001/5' })
    const refused = await refusals(20, () => get('/v1/batches', { key: keys.auditor }))
    expect(refused).toHaveLength(15)
    expect(problemOf(refused[0] ?? (await get('/'))).code).toBe('too-many-requests')
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await get('/v1/batches', { key: keys.brand })).status).toBe(200)
  })

  it('of a caller holds for a device too, whoever brings what it has signed', async () => {
    const runtime = await start({ CALLER_LIMIT: '0.001/5' })
    const phone = await enrolledPhone(runtime, runtime.keys.station)
    const payload = entryPayload(runtime)
    const entry = await signedEntry(phone, payload)
    expect(await refusals(20, () => sendEntry(runtime, payload.id, entry))).toHaveLength(15)
  })

  it('of a caller holds for a person who has signed in and belongs to no organisation', async () => {
    const runtime = await start({ CALLER_LIMIT: '0.001/5' })
    const { accessToken } = await signInAs('demo-newcomer', runtime.url)
    const code = `ti_${'0'.repeat(32)}`
    const guess = (): Promise<Answer> => runtime.post('/v1/invitations/accept', accessToken, { code })
    expect(await refusals(20, guess)).toHaveLength(15)
  })

  it('of an address holds for pages and for callers that are nobody alike', async () => {
    const { get } = await start({ ADDRESS_LIMIT: '0.001/40' })
    const refused = await refusals(60, () => get('/v1/batches', { key: 'tm_station_guessed' }))
    expect(refused.length).toBeGreaterThanOrEqual(20)
    const page = await get('/collect/')
    expect([page.status, problemOf(page).code]).toEqual([429, 'too-many-requests'])
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
