import { hash } from 'node:crypto'

/** SHA-256 where Node runs: at once, where WebCrypto goes through a thread for every call. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { buffer, byteOffset, length } = hash('sha256', bytes, 'buffer')
  // A plain array as in browsers, not a Buffer, whose methods differ.
  return new Uint8Array(buffer, byteOffset, length)
}
