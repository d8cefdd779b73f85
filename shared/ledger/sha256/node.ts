import { hash } from 'node:crypto'

/** SHA-256 where Node runs: at once, where WebCrypto goes through a thread for every call. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return hash('sha256', bytes, 'buffer')
}
