import type { Role } from '../organisation.ts'
import type { Scope } from './scope.ts'

/** Who a request comes from, once that is known: what the authorizer tells the functions. */
export interface Caller {
  readonly org: string
  readonly role: Role
  readonly by: Voucher
  /** What it is limited to, within what its role may do; absent where its role is all there is to say. */
  readonly scopes?: readonly Scope[]
  /** The only sites at which a person records, and of which they are shown what concerns people; all, if absent. */
  readonly sites?: readonly string[]
}

/** What vouches for a caller: a machine's key, a person's sign-in or a collector's device. Never a name. */
export interface Voucher {
  readonly kind: 'key' | 'person' | 'device'
  readonly id: string
}
