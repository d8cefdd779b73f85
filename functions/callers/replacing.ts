import type { Refused } from '../../shared/domain/refusal.ts'
import type { Identities } from '../../shared/domain/identity/identity.ts'
import { isLastingOperator, refuseLastOperator } from '../../shared/domain/identity/operators.ts'
import { changeIdentity, type Stored } from '../adapters/identities.ts'
import { readOperators, takeOperatorAway } from '../adapters/operators.ts'

/**
 * Replaces the record of a key or a member, and never takes the last operator away, however many try at once. `stale`
 * where the record, or who the operators are, was changed by somebody else just now: nothing was done.
 */
export async function replaceKeepingOperator<Kind extends 'key' | 'member'>(
  kind: Kind,
  found: Stored<Kind>,
  record: Identities[Kind],
): Promise<'done' | 'stale' | Refused> {
  if (!isLastingOperator(found.record) || isLastingOperator(record))
    return (await changeIdentity(kind, found, record)) ? 'done' : 'stale'
  const operators = await readOperators(record.org)
  const refused = refuseLastOperator(found.record, record, operators)
  if (refused) return refused
  return (await takeOperatorAway(kind, found, record, operators)) ? 'done' : 'stale'
}
