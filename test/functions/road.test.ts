import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { shipmentView } from '../../shared/contract/answers/custody.ts'
import { massBalanceView, periodView } from '../../shared/contract/answers/reports.ts'
import { jsonOf, type Answer } from '../client.ts'
import { parseCsv } from '../csv.ts'
import { aReceipt, aShipment, givenPickup } from '../given.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'

/** Loads that are not settled, in the books of the site that they left from. */
const AUGUST = 'from=2026-08-01&to=2026-09-01'
const OTHER = 'zhoushan-coop'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await startTestRuntime()
})
afterAll(async () => runtime?.stop())

const day = (n: number): string => new Date(Date.UTC(2026, 7, n)).toISOString()

const ask = (query: string): Promise<Answer> =>
  runtime.get(`/v1/reports/mass-balance?${query}`, { key: runtime.keys.auditor })

const read = async (query: string): Promise<z.output<typeof massBalanceView>> =>
  massBalanceView.parse(jsonOf(await ask(query)))

describe('what is on the road', () => {
  it('stays in the books of the site that it left from, in every later report, until it is settled', async () => {
    const { keys, otherKeys, post } = runtime
    const siteId = 'taizhou-moulding'
    const [first, second] = await Promise.all([
      givenPickup(runtime, { siteId, massKg: 100 }),
      givenPickup(runtime, { siteId, massKg: 20 }),
    ])
    const load = aShipment([first.id, second.id], { siteId, occurredAt: day(10) })
    const { id } = shipmentView.parse(jsonOf(await post('/v1/shipments', keys.station, load)))
    const open = (massKg: number) => ({
      shipmentId: id,
      to: { organisationId: OTHER },
      since: day(10),
      massKg,
    })
    const { report } = await read(`site=${siteId}&${AUGUST}`)
    expect(report.road).toEqual({
      openingKg: 0,
      shippedKg: 120,
      returnedKg: 0,
      arrivedKg: 0,
      closingKg: 120,
    })
    expect(report.exceptions.counts).toMatchObject({ 'open-shipment': 0 })
    const receive = async (batchId: string, massKg: number, n: number): Promise<void> => {
      const receipt = aReceipt([{ batchId, massKg }], { occurredAt: day(n) })
      jsonOf(await post(`/v1/shipments/${id}/receipt`, otherKeys.station, receipt))
    }
    await receive(second.id, 19, 12)
    const later = (await read(`site=${siteId}&from=2026-08-11&to=2026-09-01`)).report
    expect(later.road).toMatchObject({ openingKg: 120, arrivedKg: 20, closingKg: 100 })
    expect([later.opening.onTheRoadKg, later.closing.onTheRoadKg]).toEqual([120, 100])
    expect(later.closing.openShipments).toEqual([open(100)])
    expect(later.exceptions.counts).toMatchObject({ 'open-shipment': 1 })
    expect(later.exceptions.listed).toContainEqual({ kind: 'open-shipment', ...open(100) })
    const csv = parseCsv((await ask(`site=${siteId}&from=2026-08-13&to=2026-09-01&format=csv`)).text)
    const row = ['', OTHER, '', '100', day(10), id, '']
    expect(csv).toContainEqual(['Exceptions', 'Load on the road since before the period', ...row])
    await receive(first.id, 100, 14)
    const settled = (await read(`site=${siteId}&from=2026-08-11&to=2026-09-01`)).report
    expect(settled.road).toMatchObject({ openingKg: 120, arrivedKg: 120, closingKg: 0 })
    expect(settled.closing.openShipments).toEqual([])
    expect(settled.exceptions.counts).toMatchObject({ 'open-shipment': 0 })
  })

  it('is carried over from close to close, until the receiver has it, also where that is dated into a closed one', async () => {
    const siteId = 'jiaojiang'
    const { keys, otherKeys, post } = runtime
    const at = { occurredAt: '2026-07-10T00:00:00.000Z' }
    const batch = await givenPickup(runtime, { ...at, siteId, massKg: 40 })
    const load = aShipment([batch.id], { siteId, occurredAt: '2026-07-20T00:00:00.000Z' })
    const { id } = shipmentView.parse(jsonOf(await post('/v1/shipments', keys.station, load)))
    const open = {
      shipmentId: id,
      to: { organisationId: OTHER },
      since: '2026-07-20T00:00:00.000Z',
      massKg: 40,
    }
    for (const to of ['2026-08-01', '2026-09-01']) {
      const { closing, checks } = periodView.parse(
        jsonOf(await post('/v1/periods', keys.operator, { siteId, to })),
      )
      expect(closing).toMatchObject({ onTheRoadKg: 40, openShipments: [open] })
      expect(checks.map(({ sentence }) => sentence.en)).toContainEqual(
        expect.stringContaining('of what is on the road is never below'),
      )
    }
    const august = await read(`site=${siteId}&${AUGUST}`)
    expect(august.closedAs?.agrees).toBe(true)
    expect(august.report.exceptions.listed).toContainEqual({ kind: 'open-shipment', ...open })
    const before = new Date().toISOString()
    const lines = [{ batchId: batch.id, massKg: 39 }]
    const receipt = aReceipt(lines, { occurredAt: '2026-07-22T00:00:00.000Z' })
    jsonOf(await post(`/v1/shipments/${id}/receipt`, otherKeys.station, receipt))
    expect((await read(`site=${siteId}&${AUGUST}`)).report).toEqual(august.report)
    const { report } = await read(`site=${siteId}&from=${before}`)
    expect(report.road).toEqual({
      openingKg: 40,
      shippedKg: 0,
      returnedKg: 0,
      arrivedKg: 40,
      closingKg: 0,
    })
    expect(report.closing.openShipments).toEqual([])
  })
})
