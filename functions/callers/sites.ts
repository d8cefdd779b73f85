import type { Caller } from '../../shared/domain/identity/caller.ts'
import type { Reader } from '../../shared/domain/identity/reach.ts'
import type { Refused } from '../../shared/domain/refusal.ts'
import { findSite } from '../commands/acting.ts'

/** Where in their organisation a caller works: all of it, or the sites that they are limited to. */
export const reachOf = ({ org, sites }: Caller): Reader => ({ org, sites: sites ?? 'all' })

/** Refuses sites that the organisation does not have. */
export async function refuseUnknownSites(
  org: string,
  sites: readonly string[] = [],
): Promise<Refused | undefined> {
  for (const [index, site] of sites.entries()) {
    const found = await findSite(org, site, `/sites/${index}`)
    if (!found.ok) return found
  }
  return undefined
}
