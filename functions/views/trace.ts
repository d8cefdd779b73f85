import type { Party } from '../../shared/domain/events/custody.ts'
import { isOwnBatch, isOwnRun, passedOn, type Reader } from '../../shared/domain/identity/reach.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import { kgFromGrams } from '../../shared/domain/material/mass.ts'
import { loadMany } from '../adapters/ledger.ts'
import {
  openRunsOf,
  receiversOf,
  stepBackward,
  stepForward,
  type Edge,
  type KnownRuns,
  type MadeBy,
  type OpenRun,
} from './lineage.ts'
import { passportUrl } from './links.ts'
import { closedBackward, closedForward, type ShownEdge } from './closed.ts'
import { viewRecords } from './records.ts'
import { viewParty } from './views.ts'

/**
 * Traces: what a batch was made of, down to the pickups, and what was made of it, down to the products, each batch once,
 * nearest first and by id within a level.
 *
 * To name each once, a walk must remember where it has been, which is more than fits a cursor. So between two pages the
 * walk itself stays in memory, where the process that gave the first usually gets the second too: then a page costs its
 * own nodes and no others, however many came before. A process that does not have it walks from the root again, and
 * gives the same page: upstream nothing changes but by correction, and downstream a lineage grows at its end.
 *
 * A walk goes as far as its reader sees: backward into others' parts as deep as they let it (closed.ts), forward up to
 * where a batch was passed on, because what others made of it is theirs.
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
  readonly status: Batch['status'] | 'passed-on'
  /** Of a batch in transit: whom it is on its way to. */
  readonly inTransitTo?: ReturnType<typeof viewParty>
  /** Forward: runs that hold some of it and are not closed yet. */
  readonly inRuns?: readonly {
    readonly runId: string
    readonly step: OpenRun['step']
    readonly organisationId: string
    readonly siteId: string
  }[]
  readonly held: boolean
  readonly product?: string
  /** Backward: the run that made it, where anything is on record of that besides its figures. */
  readonly madeBy?: { readonly runId: string; readonly step: MadeBy['step'] } & ReturnType<typeof viewRecords>
  readonly links: { readonly passport: string }
  /**
   * Backward: what the run that made it was charged with, of which others' may be closed to the reader. Forward: which
   * of the batches before went into it.
   */
  readonly from: readonly ShownEdge[]
}

export interface Trace {
  readonly nodes: readonly TraceNode[]
  readonly next?: number
}

export type Direction = 'backward' | 'forward'

/** A walk under way. Only the level at hand and the one after it are known. */
interface Walk {
  readonly direction: Direction
  readonly reader: Reader
  /** Backward: how many runs up batches of others lie from what the reader's organisation had. */
  readonly runsUp: Map<string, number>
  readonly seen: Set<string>
  depth: number
  level: readonly string[]
  /** How many of the level have been given. */
  given: number
  /** Forward: what the batches of the level were made of. */
  edges: Map<string, readonly Edge[]>
  readonly onward: Set<string>
  onwardEdges: Map<string, readonly Edge[]>
  /** The runs between this level and the next. */
  readonly runs: KnownRuns
}

/** Where a trace begins, and how many runs up that is from what the reader's organisation holds or held. */
export interface Root {
  readonly id: string
  readonly runs: number
}

/** Nodes `after` to `after + limit` of the lineage, as far as the reader sees. */
export async function trace(
  root: Root,
  direction: Direction,
  reader: Reader,
  after: number,
  limit: number,
): Promise<Trace> {
  const key = (from: number): string =>
    [direction, root.id, from, reader.org, ...[reader.sites].flat()].join(' ')
  const walk = takeKept(key(after)) ?? (await walkTo(root, direction, reader, after))
  const nodes = await goOn(walk, limit)
  if (isAtEnd(walk)) return { nodes }
  const next = after + nodes.length
  keep(key(next), walk)
  return { nodes, next }
}

/** As many walks as may wait for their next page. One that has seen 10,000 batches takes about a megabyte. */
const MOST_KEPT = 8
const kept = new Map<string, Walk>()

function keep(key: string, walk: Walk): void {
  kept.set(key, walk)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}

/** Takes a walk out, so that no two requests go on with the same. */
function takeKept(key: string): Walk | undefined {
  const walk = kept.get(key)
  kept.delete(key)
  return walk
}

/** For tests: as if the next page came to another process. */
export function forgetWalks(): void {
  kept.clear()
}

const SKIPPED_AT_ONCE = 1000

async function walkTo(root: Root, direction: Direction, reader: Reader, after: number): Promise<Walk> {
  const walk: Walk = {
    direction,
    reader,
    runsUp: new Map([[root.id, root.runs]]),
    seen: new Set([root.id]),
    depth: 0,
    level: [root.id],
    given: 0,
    edges: new Map(),
    onward: new Set(),
    onwardEdges: new Map(),
    runs: new Map(),
  }
  for (let left = after; left > 0 && !isAtEnd(walk); left -= SKIPPED_AT_ONCE)
    await goOn(walk, Math.min(left, SKIPPED_AT_ONCE))
  return walk
}

const isAtEnd = ({ level, given, onward }: Walk): boolean => given === level.length && onward.size === 0

/** The next nodes of a walk: `limit` of them, fewer only at its end. */
async function goOn(walk: Walk, limit: number): Promise<TraceNode[]> {
  const nodes: TraceNode[] = []
  while (nodes.length < limit && !isAtEnd(walk)) {
    if (walk.given === walk.level.length) descend(walk)
    const ids = walk.level.slice(walk.given, walk.given + limit - nodes.length)
    nodes.push(...(await visit(walk, ids)))
    walk.given += ids.length
  }
  return nodes
}

function descend(walk: Walk): void {
  walk.depth++
  walk.level = [...walk.onward].sort()
  walk.given = 0
  walk.edges = walk.onwardEdges
  walk.onward.clear()
  walk.onwardEdges = new Map()
  walk.runs.clear()
}

/** Reads some batches of the level at hand, and notes where they lead. */
async function visit(walk: Walk, ids: readonly string[]): Promise<TraceNode[]> {
  // The root may be a moment old; what it was made of, or has become, was there before it was asked for.
  const read = await loadMany(ids, walk.depth === 0 ? 'strong' : 'eventual')
  const loaded = new Map(read.map((one) => [one.subject.id, one]))
  const found = ids.flatMap((id) => {
    const { subject, holds = [] } = loaded.get(id) ?? {}
    return subject?.kind === 'batch' ? [{ batch: subject, held: holds.length > 0 }] : []
  })
  const batches = found.map(({ batch }) => batch)
  const receivers = await receiversOf(batches.filter(({ custodian }) => custodian === walk.reader.org))
  const nodesWith = (from: ReadonlyMap<string, readonly ShownEdge[]>): TraceNode[] =>
    found.map(({ batch, held }) =>
      nodeOf(
        {
          batch,
          held,
          receiver: receivers.get(batch.shipment ?? ''),
          runs: walk.direction === 'forward' ? openRunsOf(batch, walk.runs) : [],
          made: walk.runs.get(batch.run ?? '')?.made,
        },
        walk,
        from.get(batch.id) ?? [],
      ),
    )
  if (walk.direction === 'forward') {
    const made = await stepForward(batches, walk.runs)
    const closed = await closedForward(batches, walk.runs, walk.reader)
    for (const [id, edges] of made) {
      if (closed.has(id)) continue
      walk.onwardEdges.set(id, [...(walk.onwardEdges.get(id) ?? []), ...edges])
      discover(walk, id)
    }
    return nodesWith(walk.edges)
  }
  const edges = await stepBackward(batches, walk.runs)
  const runsUp = (batch: Batch): number =>
    isOwnBatch(walk.reader, batch) ? 0 : (walk.runsUp.get(batch.id) ?? 0)
  const shown = await closedBackward(
    batches.map((batch) => ({ batch, runs: runsUp(batch) })),
    edges,
    walk.runs,
    walk.reader,
  )
  for (const [id, runs] of shown.onward) {
    walk.runsUp.set(id, Math.min(runs, walk.runsUp.get(id) ?? runs))
    discover(walk, id)
  }
  return nodesWith(shown.edges)
}

function discover(walk: Walk, id: string): void {
  if (walk.seen.has(id)) return
  walk.seen.add(id)
  walk.onward.add(id)
}

interface Visited {
  readonly batch: Batch
  readonly held: boolean
  readonly receiver: Party | undefined
  readonly runs: readonly OpenRun[]
  readonly made: MadeBy | undefined
}

function nodeOf(
  { batch, held, receiver, runs, made }: Visited,
  { reader, depth }: Pick<Walk, 'reader' | 'depth'>,
  from: readonly ShownEdge[],
): TraceNode {
  const left = passedOn(reader, batch)
  const { org, site } = left?.to ?? { org: batch.custodian, site: batch.site }
  const inRuns = runs.filter((run) => isOwnRun(reader, run))
  return {
    id: batch.id,
    depth,
    stage: batch.stage,
    form: batch.form,
    massKg: kgFromGrams(batch.massGrams),
    organisationId: org,
    siteId: site,
    occurredAt: batch.occurredAt,
    status: left ? 'passed-on' : batch.status,
    ...(receiver && { inTransitTo: viewParty(receiver) }),
    ...(inRuns.length > 0 && { inRuns: inRuns.map(viewOpenRun) }),
    held,
    ...(batch.product && { product: batch.product.name }),
    ...(made && { madeBy: viewMadeBy(made) }),
    links: { passport: passportUrl(batch.id) },
    from,
  }
}

const viewMadeBy = ({ run, step, ...records }: MadeBy): NonNullable<TraceNode['madeBy']> => ({
  runId: run,
  step,
  ...viewRecords(records),
})

const viewOpenRun = ({ id, step, org, site }: OpenRun): NonNullable<TraceNode['inRuns']>[number] => ({
  runId: id,
  step,
  organisationId: org,
  siteId: site,
})
