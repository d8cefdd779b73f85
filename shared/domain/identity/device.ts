import type { PublicKey } from '../../ledger/jws.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { CLOCK_SKEW_SECONDS } from '../time.ts'
import type { Caller, Voucher } from './caller.ts'

/** A collector's phone. Its private key is in the phone and cannot be taken out of it; here is only the public one. */
export interface Device {
  readonly id: string
  readonly org: string
  readonly site: string
  /** What the station calls its holder: an alias. No name is asked for. */
  readonly label: string
  readonly publicKey: PublicKey
  readonly madeAt: string
  /** Who made the code that it was enrolled with. */
  readonly madeBy: Voucher
  /** From then on nothing that it signs is taken. What was taken before can be verified for good: the key stays here. */
  readonly revokedAt?: string
}

/** Who calls with what this device has signed; refused with 401 once it was revoked. */
export function callerOfDevice({ id, org, revokedAt }: Device): Decision<Caller> {
  if (revokedAt !== undefined)
    return refuse(
      'unauthenticated',
      `This phone was revoked at ${revokedAt}. Please go to your station to have it enrolled again; entries stay on the phone.`,
    )
  return accept({ org, role: 'collector', by: { kind: 'device', id }, scopes: ['pickups', 'read'] })
}

/** Revokes a device, at once and for good. Revoking it again changes nothing. */
export function revokeDevice(device: Device, now: string): Device {
  return { ...device, revokedAt: device.revokedAt ?? now }
}

export const DEVICE_TOKEN_TYP = 'tidemark-device+jwt'
export const MAX_TOKEN_SECONDS = 300

/**
 * What a device says of itself for requests that are no pickups (RFC 7519): `iss` is its id, `aud` the origin of the
 * service, `iat` and `exp` are whole seconds and at most five minutes apart, `jti` makes each one different:
 * none counts twice.
 */
export interface TokenClaims {
  readonly iss: string
  readonly aud: string
  readonly iat: number
  readonly exp: number
  readonly jti: string
}

const CLAIMS = ['aud', 'exp', 'iat', 'iss', 'jti']
const JTI = /^[\w-]{8,64}$/

/** Why these claims, signed by the device `kid`, are none that count at `now` here; undefined where they do. */
export function faultOfClaims(
  claims: Readonly<Record<string, unknown>>,
  { kid, audience, now }: { readonly kid: string; readonly audience: string; readonly now: string },
): string | undefined {
  const { iss, aud, iat, exp, jti } = claims
  const seconds = Math.floor(Date.parse(now) / 1000)
  if (Object.keys(claims).sort().join() !== CLAIMS.join())
    return `its claims must be ${CLAIMS.join(', ')} and no others`
  if (iss !== kid) return 'iss must be the device that kid names'
  if (aud !== audience) return `aud must be ${audience}`
  if (typeof jti !== 'string' || !JTI.test(jti)) return 'jti must be 8 to 64 letters, digits, - or _'
  if (!isWhole(iat) || !isWhole(exp)) return 'iat and exp must be whole seconds'
  if (exp <= iat || exp - iat > MAX_TOKEN_SECONDS)
    return `it may be good for at most ${MAX_TOKEN_SECONDS} seconds`
  if (exp <= seconds) return `it expired ${seconds - exp} seconds ago`
  if (iat > seconds + CLOCK_SKEW_SECONDS) return 'iat lies in the future; please check the clock of the phone'
  return undefined
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)
