import type { Batch, Transfer } from '../state/batch.ts'
import type { Run } from '../state/run.ts'
import type { Shipment } from '../state/shipment.ts'
import { auditedSites, type Grant } from './grant.ts'

/**
 * How far a reader sees. It reads in one organisation's place: its own, or as an auditor one that granted that; and of
 * others' parts of a lineage as much as they let that organisation see.
 */
export interface Reader {
  readonly org: string
  readonly sites: 'all' | readonly string[]
}

/** How many runs up from what the reader's organisation holds or held it is shown of another's; see grant.ts. */
export type DepthOf = (giver: string) => number

/** An auditor in the place of `org`; undefined where that granted it nothing, or not any more. */
export function auditorOf(org: string, received: readonly Grant[], now: string): Reader | undefined {
  const sites = auditedSites(received, org, now)
  return sites.length === 0 ? undefined : { org, sites }
}

export const isAtSite = ({ sites }: Pick<Reader, 'sites'>, site: string): boolean =>
  sites === 'all' || sites.includes(site)

/** Whether a batch is the reader's own: its organisation has or had it, at a site that the reader sees. */
export function isOwnBatch(reader: Reader, { custodians, custodian, site, transfers }: Batch): boolean {
  if (!custodians.includes(reader.org)) return false
  if (reader.sites === 'all') return true
  const lay = [{ org: custodian, site }, ...transfers.flatMap(({ from, to }) => [from, to])]
  return lay.some((place) => place.org === reader.org && isAtSite(reader, place.site))
}

export const isOwnRun = (reader: Reader, { org, site }: Pick<Run, 'org' | 'site'>): boolean =>
  org === reader.org && isAtSite(reader, site)

export const isOwnShipment = (reader: Reader, { from, to }: Pick<Shipment, 'from' | 'to'>): boolean =>
  [from, to].some(({ org, site }) => org === reader.org && isAtSite(reader, site))

/**
 * Whether a batch is shown that lies `runs` runs up from what the reader's organisation holds or held. What it holds or
 * held is; of what others hold, only where every one of them lets it see further than that: a batch that two had is a
 * part of both.
 */
export function isOpen(reader: Reader, batch: Batch, runs: number, depthOf: DepthOf): boolean {
  const { custodians } = batch
  if (custodians.includes(reader.org)) return isOwnBatch(reader, batch)
  return custodians.every((org) => runs < depthOf(org))
}

/** Whether the run is shown that made a batch which is open, `runs` runs up: its own, or one that its maker lets it see. */
export function isOpenRun(
  reader: Reader,
  run: Pick<Run, 'org' | 'site'>,
  runs: number,
  depthOf: DepthOf,
): boolean {
  return run.org === reader.org ? isAtSite(reader, run.site) : runs < depthOf(run.org)
}

/** The hand-over by which the reader's organisation passed a batch on, if it has not got it any more. */
export function passedOn({ org }: Reader, { custodian, transfers }: Batch): Transfer | undefined {
  return custodian === org ? undefined : transfers.findLast(({ from }) => from.org === org)
}
