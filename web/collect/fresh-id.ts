/** A UUID (version 4) of 16 random bytes. `crypto.randomUUID` is missing from phones that are still in use. */
export function uuidOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
    return marked.toString(16).padStart(2, '0')
  }).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

/** An id that nothing had before. */
export const freshId = (): string => uuidOf(crypto.getRandomValues(new Uint8Array(16)))
