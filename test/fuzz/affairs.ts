import { shipmentView } from '../../shared/contract/answers/custody.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf } from '../client.ts'
import { aPickup, aRun, aShipment, givenPickup, givenRun } from '../given.ts'
import type { TestRuntime } from '../runtime.ts'

/** What an organisation has, and words by which anything of it can be told in an answer. */
export interface Affair {
  readonly ids: readonly string[]
  readonly marks: readonly string[]
}

/** Of two organisations that have nothing to do with each other, but for one load that ours sent to theirs. */
export interface Affairs {
  readonly mine: Affair
  readonly theirs: Affair
  readonly sites: readonly string[]
}

const COLLECTOR = 'Collector Whom Nobody Knows'
const VESSEL = 'VESSEL-OF-THEIRS'

export async function givenTwoAffairs(runtime: TestRuntime): Promise<Affairs> {
  const pickup = await givenPickup(runtime)
  const sorted = await givenRun(runtime, 'sorting', pickup.id, 60)
  const load = aShipment([(await givenPickup(runtime, { massKg: 20 })).id])
  const shipment = shipmentView.parse(jsonOf(await runtime.post('/v1/shipments', runtime.keys.station, load)))
  const { post, otherKeys } = runtime
  const body = aPickup({ siteId: 'shenjiamen', collector: COLLECTOR, vessel: VESSEL, form: 'net' })
  const theirs = batchOf(await post('/v1/pickups', otherKeys.station, body))
  const charges = [{ batchId: theirs.id, massKg: 40 }]
  const opened = aRun(theirs.id, { siteId: 'shenjiamen', charges, outputs: [{ massKg: 40 }] })
  const run = runView.parse(jsonOf(await post('/v1/runs', otherKeys.recycler, opened)))
  const ids = [theirs.id, run.id, ...run.outputs.map(({ id }) => id)]
  return {
    mine: { ids: [pickup.id, sorted.id, shipment.id, `${pickup.id}-1`], marks: [] },
    theirs: { ids: [...ids, `${theirs.id}-1`], marks: [...ids, COLLECTOR, VESSEL] },
    sites: ['dachen', 'jiaojiang', 'huzhou', 'shenjiamen', 'zhoushan-coop', 'demo-coop'],
  }
}
