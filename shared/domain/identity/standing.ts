import { siteOf, type Organisation, type Site } from '../organisation.ts'
import { accept, refuse, type Decision, type Refused } from '../refusal.ts'

/** How an organisation stands: its sites, open and closed, and whether anybody may call in its name. */

/** More would not fit what is read with every request. */
export const MAX_SITES = 200

/** Adds a site under an id that is new. Refuses 409 `id-taken`, also for the id of a closed one, and beyond {@link MAX_SITES}. */
export function addSite(organisation: Organisation, site: Site): Decision<Organisation> {
  if (siteOf(organisation, site.id))
    return refuse('id-taken', `Your organisation has a site ${site.id} already.`, '/id')
  if (organisation.sites.length >= MAX_SITES) {
    const detail = `Your organisation has ${organisation.sites.length} sites; at most ${MAX_SITES} are allowed.`
    return refuse('record-too-large', detail)
  }
  return accept({ ...organisation, sites: [...organisation.sites, site] })
}

/** Closes a site, for good. Closing it again changes nothing. Refuses 404 where there is none of that id. */
export function closeSite(organisation: Organisation, id: string, now: string): Decision<Organisation> {
  if (!siteOf(organisation, id)) return refuse('not-found', `There is no site ${id}, or it is not yours.`)
  const close = (site: Site): Site => ({ ...site, closedAt: site.closedAt ?? now })
  return accept({
    ...organisation,
    sites: organisation.sites.map((site) => (site.id === id ? close(site) : site)),
  })
}

/** Says whom the public may ask, or that there is nobody. */
export function withContact(organisation: Organisation, contact: string | null): Organisation {
  const { contact: _, ...others } = organisation
  return contact === null ? others : { ...others, contact }
}

/**
 * Refuses 409 what happens at a site from its closing on. What happened before may be recorded later: phones send when
 * they have a signal, and nothing is lost for it.
 */
export function refuseAtClosed(
  { id, closedAt }: Site,
  occurredAt: string,
  pointer: string,
): Refused | undefined {
  if (closedAt === undefined || occurredAt < closedAt) return undefined
  const detail = `Site ${id} was closed at ${closedAt}; nothing happens there since, and this would at ${occurredAt}.`
  return refuse('site-closed', detail, pointer)
}

/** Suspends an organisation; again changes nothing. Refuses 409 the host itself: nobody could take it back. */
export function suspend(organisation: Organisation, now: string): Decision<Organisation> {
  if (organisation.isHost)
    return refuse('host-stays', `${organisation.id} runs this service and cannot be suspended.`)
  return accept({ ...organisation, suspendedAt: organisation.suspendedAt ?? now })
}

/** Lets an organisation's callers in again. */
export function resume(organisation: Organisation): Organisation {
  const { suspendedAt: _, ...standing } = organisation
  return standing
}
