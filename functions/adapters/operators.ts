import type { Identities } from '../../shared/domain/identity/identity.ts'
import type { Operators } from '../../shared/domain/identity/operators.ts'
import { listIdentities, type Stored } from './identities.ts'
import { keyOf, number } from './items.ts'
import { operatorsKey } from './keys.ts'
import { readItem } from './read.ts'
import { changedRecord, putTogether } from './together.ts'

/**
 * An organisation's operators, and how often one was taken away. Whoever takes one away counts that up in the same
 * transaction: of two who take each other away at once, the second finds that the count has changed, and looks again.
 */
export interface CountedOperators extends Operators {
  readonly takenAway: number
}

/** The count first: what is taken away after it was read makes the write fail, whether or not it was seen. */
export async function readOperators(org: string): Promise<CountedOperators> {
  const item = await readItem(operatorsKey(org))
  const [keys, members] = await Promise.all([listIdentities('key', org), listIdentities('member', org)])
  return {
    takenAway: Number(item?.['revision']?.N ?? 0),
    keys: keys.map(({ record }) => record),
    members: members.map(({ record }) => record),
  }
}

/** Replaces a key's or member's record as it was read; false where it, or who the operators are, has changed since. */
export function takeOperatorAway<Kind extends 'key' | 'member'>(
  kind: Kind,
  found: Stored<Kind>,
  record: Identities[Kind],
  { takenAway }: CountedOperators,
): Promise<boolean> {
  const count = { ...keyOf(operatorsKey(record.org)), revision: number(takenAway + 1) }
  return putTogether([
    changedRecord(kind, found, record),
    { item: count, where: takenAway === 0 ? 'new' : { revision: takenAway } },
  ])
}
