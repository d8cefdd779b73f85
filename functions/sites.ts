import { siteOf, type Site } from '../shared/domain/organisation.ts'
import { accept, refuse, type Decision } from '../shared/domain/refusal.ts'
import { findOrganisation } from './adapters/registry.ts'

/** The caller's own site with this id, or a refusal that names the ones there are. */
export async function findSite(org: string, siteId: string): Promise<Decision<Site>> {
  const organisation = await findOrganisation(org)
  const site = organisation && siteOf(organisation, siteId)
  if (site) return accept(site)
  const known = organisation?.sites.map((candidate) => candidate.id).join(', ') ?? 'none'
  return refuse('unknown-site', `Your organisation has no site ${siteId}; it has: ${known}.`, '/siteId')
}
