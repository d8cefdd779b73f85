import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { massBalanceView } from '../../shared/contract/answers/reports.ts'
import { shipmentView } from '../../shared/contract/answers/custody.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import { sha256OfText, toHex } from '../../shared/ledger/hash.ts'
import { jsonOf, type Answer, type BatchView } from '../client.ts'
import { parseCsv } from '../csv.ts'
import { aReceipt, aRun, aShipment, givenPickup } from '../given.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/**
 * Mass balances over HTTP: a month of two organisations, with moves between sites, a run over several calls, shipments
 * that lose some and come back in part, and mistakes that are taken back.
 */
type Report = z.output<typeof massBalanceView>

const AUGUST = 'from=2026-08-01&to=2026-09-01'
const OTHER = 'zhoushan-coop'

let runtime: TestRuntime
let taken: BatchView
let rejected: BatchView

beforeAll(async () => {
  runtime = await startTestRuntime()
  const { keys, otherKeys, post } = runtime
  const [used, wrong, sent, back] = await Promise.all([
    givenPickup(runtime, { massKg: 100 }),
    givenPickup(runtime, { massKg: 33 }),
    givenPickup(runtime, { massKg: 50 }),
    givenPickup(runtime, { massKg: 20 }),
  ])
  taken = sent
  rejected = back
  const mistakes = { reason: '=HYPERLINK("https://evil.example","weighed twice")', occurredAt: day(3) }
  jsonOf(await post(`/v1/events/${wrong.id}-1/corrections`, keys.station, mistakes))
  const opened = { step: 'cleaning', siteId: 'huzhou', occurredAt: day(4) }
  const { id: run } = runView.parse(jsonOf(await post('/v1/runs', keys.recycler, opened)))
  const charged = { occurredAt: day(5), charges: [{ batchId: used.id, massKg: 60 }] }
  jsonOf(await post(`/v1/runs/${run}/charges`, keys.recycler, charged))
  const end = { occurredAt: day(6), outputs: [{ massKg: 45 }], losses: { 'wash-loss': 14 } }
  jsonOf(await post(`/v1/runs/${run}/close`, keys.recycler, end))
  const here = { siteId: 'dachen', occurredAt: day(7), charges: [{ batchId: used.id, massKg: 10 }] }
  jsonOf(await post('/v1/runs', keys.recycler, aRun(used.id, here)))
  const load = aShipment([sent.id, back.id], { occurredAt: day(8) })
  const { id: shipment } = shipmentView.parse(jsonOf(await post('/v1/shipments', keys.station, load)))
  const lines = [
    { batchId: sent.id, massKg: 48.5 },
    { batchId: back.id, massKg: 20, accepted: false, reason: 'wet' },
  ]
  const receipt = aReceipt(lines, { occurredAt: day(9) })
  jsonOf(await post(`/v1/shipments/${shipment}/receipt`, otherKeys.station, receipt))
})
afterAll(async () => runtime?.stop())

const day = (n: number): string => new Date(Date.UTC(2026, 7, n)).toISOString()

const ask = (query: string, key = runtime.keys.auditor, headers = {}): Promise<Answer> =>
  runtime.get(`/v1/reports/mass-balance?${query}`, { key, headers })

const read = async (query: string, key?: string): Promise<Report> =>
  massBalanceView.parse(jsonOf(await ask(query, key)))

describe('the mass balance of a site', () => {
  it('says what came in, went out and is left, at the station', async () => {
    const { report } = await read(`site=dachen&${AUGUST}`)
    expect(report.total).toEqual({
      openingKg: 0,
      in: { collectedKg: 170, receivedKg: 0, movedInKg: 0, madeKg: 10, returnedKg: 20 },
      out: { chargedKg: 10, shippedKg: 70, movedOutKg: 60, transitLossKg: 0 },
      closingKg: 60,
    })
    expect(report.customers).toEqual([
      { as: 'returned', organisationId: OTHER, stage: 'collected', massKg: 20 },
      { as: 'shipped', organisationId: OTHER, stage: 'collected', massKg: 70 },
      { as: 'moved-out', siteId: 'huzhou', stage: 'collected', massKg: 60 },
    ])
    expect(report.exceptions.counts).toMatchObject({ correction: 1, difference: 2, late: 0 })
    expect(report.exceptions.listed).toContainEqual(
      expect.objectContaining({ kind: 'difference', batchId: taken.id, sentKg: 50, receivedKg: 48.5 }),
    )
  })

  it('says what was charged, made and lost, at the plant', async () => {
    const { report } = await read(`site=huzhou&${AUGUST}`)
    expect(report.suppliers).toEqual([{ as: 'moved-in', siteId: 'dachen', stage: 'collected', massKg: 60 }])
    expect(report.process).toEqual({
      openingKg: 0,
      chargedKg: 60,
      addedKg: 0,
      madeKg: 45,
      lostKg: 14,
      unaccountedKg: 1,
      closingKg: 0,
    })
    expect(report.losses).toEqual({ runsKg: { 'wash-loss': 14 }, transitKg: 0, unaccountedKg: 1 })
    expect(report.conversions).toEqual([{ step: 'cleaning', runs: 1, inputKg: 60, outputKg: 45 }])
    expect(report.closing.byStageKg).toEqual({ cleaned: 45 })
  })

  it('says what was received and what was missing of it, at the receiver', async () => {
    const { report } = await read(`site=shenjiamen&${AUGUST}`, runtime.otherKeys.auditor)
    expect(report.suppliers).toEqual([
      { as: 'received', organisationId: 'demo-coop', stage: 'collected', massKg: 50 },
    ])
    expect(report.losses.transitKg).toBe(1.5)
    expect(report.closing.byStageKg).toEqual({ collected: 48.5 })
  })

  it('closes with what lies there, at every site of both', async () => {
    for (const key of [runtime.keys.auditor, runtime.otherKeys.auditor]) {
      const batches = await runtime.allBatches(key)
      const { sites } = JSON.parse((await runtime.get('/v1/organisation', { key })).text)
      for (const { id } of sites) {
        const { report } = await read(`site=${id}&from=2015-01-01`, key)
        const there = batches.filter(({ siteId, status }) => siteId === id && status !== 'in-transit')
        const grams = there.reduce((sum, { remainingKg }) => sum + Math.round(remainingKg * 1000), 0)
        expect([id, report.total.closingKg]).toEqual([id, grams / 1000])
      }
    }
  })

  it('goes on where the time before left off, and counts a correction when it was made', async () => {
    const early = await read('site=dachen&from=2026-08-01&to=2026-08-03')
    const late = await read('site=dachen&from=2026-08-03&to=2026-09-01')
    expect(early.report.total.closingKg).toBe(203)
    expect(late.report.opening).toEqual(early.report.closing)
    expect(late.report.total.in.collectedKg).toBe(-33)
    const exactly = await read(`site=dachen&from=${day(3)}&to=2026-08-03T00:00:00.001Z`)
    expect(exactly.report.events).toBe(1)
  })

  it('names the road back when a receipt is taken back, to both sides', async () => {
    const { keys, otherKeys, post } = runtime
    const batch = await givenPickup(runtime, { siteId: 'shitang', massKg: 8 })
    const load = aShipment([batch.id], { siteId: 'shitang', occurredAt: day(10) })
    const shipment = shipmentView.parse(jsonOf(await post('/v1/shipments', keys.station, load)))
    const receipt = aReceipt([{ batchId: batch.id, massKg: 7, accepted: false }], { occurredAt: day(11) })
    jsonOf(await post(`/v1/shipments/${shipment.id}/receipt`, otherKeys.station, receipt))
    expect((await read(`site=shitang&${AUGUST}`)).report.total.in.returnedKg).toBe(8)
    const wrong = { reason: 'another truck', occurredAt: day(12) }
    jsonOf(await post(`/v1/events/${shipment.id}-2/corrections`, otherKeys.station, wrong))
    const { report } = await read(`site=shitang&${AUGUST}`)
    expect([report.total.in.returnedKg, report.total.closingKg]).toEqual([0, 0])
    const accepted = aReceipt([{ batchId: batch.id, massKg: 8 }], { occurredAt: day(13) })
    jsonOf(await post(`/v1/shipments/${shipment.id}/receipt`, otherKeys.station, accepted))
    const undone = { reason: 'not on our scale', occurredAt: day(14) }
    jsonOf(await post(`/v1/events/${shipment.id}-4/corrections`, otherKeys.station, undone))
    const sender = await read(`site=shitang&${AUGUST}`)
    const receiver = await read(`site=shenjiamen&${AUGUST}`, otherKeys.auditor)
    expect(sender.report.closing.openShipments).toMatchObject([{ since: day(14), massKg: 8 }])
    expect(sender.report.exceptions.counts.correction).toBe(2)
    expect(sender.report.total.out.shippedKg).toBe(8)
    expect(receiver.report.total.closingKg).toBe(48.5)
  })

  it('carries its hash, which whoever has the JSON can compute', async () => {
    const answer = jsonOf(await ask(`site=dachen&${AUGUST}`))
    const { sha256 } = massBalanceView.parse(answer)
    const raw: { report: unknown } = JSON.parse((await ask(`site=dachen&${AUGUST}`)).text)
    expect(toHex(await sha256OfText(canonicalJson(raw.report)))).toBe(sha256)
  })

  it('says that it may lag behind the records, and by how much', async () => {
    const before = new Date().toISOString()
    const { asOf, note } = await read(`site=dachen&${AUGUST}`)
    expect(asOf >= before).toBe(true)
    expect(note.en).toContain('asOf')
    expect(note.zh).toContain('asOf')
  })

  it('is of the current month up to now, unless asked otherwise', async () => {
    const now = new Date()
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString()
    const { report } = await read('site=dachen')
    // The month may have turned over in between.
    expect(report.from >= first).toBe(true)
    expect(report.from.slice(8)).toBe('01T00:00:00.000Z')
    expect(report.to >= now.toISOString()).toBe(true)
    expect((await read('site=dachen&to=2026-09-01')).report.from).toBe(day(1))
  })

  it('reads whole loads and long journals, page by page, each event once', async () => {
    const { keys, post } = runtime
    const pickups = await Promise.all(
      Array.from({ length: 40 }, () => givenPickup(runtime, { siteId: 'ruoshan', massKg: 1.001 })),
    )
    const charges = pickups.map(({ id }) => ({ batchId: id, massKg: 1 }))
    const together = { step: 'consolidation', siteId: 'jiaojiang', charges, outputs: [{ massKg: 40 }] }
    jsonOf(await post('/v1/runs', keys.recycler, aRun('', together)))
    const { report } = await read(`site=ruoshan&${AUGUST}`)
    expect(report.events).toBe(41)
    expect(report.total).toMatchObject({
      in: { collectedKg: 40.04 },
      out: { movedOutKg: 40 },
      closingKg: 0.04,
    })
  })
})

describe('as CSV', () => {
  const csv = async (query = '', headers = {}): Promise<Answer> =>
    ask(`site=dachen&${AUGUST}${query}`, runtime.keys.auditor, headers)

  it('comes with format=csv, or to who accepts nothing else, as a file with a name', async () => {
    const asked = await csv('&format=csv')
    const accepting = await csv('', { accept: 'text/csv' })
    for (const { status, headers } of [asked, accepting]) {
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
      expect(headers.get('content-disposition')).toBe(
        'attachment; filename="mass-balance-dachen-2026-08-01-2026-09-01.csv"',
      )
    }
    const both = await csv('', { accept: 'application/json, text/csv' })
    expect(both.headers.get('content-type')).toBe('application/json')
    expect((await csv('&format=json', { accept: 'text/csv' })).text).toContain('"report"')
  })

  it('begins with a byte order mark and says the same as the JSON', async () => {
    const { text, bytes } = await csv('&format=csv')
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const rows = parseCsv(text)
    const { report, sha256 } = await read(`site=dachen&${AUGUST}`)
    const kg = (line: string): number =>
      Number(rows.find((row) => row[1] === line && row[2] === 'All stages')?.[5])
    expect(kg('Closing')).toBe(report.total.closingKg)
    expect(kg('Out: moved to own site')).toBe(report.total.out.movedOutKg)
    expect(rows.map((row) => row[7])).toContain(sha256)
  })

  it('has Chinese titles where they are asked for', async () => {
    const [titles] = parseCsv((await csv('&format=csv&lang=zh')).text)
    expect(titles?.slice(0, 4)).toEqual(['部分', '项目', '阶段', '对方'])
  })

  it('runs no formula that somebody wrote into a reason', async () => {
    const rows = parseCsv((await csv('&format=csv')).text)
    const reason = rows.find((row) => row[1] === 'Correction')?.[8]
    expect(reason).toContain('=HYPERLINK("https://evil.example","weighed twice")')
    for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/^[=+@\t\r]/)
  })
})

describe('a report is refused', () => {
  it.each([
    ['no site', AUGUST, '/site', ['Missing']],
    ['a site that is none', 'site=Dachen!', '/site', ['lower-case letters', 'Given: "Dachen!"']],
    ['a time that is none', 'site=dachen&from=yesterday', '/from', ['ISO 8601', 'Given: "yesterday"']],
    ['a day that there is not', 'site=dachen&to=2026-02-30', '/to', ['Given: "2026-02-30"']],
    ['a format that we have not', 'site=dachen&format=xlsx', '/format', ['"json"|"csv"']],
    ['a language that we have not', 'site=dachen&lang=fr', '/lang', ['"en"|"zh"']],
    ['a word too many', 'site=dachen&month=8', '/month', ['no field "month"']],
    [
      'an end that is its beginning',
      'site=dachen&from=2026-08-01&to=2026-08-01',
      '/from',
      ['begin before it ends'],
    ],
    [
      'an end before its beginning',
      'site=dachen&from=2026-08-02&to=2026-08-01',
      '/from',
      ['2026-08-02T00:00'],
    ],
  ])('with %s', async (_what, query, pointer, says) => {
    expectProblem(await ask(query), { status: 400, code: 'invalid-request', pointer, says })
  })

  it('that ends in the future, saying what time it is', async () => {
    const year = new Date().getUTCFullYear() + 1
    expectProblem(await ask(`site=dachen&to=${year}-01-01`), {
      status: 422,
      code: 'future-time',
      pointer: '/to',
      says: ['it is now'],
    })
  })

  it('of a site that the caller has not, naming those that it has', async () => {
    expectProblem(await ask('site=shenjiamen'), {
      status: 422,
      code: 'unknown-site',
      pointer: '/site',
      says: ['no site shenjiamen', 'dachen, shitang'],
    })
  })

  it('to a collector, and to nobody at all', async () => {
    expectProblem(await ask('site=dachen', runtime.keys.collector), {
      status: 403,
      code: 'role-not-allowed',
      says: ['auditor'],
    })
    expectProblem(await runtime.get('/v1/reports/mass-balance?site=dachen'), {
      status: 401,
      code: 'unauthenticated',
    })
  })

  it('never shows another organisation’s books: the same site name is each one’s own', async () => {
    expect((await ask(`site=dachen&${AUGUST}`, runtime.otherKeys.auditor)).status).toBe(422)
    expect(rejected.organisationId).toBe('demo-coop')
  })
})
