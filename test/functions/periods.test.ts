import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { massBalanceView, periodList, periodView } from '../../shared/contract/answers/reports.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf, type Answer, type PostOptions } from '../client.ts'
import { aPickup, aRun, aShipment, givenPickup, newKey } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Closing the books of a site: what was told stays told, and what comes late counts later. */
type Period = z.output<typeof periodView>

const runtime = runtimeForTests()
beforeAll(async () => {
  // All in time: once an organisation has closed a period, what it dates before is booked when it is recorded.
  await onDay('07-10', { siteId: 'shitang' })
  await onDay('07-10', { siteId: 'ruoshan' })
  await onDay('05-01', { siteId: 'huzhou' })
  await onDay('08-01', { siteId: 'taizhou-moulding', massKg: 1 })
})

const close = (siteId: string, to: string, options: PostOptions = {}, key = runtime.keys.operator) =>
  runtime.post('/v1/periods', key, { siteId, to }, options)
const closed = async (siteId: string, to: string): Promise<Period> =>
  periodView.parse(jsonOf(await close(siteId, to)))
const balance = async (site: string, range: string) =>
  massBalanceView.parse(
    jsonOf(
      await runtime.get(`/v1/reports/mass-balance?site=${site}&${range}`, { key: runtime.keys.auditor }),
    ),
  )
const periods = async (query: string, key = runtime.keys.auditor) =>
  periodList.parse(jsonOf(await runtime.get(`/v1/periods${query}`, { key }))).items
const onDay = (day: string, changes: object = {}) =>
  givenPickup(runtime, { occurredAt: `2026-${day}T00:00:00.000Z`, ...changes })

describe('the periods of a site', () => {
  const siteId = 'dachen'
  let first: Period
  let second: Period

  beforeAll(async () => {
    await onDay('07-03', { massKg: 100 })
    await onDay('08-02', { massKg: 20 })
    const { id } = await onDay('07-05', { massKg: 30 })
    const used = aRun(id, { siteId: 'jiaojiang', occurredAt: '2026-08-03T00:00:00.000Z' })
    jsonOf(await runtime.post('/v1/runs', runtime.keys.recycler, used))
    first = await closed(siteId, '2026-08-01')
    second = await closed(siteId, '2026-09-01')
  })

  it('begin with the first entry and follow on each other: each opens with what the last closed with', () => {
    expect(first).toMatchObject({ from: '2026-07-03T00:00:00.000Z', to: '2026-08-01T00:00:00.000Z' })
    expect(first.opening.byStageKg).toEqual({})
    expect(first.closing.byStageKg).toEqual({ collected: 130 })
    expect(second).toMatchObject({ from: first.to, to: '2026-09-01T00:00:00.000Z', opening: first.closing })
    expect(second.closing.byStageKg).toEqual({ collected: 140 })
    expect(first.checks.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual(['R12 pass', 'R12 pass'])
  })

  it('are listed to the auditor, by site', async () => {
    const ids = (await periods(`?site=${siteId}`)).map(({ id }) => id)
    expect(ids).toEqual([first.id, second.id])
    expect(await periods('?site=shitang')).toEqual([])
  })

  it('cannot be closed twice, nor in part', async () => {
    for (const to of ['2026-09-01', '2026-08-15']) {
      expectProblem(await close(siteId, to), {
        status: 409,
        code: 'period-closed',
        pointer: '/to',
        says: [`Site ${siteId} is closed until 2026-09-01`, to],
      })
    }
    expect(await periods(`?site=${siteId}`)).toHaveLength(2)
  })

  it('never change: what is dated into them afterwards counts when it was recorded, and is shown as late', async () => {
    const told = await balance(siteId, `from=${first.from}&to=${first.to}`)
    expect(told.closedAs).toEqual({ periodId: first.id, reportSha256: first.reportSha256, agrees: true })
    const before = new Date().toISOString()
    const late = await onDay('07-20', { massKg: 7 })
    expect(await balance(siteId, `from=${first.from}&to=${first.to}`)).toEqual({
      ...told,
      asOf: expect.any(String),
    })
    const { report } = await balance(siteId, `from=${before}`)
    expect(report.opening.byStageKg).toEqual(second.closing.byStageKg)
    expect(report.total).toMatchObject({ in: { collectedKg: 7 }, closingKg: 147 })
    const noted = report.exceptions.listed.flatMap((one) => (one.kind === 'late' ? [one] : []))
    expect(noted).toMatchObject([{ event: `${late.id}-1`, occurredAt: '2026-07-20T00:00:00.000Z' }])
    expect(noted[0]?.bookedAt).toBe(noted[0]?.recordedAt)
    expect(noted[0]?.bookedAt.localeCompare(before)).toBe(1)
  })

  it('never change by a correction either: it counts when it was made', async () => {
    const { id } = await onDay('09-02', { massKg: 5 })
    const third = await closed(siteId, '2026-10-01')
    const before = new Date().toISOString()
    const wrong = { reason: 'weighed twice' }
    jsonOf(await runtime.post(`/v1/events/${id}-1/corrections`, runtime.keys.station, wrong))
    const told = await balance(siteId, `from=${third.from}&to=${third.to}`)
    expect(told.closedAs?.agrees).toBe(true)
    expect(told.report.closing).toEqual(third.closing)
    const { report } = await balance(siteId, `from=${before}`)
    expect(report.total.in.collectedKg).toBe(-5)
    expect(report.exceptions.counts).toMatchObject({ correction: 1 })
  })
})

describe('a close', () => {
  it('that is sent again gets its first answer, also where it would be refused now; with another end it is refused', async () => {
    const options = { idempotencyKey: newKey() }
    const once = await close('shitang', '2026-08-01', options)
    expect(once.status).toBe(201)
    const again = await close('shitang', '2026-08-01', options)
    expect([again.status, again.text]).toEqual([once.status, once.text])
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expectProblem(await close('shitang', '2026-08-02', options), {
      status: 422,
      code: 'idempotency-key-reused',
    })
    expect(await periods('?site=shitang')).toHaveLength(1)
  })

  it('of many at the same time is made once, also where they differ', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => close('ruoshan', '2026-08-01')))
    const answered = (wanted: number) => answers.filter(({ status }) => status === wanted)
    expect([answered(201).length, answered(409).length]).toEqual([1, 5])
    const ends = ['2026-08-10', '2026-08-20', '2026-08-30']
    await Promise.all(ends.map((to) => close('ruoshan', to)))
    const made = await periods('?site=ruoshan')
    expect(made.at(-1)?.to).toBe('2026-08-30T00:00:00.000Z')
    made.slice(1).forEach(({ from, opening }, index) => {
      expect({ from, opening }).toEqual({ from: made[index]?.to, opening: made[index]?.closing })
    })
  })

  it('may be three months long, and not an instant longer', async () => {
    const long = await close('huzhou', '2026-08-01T00:00:00.001Z')
    const problem = expectProblem(long, { status: 422, code: 'check-failed', pointer: '/to' })
    expect(problem.rule).toMatchObject({ id: 'R12', zh: expect.stringContaining('3 个月') })
    expect(problem.detail).toContain('at most 3 months')
    expect(await periods('?site=huzhou')).toEqual([])
    expect((await closed('huzhou', '2026-08-01')).from).toBe('2026-05-01T00:00:00.000Z')
  })

  it('is not in the way of what came late: what is made of it counts no earlier', async () => {
    const site = { siteId: 'taizhou-moulding' }
    await closed(site.siteId, '2026-08-02')
    const recorded = new Date().toISOString()
    const late = await onDay('07-30', { ...site, massKg: 50 })
    const body = aRun(late.id, { ...site, occurredAt: '2026-10-05T00:00:00.000Z' })
    const { id } = runView.parse(jsonOf(await runtime.post('/v1/runs', runtime.keys.recycler, body)))
    const { closing } = await closed(site.siteId, '2026-11-01')
    expect(closing.byStageKg).toEqual({ collected: 1 })
    const { report } = await balance(site.siteId, `from=2026-11-01&to=${await afterNow()}`)
    const listed = report.exceptions.listed.flatMap((one) => (one.kind === 'late' ? [one] : []))
    expect(listed.map(({ event }) => event)).toEqual([`${late.id}-1`, `${id}-2`, `${id}-3`])
    for (const { bookedAt } of listed) expect(bookedAt >= recorded).toBe(true)
  })

  it.each([
    ['in the future', { to: '2999-01-01' }, 422, 'future-time', '/to', 'it is now'],
    ['before anything was there', { to: '2020-01-01' }, 422, 'time-order', '/to', 'Nothing was recorded'],
    ['at a time that is none', { to: 'soon' }, 400, 'invalid-request', '/to', 'Given: "soon"'],
    ['without an end', { to: undefined }, 400, 'invalid-request', '/to', 'Missing'],
    ['of a site of others', { siteId: 'shenjiamen' }, 422, 'unknown-site', '/siteId', 'it has: dachen'],
  ])('%s is refused', async (_what, changes, status, code, pointer, words) => {
    const before = await periods('')
    const body = { siteId: 'jiaojiang', to: '2026-08-01', ...changes }
    const answer = await runtime.post('/v1/periods', runtime.keys.operator, body)
    expectProblem(answer, { status, code, pointer, says: [words] })
    expect(await periods('')).toEqual(before)
  })

  it('is for the operator, who answers for the books, and nobody else', async () => {
    const { auditor, collector, station, recycler, brand } = runtime.keys
    for (const key of [auditor, collector, station, recycler, brand]) {
      const refusal: Answer = await close('jiaojiang', '2026-08-01', {}, key)
      expectProblem(refusal, { status: 403, code: 'role-not-allowed' })
    }
    expectProblem(await close('jiaojiang', '2026-08-01', {}, 'nobody'), {
      status: 401,
      code: 'unauthenticated',
    })
    expectProblem(await runtime.get('/v1/periods', { key: runtime.keys.collector }), {
      status: 403,
      code: 'role-not-allowed',
    })
  })

  it('is seen by its own organisation only', async () => {
    expect((await periods('')).length).toBeGreaterThan(0)
    expect(await periods('', runtime.otherKeys.auditor)).toEqual([])
  })

  it('leaves nothing out that was collected and sent away before it', async () => {
    const at = { siteId: 'shenjiamen', occurredAt: '2026-09-01T00:00:00.000Z' }
    const { station, operator } = runtime.otherKeys
    const { id } = batchOf(await runtime.post('/v1/pickups', station, aPickup(at)))
    const load = aShipment([id], { ...at, to: { organisationId: 'demo-coop', siteId: 'huzhou' } })
    jsonOf(await runtime.post('/v1/shipments', station, load))
    const body = { siteId: 'shenjiamen', from: '2026-09-15', to: '2026-10-01' }
    expectProblem(await runtime.post('/v1/periods', operator, body), {
      status: 422,
      code: 'time-order',
      pointer: '/from',
      says: ['had material before 2026-09-15'],
    })
  })

  it('begins with the first entry that stands, however long ago a mistyped year was that was taken back', async () => {
    const site = { siteId: 'jiaojiang' }
    const { id } = await onDay('07-20', { ...site, massKg: 7, occurredAt: '2015-07-20T00:00:00.000Z' })
    const honest = await onDay('07-20', site)
    const from = (day: string | undefined, to = '2026-08-01') =>
      runtime.post('/v1/periods', runtime.keys.operator, { ...site, from: day, to })
    expectProblem(await from(undefined), {
      status: 422,
      code: 'check-failed',
      pointer: '/to',
      says: ['at most 3 months', `${id}-1 of 2015-07-20`, 'correct it', 'Else close'],
    })
    expectProblem(await from('2026-07-20'), { status: 422, code: 'time-order', says: [`${id}-1`] })
    jsonOf(await runtime.post(`/v1/events/${id}-1/corrections`, runtime.keys.station, { reason: 'the year' }))
    expectProblem(await from('2026-07-25'), {
      status: 422,
      code: 'time-order',
      pointer: '/from',
      says: ['had material before 2026-07-25', `${honest.id}-1 of 2026-07-20`, 'Begin', 'correct it'],
    })
    const made = periodView.parse(jsonOf(await from(undefined)))
    expect([made.from, made.opening.byStageKg]).toEqual(['2026-07-20T00:00:00.000Z', {}])
    // A mistake counts until its correction, and both in these books.
    expect(made.closing.byStageKg).toEqual({ collected: 107 })
    const told = await balance(site.siteId, 'from=2026-07-20&to=2026-08-01')
    expect(told.closedAs?.agrees).toBe(true)
    expect(told.report.exceptions.counts).toMatchObject({ late: 1 })
    expect(told.report.total.in.collectedKg).toBe(107)
    const { report } = await balance(site.siteId, `from=2026-08-01&to=${await afterNow()}`)
    expect(report.total.in.collectedKg).toBe(-7)
    expect(report.opening).toEqual(made.closing)
    expectProblem(await from('2026-07-25', '2026-08-10'), {
      status: 409,
      code: 'period-closed',
      pointer: '/from',
      says: ['its next period begins then'],
    })
  })
})

/** An instant later than what was just recorded: a report ends before its last one. */
async function afterNow(): Promise<string> {
  const now = new Date().toISOString()
  while (new Date().toISOString() === now) await new Promise((resolve) => setImmediate(resolve))
  return new Date().toISOString()
}
