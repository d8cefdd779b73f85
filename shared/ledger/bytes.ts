/** Byte strings put together and compared, and whole numbers as they are written in decimal. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Everything compared here is public, so that time tells nobody anything. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** Sizes and indexes of a log are unsigned integers of 64 bits, as all implementations of these formats have them. */
const MAX_UINT64 = 2n ** 64n - 1n

/** A whole number in ASCII decimal without leading zeroes, of at most 64 bits; undefined for any other spelling. */
export function parseDecimal(text: string): bigint | undefined {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text)) return undefined
  const value = BigInt(text)
  return value <= MAX_UINT64 ? value : undefined
}
