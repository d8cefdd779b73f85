import { describe, expect, it } from 'vitest'
import { massBalanceView, periodList } from '../../shared/contract/answers/reports.ts'
import { batchOf, jsonOf } from '../client.ts'
import { aPickup } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'

/** Entries that come in while the periods in which they happened are being closed, by several at once. */
const runtime = runtimeForTests()

const balance = async (from: string, to?: string) => {
  const query = `site=dachen&from=${from}${to === undefined ? '' : `&to=${to}`}`
  const { keys, get } = runtime
  return massBalanceView.parse(jsonOf(await get(`/v1/reports/mass-balance?${query}`, { key: keys.auditor })))
}

const closeUntil = (to: string) =>
  runtime.post('/v1/periods', runtime.keys.operator, { siteId: 'dachen', to })

/** Of a kilogram each, dated all over July and August, later ones first. */
const pickUp = (count: number): Promise<unknown>[] =>
  Array.from({ length: count }, async (_, index) => {
    const occurredAt = new Date(Date.UTC(2026, 6, 62 - (index % 60))).toISOString()
    const body = aPickup({ massKg: 1, occurredAt })
    return batchOf(await runtime.post('/v1/pickups', runtime.keys.station, body))
  })

describe('while periods are being closed', () => {
  it('every entry counts in exactly one of them, and none of them changes', async () => {
    await Promise.all(pickUp(1))
    const months = ['2026-08-01', '2026-08-20', '2026-09-01']
    for (const to of months)
      await Promise.all([...pickUp(20), closeUntil(to), ...pickUp(20), closeUntil(to), ...pickUp(20)])
    await Promise.all(months.map(closeUntil))

    const { keys, get } = runtime
    const { items } = periodList.parse(jsonOf(await get('/v1/periods?site=dachen', { key: keys.auditor })))
    expect(items.at(-1)?.to).toBe('2026-09-01T00:00:00.000Z')
    const [first] = items
    let collectedKg = (await balance(first?.from ?? '', first?.to)).report.total.openingKg
    let before = { to: first?.from, closing: first?.opening }
    for (const { id, from, to, opening, closing, reportSha256 } of items) {
      const { report, closedAs } = await balance(from, to)
      expect(closedAs).toEqual({ periodId: id, reportSha256, agrees: true })
      expect([report.opening, report.closing]).toEqual([opening, closing])
      expect({ to: from, closing: opening }).toEqual(before)
      before = { to, closing }
      collectedKg += report.total.in.collectedKg
    }
    const { report: open } = await balance(items.at(-1)?.to ?? '')
    expect(open.opening).toEqual(items.at(-1)?.closing)
    // What no close held counts since, and is shown as late.
    expect(open.exceptions.counts['late']).toBe(open.total.in.collectedKg)
    expect(collectedKg + open.total.in.collectedKg).toBe(181)
    expect(open.total.closingKg).toBe(181)
  })
})
