import { sha256 } from '#sha256'
import { fromBase64, toBase64 } from './base64.ts'
import { concat } from './bytes.ts'
import { checked, fault, shown, type Checked } from './checked.ts'
import { PUBLIC_KEY_BYTES } from './ed25519/verify.ts'
import { toHex } from './hash.ts'

/**
 * Who may sign notes (c2sp.org/signed-note): a public key, its name, and what its signatures mean. It is written on one
 * line, such as
 *
 *     trace.example.org/log+ff8b0480+AR1jRKHaZi+Zmu7DtQwExEw9lre9VcpedcbhDxkoMLTi
 */
export interface VerifierKey {
  readonly name: string
  readonly type: SignatureType
  /** Eight hex digits: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
  readonly id: string
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
}

/**
 * The types that are known here: a plain Ed25519 signature, as logs sign, and a witness's cosignature with its time
 * (c2sp.org/tlog-cosignature).
 */
export const ED25519 = 0x01
export const COSIGNATURE_V1 = 0x04
export type SignatureType = typeof ED25519 | typeof COSIGNATURE_V1

export const KEY_ID_BYTES = 4
const encoder = new TextEncoder()

/** A key with its id worked out. Refuses names that a note cannot carry, and keys that are not 32 bytes. */
export async function verifierKey(
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): Promise<Checked<VerifierKey>> {
  if (!isKeyName(name))
    return fault(`a key's name must be given, without spaces and without +; given: ${shown(name)}`)
  if (publicKey.length !== PUBLIC_KEY_BYTES)
    return fault(`an Ed25519 key must be ${PUBLIC_KEY_BYTES} bytes; given: ${publicKey.length}`)
  const hashed = await sha256(concat(encoder.encode(`${name}\n`), Uint8Array.of(type), publicKey))
  return checked({ name, type, id: toHex(hashed.subarray(0, KEY_ID_BYTES)), publicKey })
}

/** Key names must not be empty, nor hold white space of any script, ASCII control characters or a plus. */
export function isKeyName(name: string): boolean {
  return name !== '' && isNoteText(name) && !/[\p{White_Space}+]/u.test(name)
}

/** Whether UTF-8 can carry a text, and its only control characters of ASCII, if it has any, are newlines. */
export function isNoteText(text: string): boolean {
  return !/\p{Surrogate}|[^\P{Control}\n\u007f-\u009f]/u.test(text)
}

export function printVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${toBase64(concat(Uint8Array.of(type), publicKey))}`
}

/** Reads a key from its line. Refuses one whose id does not follow from the rest, and types that are not known here. */
export async function parseVerifierKey(text: string): Promise<Checked<VerifierKey>> {
  // Names have no plus, and base64 may have some: the first two separate.
  const [, name = '', id = '', material = ''] =
    /^([^+]*)\+([0-9a-fA-F]{8})\+([A-Za-z0-9+/=]*)$/.exec(text) ?? []
  const [type, ...publicKey] = fromBase64(material) ?? []
  if (type === undefined)
    return fault(
      `a verifier key must be <name>+<id, 8 hex digits>+<type and key in base64>; given: ${shown(text)}`,
    )
  if (type !== ED25519 && type !== COSIGNATURE_V1)
    return fault(`a key's type must be 1 (Ed25519) or 4 (cosignature/v1); given: ${type}`)
  const key = await verifierKey(name, type, Uint8Array.from(publicKey))
  if (key.ok && key.value.id !== id.toLowerCase())
    return fault(`the id of this key must be ${key.value.id}; given: ${id}`)
  return key
}
