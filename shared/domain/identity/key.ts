import type { Role } from '../organisation.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Caller, Voucher } from './caller.ts'
import type { Scope } from './scope.ts'

/** A machine's key, as it is kept: all but the secret, of which there is only a hash, and that in the item's own key. */
export interface ApiKey {
  readonly id: string
  readonly org: string
  readonly role: Role
  /** What people call it: the machine or the purpose. */
  readonly name: string
  /** Absent: all that its role may do. */
  readonly scopes?: readonly Scope[]
  readonly madeAt: string
  readonly madeBy: Voucher
  /** From then on it is refused. A key that is being rotated out has one. */
  readonly expiresAt?: string
  readonly revokedAt?: string
  /** The key that takes its place. */
  readonly replacedBy?: string
}

/** Who calls with this key; refused with 401 once it was revoked or its time is over. */
export function callerOfKey(key: ApiKey, now: string): Decision<Caller> {
  if (key.revokedAt !== undefined) return refuse('unauthenticated', 'The given key was revoked.')
  if (hasExpired(key, now)) return refuse('unauthenticated', `The given key expired at ${key.expiresAt}.`)
  const { org, role, id, scopes } = key
  return accept({ org, role, by: { kind: 'key', id }, ...(scopes && { scopes }) })
}

const hasExpired = ({ expiresAt }: ApiKey, now: string): boolean =>
  expiresAt !== undefined && expiresAt <= now

/** How things stand with a key, for a list. */
export function statusOfKey(key: ApiKey, now: string): 'active' | 'expired' | 'revoked' {
  if (key.revokedAt !== undefined) return 'revoked'
  return hasExpired(key, now) ? 'expired' : 'active'
}

/** Revokes a key, at once and for good. Revoking it again changes nothing. */
export function revokeKey(key: ApiKey, now: string): ApiKey {
  return { ...key, revokedAt: key.revokedAt ?? now }
}

/**
 * Rotates a key out: it goes on working until `graceSeconds` from now, or until its own end if that comes first, so that
 * machines can be given `successor` one after the other. A key that is no longer good has no successor.
 */
export function rotateKey(
  key: ApiKey,
  { successor, graceSeconds, now }: { successor: string; graceSeconds: number; now: string },
): Decision<ApiKey> {
  const status = statusOfKey(key, now)
  if (status !== 'active')
    return refuse('key-not-active', `Key ${key.id} is ${status}; make a new one instead.`)
  if (key.replacedBy !== undefined)
    return refuse('key-not-active', `Key ${key.id} was rotated already; its successor is ${key.replacedBy}.`)
  const end = new Date(Date.parse(now) + graceSeconds * 1000).toISOString()
  const { expiresAt = end } = key
  return accept({ ...key, replacedBy: successor, expiresAt: expiresAt < end ? expiresAt : end })
}
