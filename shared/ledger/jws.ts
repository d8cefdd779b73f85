import { accept, refuse, type Decision, type Refused } from '../domain/refusal.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { sha256OfText } from './hash.ts'

/**
 * JSON Web Signatures (RFC 7515) of one narrow kind: compact serialisation, ES256 (RFC 7518, §3.4), and a header of
 * exactly `alg`, `kid` and `typ`. What a header could say besides, such as where to find a key, is how others were
 * deceived: none of it is read, all of it is refused. The same code signs in a phone and verifies on the server.
 */
export interface Jws {
  /** Whose key is said to have signed; nothing is true before {@link isSignedBy} says so. */
  readonly kid: string
  readonly typ: string
  /** The text that was signed. */
  readonly payload: string
  readonly signingInput: string
  readonly signature: Uint8Array<ArrayBuffer>
}

/** A public key on P-256, as a JWK (RFC 7517) with its required members alone. */
export interface PublicKey {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

/** Signs bytes by ECDSA on P-256 with SHA-256, as r and s of 32 bytes each: what WebCrypto does. */
export type Sign = (input: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

/** A pickup with six photos and every field takes some 5,000. */
export const MAX_JWS_LENGTH = 24_000
const SIGNATURE_BYTES = 64
const COORDINATE_BYTES = 32

const encoder = new TextEncoder()

/** Signs a payload as JSON. */
export async function signJws(
  { kid, typ }: Pick<Jws, 'kid' | 'typ'>,
  payload: unknown,
  sign: Sign,
): Promise<string> {
  const encoded = [JSON.stringify({ alg: 'ES256', kid, typ }), JSON.stringify(payload)]
  const input = encoded.map((text) => toBase64url(encoder.encode(text))).join('.')
  return `${input}.${toBase64url(await sign(encoder.encode(input)))}`
}

/** Takes a signed text apart, strictly; refuses whatever is not of our kind, and says why. */
export function parseJws(text: string, typ: string): Decision<Jws> {
  if (text.length > MAX_JWS_LENGTH)
    return malformed(`it has ${text.length} characters; at most ${MAX_JWS_LENGTH} are allowed`)
  const [header = '', payload = '', signature = '', ...more] = text.split('.')
  if (more.length > 0 || text.split('.').length !== 3)
    return malformed('it must have exactly three parts, separated by dots')
  const bytes = fromBase64url(signature)
  if (bytes?.length !== SIGNATURE_BYTES)
    return malformed('its signature must be 64 bytes (r and s) in base64url without padding')
  const said = textIn(header)
  const signed = textIn(payload)
  if (said === undefined || signed === undefined)
    return malformed('header and payload must be UTF-8 in base64url without padding')
  const kid = kidIn(said, typ)
  if (!kid.ok) return kid
  return accept({
    kid: kid.value,
    typ,
    payload: signed,
    signingInput: `${header}.${payload}`,
    signature: bytes,
  })
}

const malformed = (why: string): Refused =>
  refuse('malformed-signature', `This is no signed text that is taken here: ${why}.`)

function textIn(part: string): string | undefined {
  const bytes = fromBase64url(part)
  if (!bytes) return undefined
  try {
    // A byte order mark is part of the text, so that it is not passed over.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const KID = /^[\w-]{1,64}$/

/** Members given twice, spaces and escapes are refused by writing the header again: two readers see one header. */
function kidIn(text: string, typ: string): Decision<string> {
  const header = recordIn(text)
  if (!header || JSON.stringify(header) !== text)
    return malformed('its header must be a JSON object without spaces or escapes, each member once')
  const { alg, kid, typ: given, ...others } = header
  if (alg !== 'ES256') return malformed(`alg must be ES256; given: ${shown(alg)}`)
  if (given !== typ) return malformed(`typ must be ${typ}; given: ${shown(given)}`)
  if (typeof kid !== 'string' || !KID.test(kid))
    return malformed('kid must be 1 to 64 letters, digits, - or _')
  const [other] = Object.keys(others)
  if (other !== undefined)
    return malformed(`its header must have alg, kid and typ alone; given: ${shown(other)}`)
  return accept(kid)
}

function recordIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return Object.fromEntries(Object.entries(value))
  } catch {
    return undefined
  }
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80)

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** Whether this key has signed it. False also for a key that is no point of the curve. */
export async function isSignedBy({ signingInput, signature }: Jws, publicKey: PublicKey): Promise<boolean> {
  const { kty, crv, x, y } = publicKey
  try {
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, ECDSA, false, ['verify'])
    return await crypto.subtle.verify(ECDSA, key, signature, encoder.encode(signingInput))
  } catch {
    return false
  }
}

/** Whether a key can be one: two coordinates of 32 bytes, on the curve. */
export async function isPublicKey({ kty, crv, x, y }: PublicKey): Promise<boolean> {
  if ([x, y].some((coordinate) => fromBase64url(coordinate)?.length !== COORDINATE_BYTES)) return false
  try {
    await crypto.subtle.importKey('jwk', { kty, crv, x, y }, ECDSA, false, ['verify'])
    return true
  } catch {
    return false
  }
}

/** The name that a key has by itself (RFC 7638): the hash of its required members. */
export async function thumbprintOf({ kty, crv, x, y }: PublicKey): Promise<string> {
  return toBase64url(await sha256OfText(JSON.stringify({ crv, kty, x, y })))
}
