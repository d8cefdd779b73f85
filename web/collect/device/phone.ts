import { DEVICE_TOKEN_TYP, MAX_TOKEN_SECONDS } from '../../../shared/domain/identity/device.ts'
import { plainCode, PROOF_TYP } from '../../../shared/domain/identity/enrolment.ts'
import { PICKUP_TYP } from '../../../shared/domain/identity/signed-entry.ts'
import { signJws, thumbprintOf, type PublicKey } from '../../../shared/ledger/jws.ts'
import type { OwnDevice } from '../sending/answers.ts'
import { askTime, serverNowMs } from '../sending/clock.ts'
import { freshId } from '../fresh-id.ts'
import { keepPhone, loadPhone, type KeptKey, type KeptPhone } from '../kept/keychain.ts'
import type { Entry, SignedBody } from '../kept/entries.ts'
import { sendEnrolment } from '../sending/send.ts'
import { sha256Hex } from '../sha256.ts'

/** This phone as a device: its key, which cannot be taken out of it, what it is enrolled as, and what it signs. */
export interface Phone {
  readonly device: OwnDevice
  readonly key: KeptKey
}

export type EnrolFault = 'code' | 'clock' | 'browser' | 'network' | 'busy' | 'other'

export type Registration =
  { readonly ok: true; readonly phone: Phone } | { readonly ok: false; readonly why: EnrolFault }

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
const HASH = { name: 'ECDSA', hash: 'SHA-256' } as const

/** The code of an enrolment that has not come to its end: its answer was lost, or there was no network. */
export async function pendingCode(): Promise<string | undefined> {
  return (await loadPhone('pending').catch(() => undefined))?.code
}

/**
 * Enrols this phone with a code. The key is made once for a code and kept first, so that it may be asked again: whoever
 * asks with the same code and key gets the same device.
 */
export async function register(code: string): Promise<Registration> {
  let pending: KeptPhone
  try {
    pending = await pendingFor(plainCode(code))
  } catch {
    // No WebCrypto on a page by plain http, and no place to keep a key in a private window.
    return { ok: false, why: 'browser' }
  }
  // The proof says when it was made, by a clock that the server agrees with.
  await askTime()
  const reply = await sendEnrolment(freshId(), await enrolmentOf(pending))
  if (reply.is === 'accepted') return keepEnrolled({ key: pending.key, device: reply.value })
  const why = faultOf(reply)
  if (why === 'code' || why === 'other') await keepPhone('pending', undefined).catch(() => {})
  return { ok: false, why }
}

async function keepEnrolled(phone: Phone): Promise<Registration> {
  try {
    await keepPhone('enrolled', phone)
    await keepPhone('pending', undefined)
    return { ok: true, phone }
  } catch {
    return { ok: false, why: 'browser' }
  }
}

function faultOf(reply: Exclude<Awaited<ReturnType<typeof sendEnrolment>>, { is: 'accepted' }>): EnrolFault {
  if (reply.is === 'unsent') return reply.why === 'network' || reply.why === 'busy' ? reply.why : 'other'
  const { code } = reply.refusal
  return code === 'code-not-usable' ? 'code' : code === 'clock-off' ? 'clock' : 'other'
}

async function pendingFor(code: string): Promise<KeptPhone> {
  const known = await loadPhone('pending')
  if (known?.code === code) return known
  const pair = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const publicKey: PublicKey = { kty: 'EC', crv: 'P-256', x, y }
  const pending = { key: { privateKey: pair.privateKey, publicKey }, code }
  await keepPhone('pending', pending)
  return pending
}

async function enrolmentOf({ key, code = '' }: KeptPhone): Promise<object> {
  const codeSha256 = await sha256Hex(new TextEncoder().encode(code))
  const proof = { v: 1, aud: location.origin, codeSha256, iat: nowSeconds() }
  const head = { kid: await thumbprintOf(key.publicKey), typ: PROOF_TYP }
  return { code, publicKey: key.publicKey, proof: await signJws(head, proof, signerOf(key)) }
}

/** Signs an entry at the moment of its making; undefined where this phone, as it is enrolled now, has signed it before. */
export async function signEntry(phone: Phone, entry: Entry): Promise<SignedBody | undefined> {
  const { id, madeAt, packet } = entry
  const by = phone.device.id
  if (!packet || packet.signed?.by === by) return undefined
  const payload = { v: 1, aud: location.origin, id, capturedAt: madeAt, pickup: packet.body }
  return { by, jws: await signJws({ kid: by, typ: PICKUP_TYP }, payload, signerOf(phone.key)) }
}

/** What this phone says of itself when it asks for anything else, good for five minutes. */
export function tokenOf({ device: { id }, key }: Phone): Promise<string> {
  const iat = nowSeconds()
  const claims = { iss: id, aud: location.origin, iat, exp: iat + MAX_TOKEN_SECONDS, jti: freshId() }
  return signJws({ kid: id, typ: DEVICE_TOKEN_TYP }, claims, signerOf(key))
}

const signerOf =
  ({ privateKey }: KeptKey) =>
  async (input: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign(HASH, privateKey, input))

const nowSeconds = (): number => Math.floor(serverNowMs() / 1000)
