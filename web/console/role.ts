import { ROLES } from '../../shared/domain/organisation.ts'
import type { Messages } from './messages.zh.ts'

/** A role as people call it; one that this page does not know yet keeps the contract's name. */
export function roleName(role: string, words: Messages): string {
  const known = ROLES.find((one) => one === role)
  return known ? words.roles[known] : role
}
