import type { Certificate } from '../../shared/domain/state/certificate.ts'
import type { Organisation } from '../../shared/domain/organisation.ts'
import type { Period } from '../../shared/domain/state/period.ts'
import { keyOf, number, stringIn, text, type Item } from './items.ts'
import { keeper } from './kept.ts'
import { HOSTED, hostedKey, idOfListSk, organisationKey } from './keys.ts'
import { readCertificates, readCloses, readListItems } from './lists.ts'
import { readAttribute, readItem, readItems } from './read.ts'

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

/** An organisation's record with its revision, for changing it: read strongly, and never from what is kept. */
export interface StoredOrganisation {
  readonly organisation: Organisation
  readonly revision: number
}

export async function readOrganisation(id: string): Promise<StoredOrganisation | undefined> {
  const item = await readItem(organisationKey(id))
  return item && { organisation: organisationIn(item), revision: Number(item['revision']?.N ?? 0) }
}

/** So that a change counts at once in this process; others follow within {@link KEPT_MS}. */
export const forgetOrganisation = (id: string): void => organisations.forget(id)

/** Since when an organisation is suspended, if it is: the one attribute that who finds out who calls may read. */
export async function readSuspension(id: string): Promise<string | undefined> {
  const item = await readAttribute(organisationKey(id), 'suspendedAt')
  return item?.['suspendedAt']?.S
}

/** The organisations that a host made, by their ids, and itself. */
export async function readHosted(host: string): Promise<Organisation[]> {
  const entries = await readListItems(host, HOSTED)
  const ids = [host, ...entries.map((entry) => idOfListSk(stringIn(entry, 'sk')))]
  return (await findOrganisations(ids)).sort((a, b) => (a.id < b.id ? -1 : 1))
}

export async function findOrganisations(ids: readonly string[]): Promise<Organisation[]> {
  const items = await readItems([...new Set(ids)].map(organisationKey))
  return items.map(organisationIn)
}

function organisationIn(item: Item): Organisation {
  const organisation: Organisation = JSON.parse(stringIn(item, 'organisation'))
  return organisation
}

/** The item of an organisation. What it is suspended by is also an attribute, see {@link readSuspension}. */
export function organisationItem(organisation: Organisation, revision = 1): Item {
  const { id, suspendedAt } = organisation
  return {
    ...keyOf(organisationKey(id)),
    organisation: text(JSON.stringify(organisation)),
    revision: number(revision),
    ...(suspendedAt !== undefined && { suspendedAt: text(suspendedAt) }),
  }
}

/** The entry of an organisation in its host's list. */
export const hostedItem = (host: string, org: string): Item => keyOf(hostedKey(host, org))
