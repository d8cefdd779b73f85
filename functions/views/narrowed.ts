import type { Seen } from '../../shared/domain/identity/event-reach.ts'
import {
  isOpenRun,
  isOwnRun,
  passedOn,
  type DepthOf,
  type Reader,
} from '../../shared/domain/identity/reach.ts'
import { kgFromGrams } from '../../shared/domain/material/mass.ts'
import type { Batch, Transfer } from '../../shared/domain/state/batch.ts'
import { depthsFor } from '../callers/reading.ts'
import { runsOf } from './seen.ts'
import { viewBatch, type BatchView } from './views.ts'

/**
 * How a batch is shown to a reader whose organisation is not the only one that had it: without the runs of others, and
 * where it was passed on, as it was then. What became of it since is the business of who has it.
 */
export async function narrowed(view: BatchView, seen: Seen, reader: Reader): Promise<BatchView> {
  const { batch } = seen
  if (batch.custodians.every((org) => org === reader.org)) return view
  const [uses, depthOf] = await Promise.all([runsOf(batch.usedIn), depthsFor(reader.org)])
  const usedIn = uses.flatMap((run) => (isOwnRun(reader, run) ? [run.id] : []))
  const left = passedOn(reader, batch)
  const known = madeKnown(view, seen, reader, depthOf)
  return { ...(left ? asPassedOn(known, batch, left) : known), usedIn }
}

/** The same of the answer to a change, for which nothing more is read: of what it was used in, nothing is said. */
export function viewChanged(batch: Batch, held: boolean, org: string): BatchView {
  const view = viewBatch(batch, undefined, held)
  const left = passedOn({ org, sites: 'all' }, batch)
  return left ? { ...asPassedOn(view, batch, left), usedIn: [] } : view
}

/** Without the run that made it, where that is closed to the reader. Who made a batch was the first to have it. */
function madeKnown(view: BatchView, { batch, runs }: Seen, reader: Reader, depthOf: DepthOf): BatchView {
  const [maker = ''] = batch.custodians
  const { runId: _, ...unmade } = view
  return isOpenRun({ org: reader.org, sites: 'all' }, { org: maker, site: '' }, runs, depthOf) ? view : unmade
}

function asPassedOn(view: BatchView, { transfers }: Batch, left: Transfer): BatchView {
  const { shipmentId: _, lostInTransitKg: __, inspections = [], ...lasting } = view
  const until = transfers.slice(0, transfers.indexOf(left) + 1)
  const lost = until.reduce((sum, { sentGrams, keptGrams }) => sum + sentGrams - keptGrams, 0)
  const then = inspections.filter(({ testedAt }) => testedAt < left.at)
  return {
    ...lasting,
    status: 'passed-on',
    organisationId: left.to.org,
    siteId: left.to.site,
    remainingKg: 0,
    remainingClaimsKg: {},
    ...(lost > 0 && { lostInTransitKg: kgFromGrams(lost) }),
    ...(then.length > 0 && { inspections: then }),
  }
}
