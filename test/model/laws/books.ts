import type { Batch } from '../../../shared/domain/state/batch.ts'
import { eventId } from '../../../shared/domain/ids.ts'
import type { Run } from '../../../shared/domain/state/run.ts'
import type { Shipment } from '../../../shared/domain/state/shipment.ts'
import { batchesOf, runsOf, shipmentsOf } from '../known.ts'
import { countedFrom, type Counted } from './counted.ts'
import type { Evidence } from './evidence.ts'
import { ofType } from './standing.ts'

/** The books of every batch, run and shipment, counted again from standing events by plain sums. */
export function bookComplaints(evidence: Evidence): string[] {
  const counted = countedFrom(evidence.standing)
  const charges = Map.groupBy(ofType(evidence.standing, 'RunCharged'), ({ data }) => data.run)
  const opened = new Set(ofType(evidence.standing, 'RunOpened').map(({ data }) => data.run))
  const closings = new Map(ofType(evidence.standing, 'RunClosed').map(({ data }) => [data.run, data]))
  return [
    ...batchesOf(evidence).flatMap((batch) => batchComplaints(batch, counted, evidence)),
    ...runsOf(evidence).flatMap((run) => {
      const closing = closings.get(run.id)
      const sequences = (charges.get(run.id) ?? []).map(({ id }) => id)
      return complaintsAbout(run.id, [
        ['pool', run.pool.massGrams, counted.pools.get(run.id) ?? 0],
        ['status', run.status, opened.has(run.id) ? (closing ? 'closed' : 'open') : 'void'],
        ['charges', chargesOf(run), sequences.join()],
        ['outputs', idsOf(run.outputs), idsOf(closing?.outputs ?? [])],
      ])
    }),
    ...shipmentsOf(evidence).flatMap(shipmentComplaints),
  ]
}

const chargesOf = ({ id, chargeSequences }: Run): string =>
  chargeSequences.map((sequence) => eventId(id, sequence)).join()

const idsOf = (outputs: readonly { readonly batch: string }[]): string =>
  outputs.map(({ batch }) => batch).join()

function shipmentComplaints({ id, status, lines }: Shipment): string[] {
  const settled = lines.filter((line) => line.settled !== undefined).length
  const fits = status === 'void' ? settled === 0 : (settled === lines.length) === (status === 'received')
  return fits ? [] : [`${id} is ${status} with ${settled} of ${lines.length} lines settled`]
}

function batchComplaints(batch: Batch, counted: Counted, { lineage }: Evidence): string[] {
  const { id, remaining } = batch
  const made = counted.made.get(id)
  const lost = counted.lost.get(id) ?? 0
  const remainingGrams = (made ?? 0) - (counted.taken.get(id) ?? 0) - lost
  const shipment = counted.away.get(id)
  const status =
    made === undefined ? 'void' : shipment ? 'in-transit' : remainingGrams === 0 ? 'used-up' : 'active'
  const claims = [...(counted.claims.get(id) ?? [])].filter(([, grams]) => grams !== 0)
  return complaintsAbout(id, [
    ['mass', batch.massGrams, made ?? 0],
    ['remaining', batch.remainingGrams, remainingGrams],
    ['lost', batch.lostGrams, lost],
    ['status', batch.status, status],
    ['shipment', batch.shipment, shipment],
    ['used in', batch.usedIn.toSorted().join(), [...(lineage.onward.get(id) ?? [])].toSorted().join()],
    ['holder', batch.custodian, counted.holder.get(id) ?? batch.custodian],
    ['last of its holders', batch.custodians.at(-1), batch.custodian],
    ['transfers', batch.transfers.length, batch.custodians.length - 1],
    ['claims', Object.entries(remaining.claims).join(), claims.join()],
  ])
}

const complaintsAbout = (id: string, pairs: readonly (readonly [string, unknown, unknown])[]): string[] =>
  pairs
    .filter(([, is, ought]) => is !== ought)
    .map(([what, is, ought]) => `${what} of ${id}: ${String(is)}, counted ${String(ought)}`)
