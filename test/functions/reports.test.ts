import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { massBalanceView } from '../../shared/contract/answers/reports.ts'
import { shipmentView } from '../../shared/contract/answers/custody.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import { sha256OfText, toHex } from '../../shared/ledger/hash.ts'
import { jsonOf, type BatchView } from '../client.ts'
import { aReceipt, aRun, aShipment, givenPickup } from '../given.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'
import { askingFor, AUGUST, day, givenMonth } from './month.ts'

/** What a mass balance says of a month, over HTTP. */
const OTHER = 'zhoushan-coop'

let runtime: TestRuntime
let taken: BatchView
let ask: ReturnType<typeof askingFor>['ask']
let read: ReturnType<typeof askingFor>['read']

beforeAll(async () => {
  runtime = await startTestRuntime()
  taken = (await givenMonth(runtime)).accepted
  ;({ ask, read } = askingFor(runtime))
})
afterAll(async () => runtime?.stop())

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
    expect(Object.values(sender.reasons ?? {})).toEqual(['another truck', 'not on our scale'])
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
