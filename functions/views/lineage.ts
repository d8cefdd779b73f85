import type { Batch } from '../../shared/domain/state/batch.ts'
import type { Party } from '../../shared/domain/events/custody.ts'
import { eventId } from '../../shared/domain/ids.ts'
import { kgFromGrams } from '../../shared/domain/material/mass.ts'
import type { Run } from '../../shared/domain/state/run.ts'
import { recordsIn, type RunDocument, type RunRecords } from '../../shared/domain/events/documents.ts'
import { readEvents } from '../adapters/history.ts'
import { loadMany } from '../adapters/ledger.ts'

/**
 * One step of a walk along a lineage, for many batches at once. The reads are batched, so that they grow with the answer
 * and never come one by one, and eventually consistent: nothing is decided by them, and half the price.
 */
export interface Edge {
  readonly batchId: string
  readonly massKg?: number
}

/** Who ran a run, and where. */
export type RunBy = Pick<Run, 'org' | 'site'>

/** From each of the given batches, or to each of the next, the edges that the step found. */
export type Edges = ReadonlyMap<string, readonly Edge[]>

/** A run that has not been closed: what was charged into it is there, and nowhere else. */
export type OpenRun = Pick<Run, 'id' | 'step' | 'org' | 'site'>

/** Of a run, what it was charged with or, going forward, what it made, or that it is open still. */
interface KnownRun {
  readonly edges: readonly Edge[]
  readonly by: RunBy
  /** Going backward: what is on record of it; absent where nothing is. */
  readonly made?: MadeBy
  readonly open?: OpenRun
}

/** A run that made a batch, and what is on record of it: documents of its charges first, then those of its end. */
export interface MadeBy extends RunRecords {
  readonly run: string
  readonly step: Run['step']
}

/** What has been read once is not read again. */
export type KnownRuns = Map<string, KnownRun>

/** From each batch to the batches that the run which made it was charged with; none from a pickup. */
export async function stepBackward(batches: readonly Batch[], known: KnownRuns): Promise<Edges> {
  const unknown = batches.flatMap(({ run }) => (run === undefined || known.has(run) ? [] : [run]))
  const runs = await loadRuns(unknown)
  const charged = await chargesOf(runs)
  for (const run of runs) {
    const { edges = [], documents = [] } = charged.get(run.id) ?? {}
    const records = recordsIn({
      ...run.records,
      documents: [...documents, ...(run.records?.documents ?? [])],
    })
    const isSome = Object.keys(records).length > 0
    known.set(run.id, {
      edges,
      by: { org: run.org, site: run.site },
      ...(isSome && { made: { run: run.id, step: run.step, ...records } }),
    })
  }
  return new Map(batches.map(({ id, run }) => [id, known.get(run ?? '')?.edges ?? []]))
}

/** To each batch that came out of the runs which these went into, which of these it was made of. */
export async function stepForward(batches: readonly Batch[], known: KnownRuns): Promise<Edges> {
  const unknown = batches.flatMap(({ usedIn }) => usedIn.filter((run) => !known.has(run)))
  for (const { id, status, step, org, site, outputs } of await loadRuns(unknown)) {
    const edges = outputs.map(({ batch }) => ({ batchId: batch }))
    known.set(id, { edges, by: { org, site }, ...(status === 'open' && { open: { id, step, org, site } }) })
  }
  const made = new Map<string, Edge[]>()
  for (const { id, usedIn } of batches) {
    for (const { batchId } of usedIn.flatMap((run) => known.get(run)?.edges ?? [])) {
      const before = made.get(batchId)
      if (before) before.push({ batchId: id })
      else made.set(batchId, [{ batchId: id }])
    }
  }
  return made
}

/** The open runs that hold some of a batch, of the runs that {@link stepForward} has read. */
export const openRunsOf = ({ usedIn }: Batch, known: KnownRuns): OpenRun[] =>
  usedIn.flatMap((run) => known.get(run)?.open ?? [])

/** By shipment, whom those of the batches that are in transit are on their way to; without any, nothing is read. */
export async function receiversOf(batches: readonly Batch[]): Promise<ReadonlyMap<string, Party>> {
  const loads = batches.flatMap(({ shipment, status }) =>
    status === 'in-transit' && shipment !== undefined ? [shipment] : [],
  )
  if (loads.length === 0) return new Map()
  const loaded = await loadMany(loads, 'eventual')
  return new Map(
    loaded.flatMap(({ subject }) => (subject.kind === 'shipment' ? [[subject.id, subject.to]] : [])),
  )
}

interface Charged {
  readonly edges: readonly Edge[]
  readonly documents: readonly RunDocument[]
}

/** What runs were charged with; a batch that was charged twice is there once, with the sum. */
async function chargesOf(runs: readonly Run[]): Promise<Map<string, Charged>> {
  const chargeIds = runs.flatMap(({ id, chargeSequences }) =>
    chargeSequences.map((sequence) => eventId(id, sequence)),
  )
  const charged = new Map<string, Map<string, number>>()
  const documents = new Map<string, RunDocument[]>()
  for (const { event } of (await readEvents(chargeIds, 'eventual')).values()) {
    if (event.type !== 'RunCharged') continue
    const sums = charged.get(event.data.run) ?? new Map<string, number>()
    for (const { batch, massGrams } of event.data.charges) sums.set(batch, (sums.get(batch) ?? 0) + massGrams)
    charged.set(event.data.run, sums)
    documents.set(event.data.run, [...(documents.get(event.data.run) ?? []), ...(event.data.documents ?? [])])
  }
  const edgesOf = (sums: ReadonlyMap<string, number>): Edge[] =>
    [...sums].map(([batchId, grams]) => ({ batchId, massKg: kgFromGrams(grams) }))
  return new Map(
    [...charged].map(([run, sums]) => [run, { edges: edgesOf(sums), documents: documents.get(run) ?? [] }]),
  )
}

async function loadRuns(ids: readonly string[]): Promise<Run[]> {
  const loaded = await loadMany(ids, 'eventual')
  return loaded.flatMap(({ subject }) => (subject.kind === 'run' ? [subject] : []))
}
