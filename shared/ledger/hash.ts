import { sha256 } from '#sha256'
import { canonicalJson } from './canonical.ts'

/**
 * Hashes of this ledger. SHA-256 itself is the platform's, Node's or the browser's, as the `imports` of package.json
 * say; all that is built on it is the same code in Lambda and in a reader's browser.
 */
const encoder = new TextEncoder()

export async function sha256OfText(text: string): Promise<Uint8Array> {
  return sha256(encoder.encode(text))
}

/** `SHA-256(0x00 ‖ data)`, the leaf hash of RFC 6962 §2.1: the prefix keeps leaves and inner nodes apart. */
export async function leafHash(data: Uint8Array): Promise<Uint8Array> {
  const prefixed = new Uint8Array(data.length + 1)
  prefixed.set(data, 1)
  return sha256(prefixed)
}

/** Hex of the leaf hash of a value's canonical JSON. This is both the link between events and the leaf in the log. */
export async function eventHash(event: unknown): Promise<string> {
  return canonicalHash(canonicalJson(event))
}

/** {@link eventHash} where the canonical JSON is at hand. */
export async function canonicalHash(text: string): Promise<string> {
  return toHex(await leafHash(encoder.encode(text)))
}

export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/** The bytes of {@link toHex}. Precondition: it is hex, two digits a byte. */
export const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
