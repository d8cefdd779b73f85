import type { Certificate } from '../../shared/domain/state/certificate.ts'
import type { Organisation } from '../../shared/domain/organisation.ts'
import type { Period } from '../../shared/domain/state/period.ts'
import { keyOf, stringIn, text, type Item } from './items.ts'
import { keeper } from './kept.ts'
import { organisationKey } from './keys.ts'
import { readCertificates, readCloses } from './lists.ts'
import { readItem, readItems } from './read.ts'

/** Organisations with their sites, and what they have lists of that decisions rest on. */

const KEPT_MS = 15_000

const organisations = keeper<Organisation>(KEPT_MS)
const certificates = keeper<readonly Certificate[]>(KEPT_MS)
const closes = keeper<readonly Period[]>(KEPT_MS)

export async function findOrganisation(id: string): Promise<Organisation | undefined> {
  return organisations.get(id, async () => {
    const item = await readItem(organisationKey(id))
    return item && organisationIn(item)
  })
}

/**
 * What an organisation may certify, kept like the organisation itself, or `afresh` for one whose claim was refused by a
 * tally: a claim on a certificate that was withdrawn meanwhile is not written (tallies.ts).
 */
export async function findCertificates(org: string, afresh = false): Promise<readonly Certificate[]> {
  if (afresh) certificates.forget(org)
  return (await certificates.get(org, () => readCertificates(org))) ?? []
}

/** Its closed periods: what is dated in one of them comes too late. */
export async function findCloses(org: string): Promise<readonly Period[]> {
  return (await closes.get(org, () => readCloses(org))) ?? []
}

/** So that what was just registered counts at once in this process; others follow within {@link KEPT_MS}. */
export function forgetLists(org: string): void {
  certificates.forget(org)
  closes.forget(org)
}

export async function findOrganisations(ids: readonly string[]): Promise<Organisation[]> {
  const items = await readItems([...new Set(ids)].map(organisationKey))
  return items.map(organisationIn)
}

function organisationIn(item: Item): Organisation {
  const organisation: Organisation = JSON.parse(stringIn(item, 'organisation'))
  return organisation
}

/** The item of an organisation, for its first sowing. */
export function organisationItem(organisation: Organisation): Item {
  return { ...keyOf(organisationKey(organisation.id)), organisation: text(JSON.stringify(organisation)) }
}
