import { concat } from './bytes.ts'
import { checked, fault, type Checked } from './checked.ts'
import { SIGNATURE_BYTES, type SignEd25519 } from './ed25519/verify.ts'
import type { NoteSignature } from './note.ts'
import type { VerifierKey } from './verifier-key.ts'

/**
 * Cosignatures of witnesses (c2sp.org/tlog-cosignature), cosignature/v1 over Ed25519. A witness says by one that at that
 * time this was the largest tree that it had seen of this log, and that all it had seen before was part of it.
 */
export interface Cosignature {
  /** By the witness's clock, in seconds since 1970 UTC. */
  readonly timeSeconds: bigint
  readonly signature: Uint8Array
}

const TIME_BYTES = 8
const MAX_TIME_SECONDS = 2n ** 63n - 1n
const encoder = new TextEncoder()

/** What a witness signs: a header, the time, and the checkpoint's text with its last newline. */
export function cosignedMessage(text: string, timeSeconds: bigint): Uint8Array<ArrayBuffer> {
  return encoder.encode(`cosignature/v1\ntime ${timeSeconds}\n${text}`)
}

/**
 * Cosigns a checkpoint's text. The caller must have verified that the checkpoint is the log's and that it grew from the last
 * one that this witness cosigned, and must keep it as the last one, before the signature is given to anybody
 * (c2sp.org/tlog-witness). Time must not lie before that of the last one, and be below 2^63.
 */
export async function cosign(
  text: string,
  { name, id }: VerifierKey,
  timeSeconds: bigint,
  sign: SignEd25519,
): Promise<NoteSignature> {
  if (timeSeconds < 0n || timeSeconds > MAX_TIME_SECONDS)
    throw new RangeError(`a cosignature's time must be 0 to 2^63 - 1 seconds; given: ${timeSeconds}`)
  const time = new Uint8Array(TIME_BYTES)
  new DataView(time.buffer).setBigUint64(0, timeSeconds)
  return { name, id, bytes: concat(time, await sign(cosignedMessage(text, timeSeconds))) }
}

/** Takes the bytes of a cosignature apart, without the key's id: eight of time, the largest first, and the signature. */
export function splitCosignature(bytes: Uint8Array): Checked<Cosignature> {
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES)
    return fault(`a cosignature must be ${TIME_BYTES + SIGNATURE_BYTES} bytes; given: ${bytes.length}`)
  const timeSeconds = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)
  if (timeSeconds > MAX_TIME_SECONDS)
    return fault(`a cosignature's time must be below 2^63 seconds; given: ${timeSeconds}`)
  return checked({ timeSeconds, signature: bytes.subarray(TIME_BYTES) })
}
