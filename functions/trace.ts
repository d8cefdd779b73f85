import type { Batch } from '../shared/domain/batch.ts'
import { kgFromGrams } from '../shared/domain/mass.ts'
import type { Run } from '../shared/domain/run.ts'
import { loadSubjects } from './adapters/ledger.ts'

/**
 * Backward trace: what a batch was made of, level by level to the pickups. Each level costs two batched reads, so the
 * reads grow with the answer and never one by one.
 */
export interface TraceNode {
  readonly id: string
  readonly depth: number
  readonly stage: Batch['stage']
  readonly form: Batch['form']
  readonly massKg: number
  readonly siteId: string
  readonly occurredAt: string
  /** What the run that made it was charged with; empty for a pickup. */
  readonly from: readonly { readonly batchId: string; readonly massKg: number }[]
}

/**
 * Nodes `after` to `after + limit` of the lineage, nearest first and by id within a level. A lineage never changes once
 * its run is closed, so counting nodes is a cursor that stays true.
 */
export async function traceBackward(
  root: Batch,
  after: number,
  limit: number,
): Promise<{ nodes: TraceNode[]; next?: number }> {
  const seen = new Set([root.id])
  const nodes: TraceNode[] = []
  let level: Batch[] = [root]
  for (let depth = 0; level.length > 0 && nodes.length <= after + limit; depth++) {
    const runs = await loadRuns(level)
    nodes.push(
      ...level.map((batch) =>
        nodeOf(batch, depth, batch.run === undefined ? undefined : runs.get(batch.run)),
      ),
    )
    const parents = [...runs.values()].flatMap((run) => run.charges.map((charge) => charge.batch))
    const fresh = [...new Set(parents)].filter((id) => !seen.has(id)).sort()
    for (const id of fresh) seen.add(id)
    level = await loadBatches(fresh)
  }
  const page = nodes.slice(after, after + limit)
  return { nodes: page, ...(nodes.length > after + limit && { next: after + limit }) }
}

async function loadRuns(batches: readonly Batch[]): Promise<Map<string, Run>> {
  const subjects = await loadSubjects(
    batches.flatMap((batch) => (batch.run === undefined ? [] : [batch.run])),
  )
  return new Map([...subjects].flatMap(([id, subject]) => (subject.kind === 'run' ? [[id, subject]] : [])))
}

async function loadBatches(ids: readonly string[]): Promise<Batch[]> {
  const subjects = await loadSubjects(ids)
  return ids.flatMap((id) => {
    const subject = subjects.get(id)
    return subject?.kind === 'batch' ? [subject] : []
  })
}

function nodeOf(batch: Batch, depth: number, run: Run | undefined): TraceNode {
  return {
    id: batch.id,
    depth,
    stage: batch.stage,
    form: batch.form,
    massKg: kgFromGrams(batch.massGrams),
    siteId: batch.site,
    occurredAt: batch.occurredAt,
    from:
      run?.charges.map(({ batch: id, massGrams }) => ({ batchId: id, massKg: kgFromGrams(massGrams) })) ?? [],
  }
}
