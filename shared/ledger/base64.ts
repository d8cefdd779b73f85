import { checked, fault, shown, type Checked } from './checked.ts'

/** Base64 with padding (RFC 4648, §4), by what Node and phones of 2020 have in common. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/**
 * The bytes of a text, read strictly: undefined for missing padding, spaces, other alphabets, and for last characters
 * with bits that say nothing. So every byte string has exactly one text, and none can be respelt.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return toBase64(bytes) === text ? bytes : undefined
}

/** A hash of 32 bytes, as it stands alone on a line of a checkpoint or a proof. */
export function parseHash(line: string): Checked<Uint8Array<ArrayBuffer>> {
  const bytes = fromBase64(line)
  return bytes?.length === 32
    ? checked(bytes)
    : fault(`a hash must be 32 bytes in base64, padded; given: ${shown(line)}`)
}
