import type { Certificate } from '../../shared/domain/state/certificate.ts'
import type { Organisation, Role } from '../../shared/domain/organisation.ts'
import { ROLES } from '../../shared/domain/organisation.ts'
import type { Period } from '../../shared/domain/state/period.ts'
import { sha256OfText, toHex } from '../../shared/ledger/hash.ts'
import { keyOf, stringIn, text, type Item } from './items.ts'
import { credentialKey, organisationKey } from './keys.ts'
import { readCertificates, readCloses } from './lists.ts'
import { readItem, readItems } from './read.ts'

/** Who exists: organisations with their sites, and API keys, which are stored as hashes only. */
export interface Credential {
  readonly org: string
  readonly role: Role
}

/** What is looked up stays in memory this long; so long, at most, does a revoked key go on working in a warm function. */
const KEPT_MS = 15_000

interface Kept<T> {
  readonly until: number
  readonly value: T
}

const credentials = new Map<string, Kept<Credential>>()
const organisations = new Map<string, Kept<Organisation>>()
const certificates = new Map<string, Kept<readonly Certificate[]>>()
const closes = new Map<string, Kept<readonly Period[]>>()

async function kept<T>(
  store: Map<string, Kept<T>>,
  id: string,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const now = Date.now()
  const known = store.get(id)
  if (known && known.until > now) return known.value
  const value = await read()
  if (value === undefined) store.delete(id)
  else store.set(id, { until: now + KEPT_MS, value })
  return value
}

/** The organisation and role behind an API key, or undefined for a key that was never given out. */
export async function findCredential(key: string): Promise<Credential | undefined> {
  const hash = toHex(await sha256OfText(key))
  return kept(credentials, hash, async () => {
    const item = await readItem(credentialKey(hash))
    const role = ROLES.find((candidate) => candidate === item?.['role']?.S)
    return item && role && { org: stringIn(item, 'org'), role }
  })
}

export async function findOrganisation(id: string): Promise<Organisation | undefined> {
  return kept(organisations, id, async () => {
    const item = await readItem(organisationKey(id))
    return item && organisationIn(item)
  })
}

/**
 * What an organisation may certify, kept like the organisation itself, or `afresh` for one whose claim was refused by a
 * tally: a claim on a certificate that was withdrawn meanwhile is not written (tallies.ts).
 */
export async function findCertificates(org: string, afresh = false): Promise<readonly Certificate[]> {
  if (afresh) certificates.delete(org)
  return (await kept(certificates, org, () => readCertificates(org))) ?? []
}

/** Its closed periods: what is dated in one of them comes too late. */
export async function findCloses(org: string): Promise<readonly Period[]> {
  return (await kept(closes, org, () => readCloses(org))) ?? []
}

/** So that what was just registered counts at once in this process; others follow within {@link KEPT_MS}. */
export function forgetLists(org: string): void {
  certificates.delete(org)
  closes.delete(org)
}

export async function findOrganisations(ids: readonly string[]): Promise<Organisation[]> {
  const items = await readItems([...new Set(ids)].map(organisationKey))
  return items.map(organisationIn)
}

function organisationIn(item: Item): Organisation {
  const organisation: Organisation = JSON.parse(stringIn(item, 'organisation'))
  return organisation
}

/** Items for seeding; from the identity issue on, organisations and keys are made through the API. */
export function organisationItem(organisation: Organisation): Item {
  return { ...keyOf(organisationKey(organisation.id)), organisation: text(JSON.stringify(organisation)) }
}

export async function credentialItem(key: string, { org, role }: Credential): Promise<Item> {
  return { ...keyOf(credentialKey(toHex(await sha256OfText(key)))), org: text(org), role: text(role) }
}
