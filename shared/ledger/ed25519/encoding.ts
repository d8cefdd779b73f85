/** Points and numbers of Ed25519 as they are written (RFC 8032 §5.1.2), and what they must be below. */
export const P = 2n ** 255n - 19n
/** The order of the base point. */
export const L = 2n ** 252n + 27742317777372353535851937790883648493n

/** The y of an encoded point, which is its first 255 bits (§5.1.2). It is canonical if it is below {@link P}. */
export function yOf(encoded: Uint8Array): bigint {
  return toInteger(encoded) & (2n ** 255n - 1n)
}

/** Bytes, the least first, as a number. */
export function toInteger(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n)
}
