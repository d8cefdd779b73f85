import { refuse, type Refused } from '../refusal.ts'
import type { ApiKey } from './key.ts'
import type { Member } from './member.ts'

/** Who may say who may do what in an organisation: its operators, persons and keys alike. */
export interface Operators {
  readonly keys: readonly ApiKey[]
  readonly members: readonly Member[]
}

/**
 * Whether this goes on being able to act as an operator, whatever time brings: a key that will expire does not, nor one
 * that is limited to other things.
 */
export function isLastingOperator(one: ApiKey | Member): boolean {
  if (one.role !== 'operator') return false
  if ('label' in one) return one.removedAt === undefined && one.suspendedAt === undefined
  const mayIdentify = one.scopes?.includes('identity') ?? true
  return one.revokedAt === undefined && one.expiresAt === undefined && mayIdentify
}

/**
 * Refuses a change after which nobody could say any more who may do what: an organisation would be locked out of its own
 * records. `before` and `after` are the same key or member.
 */
export function refuseLastOperator<One extends ApiKey | Member>(
  before: One,
  after: One,
  { keys, members }: Operators,
): Refused | undefined {
  if (!isLastingOperator(before) || isLastingOperator(after)) return undefined
  const isLeft = [...keys, ...members].some((one) => one.id !== before.id && isLastingOperator(one))
  if (isLeft) return undefined
  const detail = `${before.id} is the last operator: a person who is an operator, or an operator's key without an end. Make or invite another first.`
  return refuse('last-operator', detail)
}
