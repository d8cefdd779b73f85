import { fromBase64, toBase64 } from './base64.ts'

/** Base64url without padding (RFC 7515, §2; RFC 4648, §5). */
export function toBase64url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}

/** The bytes of a text, read as strictly as {@link fromBase64} does: undefined for padding and other alphabets. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  const padding = '='.repeat((4 - (text.length % 4)) % 4)
  return fromBase64(text.replace(/-/g, '+').replace(/_/g, '/') + padding)
}
