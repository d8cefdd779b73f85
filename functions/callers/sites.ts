import type { Refused } from '../../shared/domain/refusal.ts'
import { findSite } from '../commands/acting.ts'

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
