import type { Caller } from '../../shared/domain/identity/caller.ts'
import {
  callerOfDevice,
  DEVICE_TOKEN_TYP,
  faultOfClaims,
  type Device,
} from '../../shared/domain/identity/device.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { isSignedBy, parseJws, type Jws } from '../../shared/ledger/jws.ts'
import { findIdentity, type Stored } from '../adapters/identities.ts'
import { forgetEverywhere, keeper, VOUCHED_MS } from '../adapters/kept.ts'
import { useToken } from '../adapters/used-tokens.ts'
import { repeatedMember } from '../http/repeated.ts'
import { publicUrl } from '../views/links.ts'
import { noteUseNowAndThen } from './noting.ts'

/** Collectors' devices: whose signature something bears, and who calls with a token that a device has made. */

const devices = keeper<Stored<'device'>>(VOUCHED_MS)

/** So that a change counts, everywhere once this resolves. */
export const forgetDevice = (id: string): Promise<void> => forgetEverywhere(devices, id)

/** For whom things are signed that are meant for us: our origin. */
export const audience = (): string => new URL(publicUrl()).origin

/** What a signature comes to: the text that was signed, and by which device. Whether that is still good is not asked. */
export interface Signed {
  readonly jws: Jws
  readonly stored: Stored<'device'>
  readonly device: Device
}

/** Whose signature a text bears; refused where it is none, or is nobody's that we know. */
export async function signerOf(text: string, typ: string): Promise<Decision<Signed>> {
  const jws = parseJws(text, typ)
  if (!jws.ok) return jws
  const { kid } = jws.value
  const stored = await devices.get(kid, () => findIdentity('device', kid))
  if (!stored) return refuse('unauthenticated', `The device ${kid} is not known.`)
  if (await isSignedBy(jws.value, stored.record.publicKey))
    return accept({ jws: jws.value, stored, device: stored.record })
  return refuse('unauthenticated', `The signature is not that of the device ${kid}.`)
}

/** What a signed text says as JSON, every member given once; undefined where it says nothing of the kind. */
export function jsonIn({ payload }: Jws): unknown {
  try {
    const value: unknown = JSON.parse(payload)
    return repeatedMember(payload) === undefined ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether somebody calls with a device's token, going by what it says of itself: nothing is believed of it yet. */
export const isDeviceToken = (bearer: string): boolean => {
  const [header = ''] = bearer.split('.')
  return Buffer.from(header, 'base64url').toString('utf8').includes(`"${DEVICE_TOKEN_TYP}"`)
}

/**
 * Who calls with a token that a device has made. Each counts once: whoever reads one on its way, or in a log of some proxy,
 * has nothing. Its use is noted now and then.
 */
export async function callerByDeviceToken(token: string, now: string): Promise<Decision<Caller>> {
  const signed = await signerOf(token, DEVICE_TOKEN_TYP)
  if (!signed.ok) return signed
  const { jws, stored, device } = signed.value
  const claims = claimsIn(jsonIn(jws))
  const fault = claims
    ? faultOfClaims(claims, { kid: jws.kid, audience: audience(), now })
    : 'its payload must be a JSON object'
  if (fault !== undefined) return refuse('unauthenticated', `The device's token does not count: ${fault}.`)
  const caller = callerOfDevice(device)
  if (!caller.ok) return caller
  const { jti = '', exp = 0 } = claims ?? {}
  if (!(await useToken(device.id, String(jti), Number(exp))))
    return refuse(
      'unauthenticated',
      'This token was used before; a device makes a new one for every request.',
    )
  await noteUseNowAndThen('device', stored, now)
  return caller
}

function claimsIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? Object.fromEntries(Object.entries(value)) : undefined
}
