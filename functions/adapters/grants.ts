import type { Grant } from '../../shared/domain/identity/grant.ts'
import { recordsOf } from './identities.ts'
import { keyOf, stringIn, type Item } from './items.ts'
import { forgetEverywhere, keeper, VOUCHED_MS } from './kept.ts'
import { idOfListSk, RECEIVED, receivedKey } from './keys.ts'
import { readListItems } from './lists.ts'

/** Grants as those who were given them find them. */

/** The entry of a grant in the list of whom it was given to. */
export const receivedItem = (org: string, grant: string): Item => keyOf(receivedKey(org, grant))

/** All that an organisation was ever granted, newest first. */
export async function readReceived(org: string): Promise<Grant[]> {
  const entries = await readListItems(org, RECEIVED)
  const grants = await recordsOf(
    'grant',
    entries.map((entry) => idOfListSk(stringIn(entry, 'sk'))),
  )
  return grants.map(({ record }) => record)
}

const received = keeper<readonly Grant[]>(VOUCHED_MS)

/** The same, as it was within the last second. */
export const findReceived = async (org: string): Promise<readonly Grant[]> =>
  (await received.get(org, () => readReceived(org))) ?? []

/** So that a change counts, everywhere once this resolves. */
export const forgetGrants = (org: string): Promise<void> => forgetEverywhere(received, org)
