import type { Seen } from '../../shared/domain/identity/event-reach.ts'
import {
  isOpen,
  isOpenRun,
  isOwnBatch,
  type DepthOf,
  type Reader,
} from '../../shared/domain/identity/reach.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import { batchesIn, loadMany } from '../adapters/ledger.ts'
import { depthsFor } from '../callers/reading.ts'
import type { Edge, Edges, KnownRuns } from './lineage.ts'

/**
 * Where a walk along a lineage ends for its reader, because others let it see no further. Only where runs of others are
 * in the way is anything read for it: along what is the reader's own, a walk costs what it costs.
 */

/** A batch by its id, or what may be told of one that is closed: so much that the masses still add up. */
export type ShownEdge = Edge | ClosedEdge

interface ClosedEdge {
  readonly hidden: true
  /** Left out where the run itself is closed. */
  readonly massKg?: number
  readonly stage?: Batch['stage']
  readonly month?: string
}

interface Shown {
  readonly edges: ReadonlyMap<string, readonly ShownEdge[]>
  /** The batches that the walk goes on to, each with how many runs up it lies from what the reader's organisation had. */
  readonly onward: ReadonlyMap<string, number>
}

/** What a step backward shows of the edges that it found. */
export async function closedBackward(
  batches: readonly Seen[],
  edges: Edges,
  known: KnownRuns,
  reader: Reader,
): Promise<Shown> {
  const doubtful = batches.filter(({ batch }) => isDoubtful(batch.run, known, reader))
  const ids = doubtful.flatMap(({ batch }) => (edges.get(batch.id) ?? []).map(({ batchId }) => batchId))
  const [inputs, depthOf] =
    doubtful.length === 0
      ? [new Map<string, Batch>(), () => 0]
      : await Promise.all([batchesOf(ids), depthsFor(reader.org)])
  const onward = new Map<string, number>()
  const shown = batches.map(({ batch, runs }): [string, readonly ShownEdge[]] => {
    const all = edges.get(batch.id) ?? []
    const run = known.get(batch.run ?? '')
    if (run && isDoubtful(batch.run, known, reader)) {
      if (!isOpenRun(reader, run.by, runs, depthOf)) return [batch.id, [{ hidden: true }]]
      return [
        batch.id,
        all.map((edge) => shownEdge(edge, inputs.get(edge.batchId), { reader, runs, depthOf, onward })),
      ]
    }
    for (const { batchId } of all) onward.set(batchId, 0)
    return [batch.id, all]
  })
  return { edges: new Map(shown), onward }
}

/** Whatever went into a run of the reader's own organisation was once its own; at all of its sites, that is. */
function isDoubtful(run: string | undefined, known: KnownRuns, { org, sites }: Reader): boolean {
  const by = known.get(run ?? '')?.by
  return by !== undefined && (by.org !== org || sites !== 'all')
}

interface At {
  readonly reader: Reader
  readonly runs: number
  readonly depthOf: DepthOf
  readonly onward: Map<string, number>
}

function shownEdge(edge: Edge, input: Batch | undefined, { reader, runs, depthOf, onward }: At): ShownEdge {
  if (input && isOpen(reader, input, runs + 1, depthOf)) {
    const up = isOwnBatch(reader, input) ? 0 : runs + 1
    onward.set(edge.batchId, Math.min(up, onward.get(edge.batchId) ?? up))
    return edge
  }
  const { massKg } = edge
  const told = input && { stage: input.stage, month: input.occurredAt.slice(0, 'YYYY-MM'.length) }
  return { hidden: true, ...(massKg !== undefined && { massKg }), ...told }
}

/** Of what a step forward found, what runs of others made and the reader's organisation never had. */
export async function closedForward(
  batches: readonly Batch[],
  known: KnownRuns,
  reader: Reader,
): Promise<ReadonlySet<string>> {
  const doubtful = batches.flatMap(({ usedIn }) => usedIn.filter((run) => isDoubtful(run, known, reader)))
  const made = doubtful.flatMap((run) => (known.get(run)?.edges ?? []).map(({ batchId }) => batchId))
  if (made.length === 0) return new Set()
  const found = await batchesOf(made)
  return new Set(
    made.filter((id) => {
      const batch = found.get(id)
      return !batch || !isOwnBatch(reader, batch)
    }),
  )
}

async function batchesOf(ids: readonly string[]): Promise<ReadonlyMap<string, Batch>> {
  const batches = batchesIn(await loadMany(ids, 'eventual'))
  return new Map(batches.map((batch) => [batch.id, batch]))
}
