import { randomBytes } from 'node:crypto'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { callerOfKey, type ApiKey } from '../../shared/domain/identity/key.ts'
import type { Role } from '../../shared/domain/organisation.ts'
import { refuse, type Decision } from '../../shared/domain/refusal.ts'
import { findIdentity, type Stored } from '../adapters/identities.ts'
import { forgetEverywhere, keeper, VOUCHED_MS } from '../adapters/kept.ts'
import { noteUseNowAndThen } from './noting.ts'
import { refOf } from './secrets.ts'

/** Machines' keys: `tm_<role>_` and 24 random bytes. */
const BYTES = 24

export const newSecret = (role: Role): string => `tm_${role}_${randomBytes(BYTES).toString('base64url')}`

const keys = keeper<Stored<'key'>>(VOUCHED_MS)

/** Who calls with this secret. Its use is noted now and then. */
export async function callerBySecret(secret: string, now: string): Promise<Decision<Caller>> {
  const ref = refOf(secret)
  const found = await keys.get(ref, () => findIdentity('key', ref))
  if (!found) return refuse('unauthenticated', 'The given key is not known.')
  const caller = callerOfKey(found.record, now)
  if (caller.ok) await noteUseNowAndThen('key', found, now)
  return caller
}

/** So that a change counts, everywhere once this resolves. */
export const forgetKey = (ref: string): Promise<void> => forgetEverywhere(keys, ref)

/** The key of an operator with which an organisation makes all its others. */
export const firstKey = (key: Pick<ApiKey, 'id' | 'org' | 'madeAt' | 'madeBy'>): ApiKey => ({
  ...key,
  role: 'operator',
  name: 'First key',
})

/** The record of a key that may do all that its role may. */
export const wholeKey = (key: Pick<ApiKey, 'id' | 'org' | 'role' | 'name' | 'madeAt'>): ApiKey => ({
  ...key,
  madeBy: { kind: 'key', id: key.id },
})
