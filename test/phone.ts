import { fromBase64url, toBase64url } from '../shared/ledger/base64url.ts'
import { signJws, thumbprintOf, type PublicKey, type Sign } from '../shared/ledger/jws.ts'

/** A collector's phone as far as the server can tell: a key on P-256, and what it signs. */
export interface PhoneKey {
  readonly publicKey: PublicKey
  readonly sign: Sign
}

export async function newPhoneKey(): Promise<PhoneKey> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const sign: Sign = async (input) =>
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, input))
  return { publicKey: { kty: 'EC', crv: 'P-256', x, y }, sign }
}

/** Signs any header and any payload, as somebody would who wants to be taken for another. */
export async function forged(key: PhoneKey, header: unknown, payload: unknown): Promise<string> {
  const input = [header, payload].map((part) => encoded(JSON.stringify(part))).join('.')
  return `${input}.${toBase64url(await key.sign(new TextEncoder().encode(input)))}`
}

export const encoded = (text: string): string => toBase64url(new TextEncoder().encode(text))

/** The same text with one bit of its nth part turned over. */
export function withBitTurned(jws: string, part: 0 | 1 | 2): string {
  const parts = jws.split('.')
  const bytes = fromBase64url(parts[part] ?? '') ?? new Uint8Array(1)
  bytes[5] = (bytes[5] ?? 0) ^ 1
  return parts.with(part, toBase64url(bytes)).join('.')
}

/** The proof that a phone has the key it registers. */
export async function proofOf(
  key: PhoneKey,
  { code, audience, at = Date.now() }: { code: string; audience: string; at?: number },
): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code)))
  const codeSha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const proof = { v: 1, aud: audience, codeSha256, iat: Math.floor(at / 1000) }
  const head = { kid: await thumbprintOf(key.publicKey), typ: 'tidemark-enrolment+jws' }
  return signJws(head, proof, key.sign)
}
