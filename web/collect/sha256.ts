/**
 * SHA-256 (FIPS 180-4) of a photo, as lower-case hex. Browsers hash only for pages that came by https or from the same
 * machine; a station that tries the form over plain http in its own network would otherwise lose every photo.
 */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Not there where the page is no secure context, though the types take it for granted.
  const subtle: typeof crypto.subtle | undefined = crypto.subtle
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256(bytes)
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const BLOCK_BYTES = 64
const LENGTH_BYTES = 8

/** The fractional parts of the square roots (2) and cube roots (3) of the first primes, 32 bits of each. */
const rootsOfPrimes = (count: number, root: 2 | 3): number[] =>
  primes(count).map((prime) => {
    const exact = root === 2 ? Math.sqrt(prime) : Math.cbrt(prime)
    return Math.floor((exact - Math.floor(exact)) * 2 ** 32)
  })

function primes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  return found
}

const START = rootsOfPrimes(8, 2)
const ROUND = rootsOfPrimes(64, 3)

function sha256(bytes: Uint8Array): Uint8Array {
  const blocks = Math.ceil((bytes.length + 1 + LENGTH_BYTES) / BLOCK_BYTES)
  const padded = new Uint8Array(blocks * BLOCK_BYTES)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - LENGTH_BYTES, BigInt(bytes.length) * 8n)
  const hash = Uint32Array.from(START)
  for (let at = 0; at < padded.length; at += BLOCK_BYTES) addBlock(hash, view, at)
  const digest = new DataView(new ArrayBuffer(32))
  hash.forEach((word, index) => digest.setUint32(index * 4, word))
  return new Uint8Array(digest.buffer)
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** One block into the hash; letters and schedule are those of FIPS 180-4, §6.2.2. */
function addBlock(hash: Uint32Array, view: DataView, at: number): void {
  const schedule = new Uint32Array(ROUND.length)
  const word = (index: number): number => schedule[index] ?? 0
  for (let t = 0; t < ROUND.length; t++) {
    const [early, late] = [word(t - 15), word(t - 2)]
    const mixed = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const stirred = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    schedule[t] = t < 16 ? view.getUint32(at + t * 4) : word(t - 16) + mixed + word(t - 7) + stirred
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let t = 0; t < ROUND.length; t++) {
    const chosen = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const first = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + chosen + (ROUND[t] ?? 0) + word(t)
    const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  for (const [index, sum] of [a, b, c, d, e, f, g, h].entries()) hash[index] = (hash[index] ?? 0) + sum
}
