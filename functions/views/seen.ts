import type { Seen } from '../../shared/domain/identity/event-reach.ts'
import {
  isOpen,
  isOpenRun,
  isOwnBatch,
  isOwnRun,
  type DepthOf,
  type Reader,
} from '../../shared/domain/identity/reach.ts'
import { readBatchId, RUN_ID_PATTERN } from '../../shared/domain/ids.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import type { Run } from '../../shared/domain/state/run.ts'
import type { Loaded } from '../adapters/items.ts'
import { batchesIn, loadMany, loadOne } from '../adapters/ledger.ts'
import { depthsFor } from '../callers/reading.ts'

/** What a reader may look at by its id: its own, and others' that its partners let it see. */
export interface SeenBatch extends Loaded, Seen {}

/** A batch that the reader's organisation holds or held, or one further up that is open to it. */
export async function findSeenBatch(
  text: string | undefined,
  reader: Reader,
): Promise<SeenBatch | undefined> {
  const id = readBatchId(text ?? '')
  const loaded = id === undefined ? undefined : await loadOne(id)
  if (loaded?.subject.kind !== 'batch') return undefined
  const batch = loaded.subject
  if (isOwnBatch(reader, batch)) return { ...loaded, batch, runs: 0 }
  if (batch.custodians.includes(reader.org)) return undefined
  const runs = await runsAbove(batch, reader, await depthsFor(reader.org))
  return runs === undefined ? undefined : { ...loaded, batch, runs }
}

/** A run of the reader's organisation, or one that made what is open to it. */
export async function findSeenRun(id: string | undefined, reader: Reader): Promise<Run | undefined> {
  if (id === undefined || !RUN_ID_PATTERN.test(id)) return undefined
  const subject = (await loadOne(id))?.subject
  if (subject?.kind !== 'run') return undefined
  if (isOwnRun(reader, subject)) return subject
  if (subject.org === reader.org || subject.outputs.length === 0) return undefined
  const depthOf = await depthsFor(reader.org)
  for (const batch of batchesIn(await loadMany(subject.outputs.map(({ batch }) => batch)))) {
    const runs = isOwnBatch(reader, batch) ? 0 : await runsAbove(batch, reader, depthOf)
    if (runs !== undefined && isOpenRun(reader, subject, runs, depthOf)) return subject
  }
  return undefined
}

/** Of what a run made that is open to a reader, the batches that are too: all of one's own. */
export async function seenOutputs(
  run: Run,
  made: readonly Loaded[],
  reader: Reader,
): Promise<ReadonlySet<string>> {
  if (isOwnRun(reader, run)) return new Set(run.outputs.map(({ batch }) => batch))
  const depthOf = await depthsFor(reader.org)
  const seen = await Promise.all(
    batchesIn(made).map(async (batch) => {
      if (batch.custodians.includes(reader.org)) return isOwnBatch(reader, batch) ? [batch.id] : []
      return (await runsAbove(batch, reader, depthOf)) === undefined ? [] : [batch.id]
    }),
  )
  return new Set(seen.flat())
}

/** So many batches are looked through for one that the reader's organisation had. What lies further is not shown. */
const MOST = 500

/**
 * How many runs a batch of others lies above what the reader's organisation holds or held, by the shortest way through
 * what is open to it; undefined where there is none. Where nobody granted more than is usual, nothing is read.
 */
async function runsAbove(batch: Batch, reader: Reader, depthOf: DepthOf): Promise<number | undefined> {
  const deepest = Math.min(...batch.custodians.map(depthOf)) - 1
  const batches = new Map([[batch.id, batch]])
  const runs: Run[] = []
  let level = [batch]
  for (let step = 0; step < deepest && level.length > 0 && batches.size < MOST; step++) {
    const onward = await runsOf(level.flatMap(({ usedIn }) => usedIn))
    runs.push(...onward)
    const made = onward.flatMap(({ outputs }) => outputs.map(({ batch: output }) => output))
    level = batchesIn(await loadMany(made.filter((id) => !batches.has(id))))
    for (const found of level) batches.set(found.id, found)
  }
  return distances([...batches.values()], runs, reader, depthOf).get(batch.id)
}

/** From what the reader's organisation has or had, run by run upwards, as far as each run and batch is open. */
function distances(
  batches: readonly Batch[],
  runs: readonly Run[],
  reader: Reader,
  depthOf: DepthOf,
): ReadonlyMap<string, number> {
  const byId = new Map(batches.map((batch) => [batch.id, batch]))
  const found = new Map(batches.flatMap((batch) => (isOwnBatch(reader, batch) ? [[batch.id, 0]] : [])))
  let level = [...found.keys()]
  for (let up = 1; level.length > 0; up++) {
    const open = runs.filter(
      (run) =>
        run.outputs.some(({ batch }) => level.includes(batch)) && isOpenRun(reader, run, up - 1, depthOf),
    )
    level = [...byId.values()].flatMap((batch) => {
      const isCharged = open.some(({ id }) => batch.usedIn.includes(id))
      return isCharged && !found.has(batch.id) && isOpen(reader, batch, up, depthOf) ? [batch.id] : []
    })
    for (const id of level) found.set(id, up)
  }
  return found
}

export async function runsOf(ids: readonly string[]): Promise<Run[]> {
  if (ids.length === 0) return []
  const loaded = await loadMany(ids)
  return loaded.flatMap(({ subject }) => (subject.kind === 'run' ? [subject] : []))
}
