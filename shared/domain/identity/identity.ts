import type { Grant } from './grant.ts'
import type { ApiKey } from './key.ts'

/**
 * The records of who may do what. They are no events: what is recorded of plastic must stay as it was, whoever may do
 * what today. Each is one record that is replaced as a whole.
 */
export interface Identities {
  readonly key: ApiKey
  readonly grant: Grant
}
export type IdentityKind = keyof Identities
