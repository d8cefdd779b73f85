import type { Batch } from '../shared/domain/batch.ts'
import { eventId } from '../shared/domain/ids.ts'
import { kgFromGrams } from '../shared/domain/mass.ts'
import type { Run } from '../shared/domain/run.ts'
import { readEvents } from './adapters/history.ts'
import type { Loaded } from './adapters/items.ts'
import { loadMany } from './adapters/ledger.ts'
import { passportUrl } from './links.ts'

/**
 * Traces: what a batch was made of, down to the pickups, and what was made of it, down to the products. Each level costs
 * two or three batched reads, so the reads grow with the answer and never one by one. They are eventually consistent:
 * nothing is decided by them, and half the price.
 */
export interface TraceNode {
  readonly id: string
  readonly depth: number
  readonly stage: Batch['stage']
  readonly form: Batch['form']
  readonly massKg: number
  readonly organisationId: string
  readonly siteId: string
  readonly occurredAt: string
  readonly status: Batch['status']
  readonly held: boolean
  readonly product?: string
  readonly links: { readonly passport: string }
  /** Backward: what the run that made it was charged with. Forward: which of the batches before went into it. */
  readonly from: readonly { readonly batchId: string; readonly massKg?: number }[]
}

export interface Trace {
  readonly nodes: readonly TraceNode[]
  readonly next?: number
}

type Lineage = ReadonlyMap<string, TraceNode['from']>

/** One level of a walk: for each batch what its node says of its edges, and where to go on. */
interface Level {
  readonly from: Lineage
  readonly onward: readonly string[]
}

/**
 * Nodes `after` to `after + limit` of the lineage, nearest first and by id within a level. What is upstream of a batch
 * never changes, so counting nodes is a cursor that stays true; downstream it grows at its end.
 */
export async function trace(
  root: Loaded,
  direction: 'backward' | 'forward',
  after: number,
  limit: number,
): Promise<Trace> {
  const step = direction === 'backward' ? backward : forward
  const seen = new Set([root.subject.id])
  const nodes: TraceNode[] = []
  let level: Loaded[] = [root]
  let from: Lineage = new Map()
  for (let depth = 0; level.length > 0 && nodes.length <= after + limit; depth++) {
    const batches = batchesIn(level)
    const next = await step(batches.map(({ batch }) => batch))
    const edges = direction === 'backward' ? next.from : from
    nodes.push(...batches.map(({ batch, held }) => nodeOf(batch, held, depth, edges.get(batch.id) ?? [])))
    const fresh = [...new Set(next.onward)].filter((id) => !seen.has(id)).sort()
    for (const id of fresh) seen.add(id)
    from = next.from
    level = inOrder(await loadMany(fresh, 'eventual'), fresh)
  }
  const page = nodes.slice(after, after + limit)
  return { nodes: page, ...(nodes.length > after + limit && { next: after + limit }) }
}

/** To the batches that the runs that made these were charged with. */
async function backward(batches: readonly Batch[]): Promise<Level> {
  const runs = await loadRuns(batches.flatMap(({ run }) => (run === undefined ? [] : [run])))
  const chargeIds = [...runs.values()].flatMap(({ id, chargeSequences }) =>
    chargeSequences.map((sequence) => eventId(id, sequence)),
  )
  const charged = new Map<string, Map<string, number>>()
  for (const { event } of (await readEvents(chargeIds, 'eventual')).values()) {
    if (event.type !== 'RunCharged') continue
    const sums = charged.get(event.data.run) ?? new Map<string, number>()
    for (const { batch, massGrams } of event.data.charges) sums.set(batch, (sums.get(batch) ?? 0) + massGrams)
    charged.set(event.data.run, sums)
  }
  const from = new Map(
    batches.map(({ id, run }) => [
      id,
      [...(charged.get(run ?? '') ?? [])].map(([batchId, grams]) => ({
        batchId,
        massKg: kgFromGrams(grams),
      })),
    ]),
  )
  return { from, onward: [...charged.values()].flatMap((sums) => [...sums.keys()]) }
}

/** To the batches that came out of the runs that these went into. */
async function forward(batches: readonly Batch[]): Promise<Level> {
  const runs = await loadRuns(batches.flatMap(({ usedIn }) => usedIn))
  const from = new Map<string, { batchId: string }[]>()
  for (const { id, usedIn } of batches) {
    for (const made of usedIn.flatMap((run) => runs.get(run)?.outputs ?? [])) {
      const known = from.get(made.batch) ?? []
      known.push({ batchId: id })
      from.set(made.batch, known)
    }
  }
  return { from, onward: [...from.keys()] }
}

async function loadRuns(ids: readonly string[]): Promise<Map<string, Run>> {
  const loaded = await loadMany(ids, 'eventual')
  return new Map(loaded.flatMap(({ subject }) => (subject.kind === 'run' ? [[subject.id, subject]] : [])))
}

function inOrder(loaded: readonly Loaded[], ids: readonly string[]): Loaded[] {
  const byId = new Map(loaded.map((one) => [one.subject.id, one]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const batchesIn = (level: readonly Loaded[]): { batch: Batch; held: boolean }[] =>
  level.flatMap(({ subject, holds }) =>
    subject.kind === 'batch' ? [{ batch: subject, held: holds.length > 0 }] : [],
  )

function nodeOf(batch: Batch, held: boolean, depth: number, from: TraceNode['from']): TraceNode {
  return {
    id: batch.id,
    depth,
    stage: batch.stage,
    form: batch.form,
    massKg: kgFromGrams(batch.massGrams),
    organisationId: batch.custodian,
    siteId: batch.site,
    occurredAt: batch.occurredAt,
    status: batch.status,
    held,
    ...(batch.product && { product: batch.product.name }),
    links: { passport: passportUrl(batch.id) },
    from,
  }
}
