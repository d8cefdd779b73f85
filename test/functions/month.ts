import type * as z from 'zod'
import { shipmentView } from '../../shared/contract/answers/custody.ts'
import { massBalanceView } from '../../shared/contract/answers/reports.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import { jsonOf, type Answer, type BatchView } from '../client.ts'
import { aReceipt, aRun, aShipment, givenPickup } from '../given.ts'
import type { TestRuntime } from '../runtime.ts'

/**
 * What tests of mass balances begin with: a month of two organisations, with moves between sites, a run over several
 * calls, a shipment that loses some and comes back in part, and a mistake that is taken back.
 */
export interface Month {
  /** Of the batches that were shipped, the one that was accepted. */
  readonly accepted: BatchView
}

export const AUGUST = 'from=2026-08-01&to=2026-09-01'

/** Midnight UTC of a day of that month. */
export const day = (n: number): string => new Date(Date.UTC(2026, 7, n)).toISOString()

export async function givenMonth(runtime: TestRuntime): Promise<Month> {
  const { keys, otherKeys, post } = runtime
  const [used, wrong, sent, back] = await Promise.all([
    givenPickup(runtime, { massKg: 100 }),
    givenPickup(runtime, { massKg: 33 }),
    givenPickup(runtime, { massKg: 50 }),
    givenPickup(runtime, { massKg: 20 }),
  ])
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
  return { accepted: sent }
}

/** Mass balances as the auditor asks for them, unless with another key. */
export function askingFor(runtime: TestRuntime): {
  readonly ask: (query: string, key?: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>
  readonly read: (query: string, key?: string) => Promise<z.output<typeof massBalanceView>>
} {
  const ask = (query: string, key = runtime.keys.auditor, headers = {}): Promise<Answer> =>
    runtime.get(`/v1/reports/mass-balance?${query}`, { key, headers })
  return { ask, read: async (query, key) => massBalanceView.parse(jsonOf(await ask(query, key))) }
}
