import type { Site } from '../../shared/domain/organisation.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { isAtSite, type Reader } from '../../shared/domain/identity/reach.ts'
import { refuseAtClosed } from '../../shared/domain/identity/standing.ts'
import type { Actor } from '../../shared/domain/decide/actor.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { checkTime } from '../../shared/domain/time.ts'
import { findCloses, findOrganisation } from '../adapters/registry.ts'

/** A site of this organisation that the reader sees, or a refusal that names the ones there are. */
export async function findSite(
  reader: string | Reader,
  siteId: string,
  pointer = '/siteId',
): Promise<Decision<Site>> {
  const { org, sites } = typeof reader === 'string' ? { org: reader, sites: 'all' as const } : reader
  const organisation = await findOrganisation(org)
  const known = organisation?.sites.filter(({ id }) => isAtSite({ sites }, id)) ?? []
  const site = known.find(({ id }) => id === siteId)
  if (site) return accept(site)
  const names = known.map(({ id }) => id).join(', ')
  return refuse('unknown-site', `Your organisation has no site ${siteId}; it has: ${names}.`, pointer)
}

/** The same, for what happens there then, or now if no time was given: nothing does once the site is closed. */
export async function findOpenSite(
  org: string,
  siteId: string,
  occurredAt: string | undefined,
  pointer = '/siteId',
): Promise<Decision<Site>> {
  const site = await findSite(org, siteId, pointer)
  if (!site.ok) return site
  const at = timeOf(occurredAt, new Date().toISOString())
  return refuseAtClosed(site.value, at, pointer) ?? site
}

/** All sites of an organisation, with where they are. */
export const findSites = async (org: string): Promise<readonly Site[]> =>
  (await findOrganisation(org))?.sites ?? []

/**
 * Who acts, at whatever moment, and until when the books of those concerned are closed. Closes are kept for some
 * seconds, so an entry that is dated into a period while it is being closed may still be booked there; the report shows
 * it as late.
 */
export async function actorOf(caller: Caller, ...others: readonly string[]): Promise<(now: string) => Actor> {
  const periods = await Promise.all([caller.org, ...others].map(findCloses))
  const closes = periods.flat().map(({ org, site, to }) => ({ org, site, until: to }))
  const { org, role } = caller
  return (now) => ({ org, role, now, closes })
}

/**
 * The time of an event: as given, in UTC, else now. What a clock that runs ahead by no more than is allowed calls its
 * present is ours, so that nothing is dated after it was recorded, and whatever follows may follow at once.
 */
export function timeOf(given: string | undefined, now: string): string {
  if (given === undefined) return now
  const at = new Date(given).toISOString()
  return at > now && checkTime(at, now) === undefined ? now : at
}
