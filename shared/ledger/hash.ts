import { canonicalJson } from './canonical.ts'

/** Hashes of this ledger, by WebCrypto, so that the same code runs in Lambda and in a reader's browser. */
const encoder = new TextEncoder()

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

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
  return toHex(await leafHash(encoder.encode(canonicalJson(event))))
}

export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}
