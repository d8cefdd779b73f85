import { createHash, createPublicKey, verify } from 'node:crypto'

/**
 * A second verifier of the log, written from nothing but its standards: c2sp.org/signed-note, tlog-checkpoint,
 * tlog-cosignature, tlog-tiles and tlog-proof, RFC 6962 §2.1 and RFC 9162 §2.1.1. It shares no line with shared/ledger, so that
 * both being wrong in one way is not to be expected. It is written for clarity: definitions are followed by recursion, and
 * whatever is wrong throws.
 */
export interface Key {
  readonly name: string
  readonly id: string
  readonly type: number
  readonly raw: Buffer
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}

function decoded(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  must(bytes.toString('base64') === base64, `${base64} is not base64`)
  return bytes
}

/** signed-note, “Verifier keys”: `<name>+<hex id>+<base64 of type and key>`. */
export function readKey(line: string): Key {
  const [name = '', id = '', ...material] = line.split('+')
  const bytes = decoded(material.join('+'))
  const [type = -1] = bytes
  const due = sha256(Buffer.from(`${name}\n`), bytes).subarray(0, 4)
  must(due.toString('hex') === id, 'the id of a key is four bytes of the hash of name, newline, type and key')
  return { name, id, type, raw: bytes.subarray(1) }
}

const signedBy = (key: Key, message: string, signature: Buffer): boolean =>
  verify(
    null,
    Buffer.from(message),
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.raw.toString('base64url') }, format: 'jwk' }),
    signature,
  )

interface Signature {
  readonly name: string
  readonly id: string
  readonly bytes: Buffer
}

/** signed-note, “Format”: a text, an empty line, and lines of `— <name> <base64 of id and signature>`. */
function readNote(note: string): { readonly text: string; readonly signatures: readonly Signature[] } {
  const end = note.lastIndexOf('\n\n')
  must(end >= 0 && note.endsWith('\n'), 'a note is a text, an empty line, and signatures')
  const lines = note.slice(end + 2, -1).split('\n')
  const signatures = lines.map((line) => {
    const [, name = '', base64 = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? []
    const bytes = decoded(base64)
    must(bytes.length > 4, 'a signature line has an id and a signature')
    return { name, id: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) }
  })
  return { text: note.slice(0, end + 1), signatures }
}

export interface Tree {
  readonly size: bigint
  readonly root: Buffer
}

/** tlog-checkpoint: origin, size in decimal, root in base64. Signed by the log, whose key has type 1. */
export function readCheckpoint(note: string, log: Key): Tree {
  const { text, signatures } = readNote(note)
  const isSigned = signatures.some(
    ({ name, id, bytes }) => name === log.name && id === log.id && signedBy(log, text, bytes),
  )
  must(log.type === 1 && isSigned, 'the log has not signed this')
  const [origin, size = '', root = ''] = text.split('\n')
  must(origin === log.name, 'the checkpoint is of another log')
  must(/^(0|[1-9]\d*)$/.test(size), 'a size is decimal')
  const hash = decoded(root)
  must(hash.length === 32, 'a root is a SHA-256')
  return { size: BigInt(size), root: hash }
}

/** tlog-cosignature: a key of type 4 signs a header, the time and the checkpoint; its signature begins with the time. */
export function cosignedAt(note: string, witness: Key): bigint {
  const { text, signatures } = readNote(note)
  const found = signatures.find(({ name, id }) => name === witness.name && id === witness.id)
  must(found !== undefined && witness.type === 4 && found.bytes.length === 72, 'the witness has not cosigned')
  const time = found.bytes.readBigUInt64BE(0)
  const message = `cosignature/v1\ntime ${time}\n${text}`
  must(signedBy(witness, message, found.bytes.subarray(8)), 'the cosignature does not fit')
  return time
}

/** RFC 6962 §2.1. */
export const leafOf = (entry: Uint8Array): Buffer => sha256(Uint8Array.of(0), entry)
const node = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Uint8Array.of(1), left, right)

/** The largest power of two below n. */
function split(n: bigint): bigint {
  let k = 1n
  while (k * 2n < n) k *= 2n
  return k
}

/** MTH of RFC 6962 §2.1, over hashes of leaves. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves
  if (!only) return sha256()
  if (leaves.length === 1) return only
  const k = Number(split(BigInt(leaves.length)))
  return node(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)))
}

/** The root to which a path leads, PATH of RFC 6962 §2.1.1 read backward: the last hash is that beside the topmost split. */
function climb(leaf: Buffer, index: bigint, size: bigint, path: readonly Buffer[]): Buffer {
  if (size === 1n) {
    must(path.length === 0, 'the path is too long')
    return leaf
  }
  const [beside, below] = [path.at(-1), path.slice(0, -1)]
  must(beside !== undefined, 'the path is too short')
  const k = split(size)
  return index < k
    ? node(climb(leaf, index, k, below), beside)
    : node(beside, climb(leaf, index - k, size - k, below))
}

export interface Proof {
  readonly index: bigint
  readonly path: readonly Buffer[]
  readonly checkpoint: string
}

/** tlog-proof: a header, perhaps extra data, the index, the path, an empty line, the checkpoint. */
export function readProof(text: string): Proof {
  const end = text.indexOf('\n\n')
  const [header, ...rest] = text.slice(0, end).split('\n')
  must(end > 0 && header === 'c2sp.org/tlog-proof@v1', 'a proof begins with its header')
  const lines = rest[0]?.startsWith('extra ') ? rest.slice(1) : rest
  const [, index] = /^index (0|[1-9]\d*)$/.exec(lines[0] ?? '') ?? []
  must(index !== undefined, 'a proof has an index')
  return { index: BigInt(index), path: lines.slice(1).map(decoded), checkpoint: text.slice(end + 2) }
}

/** Whether an entry is in the log, by its own bytes and a proof. */
export function verifyEntry(entry: Uint8Array, proof: string, log: Key): Tree {
  const { index, path, checkpoint } = readProof(proof)
  const tree = readCheckpoint(checkpoint, log)
  must(index < tree.size, 'the log has no such entry')
  must(climb(leafOf(entry), index, tree.size, path).equals(tree.root), 'the path does not lead to the root')
  return tree
}

/** SUBPROOF of RFC 6962 §2.1.2 read backward: both roots, of the first `m` leaves and of all `n`. `known` is the old root, if it is all of this part. */
function grow(m: bigint, n: bigint, proof: readonly Buffer[], known: Buffer | undefined): [Buffer, Buffer] {
  if (m === n) {
    const [hash, ...more] = known ? [known, ...proof] : proof
    must(hash !== undefined && more.length === 0, 'the proof has another length')
    return [hash, hash]
  }
  const [beside, below] = [proof.at(-1), proof.slice(0, -1)]
  must(beside !== undefined, 'the proof is too short')
  const k = split(n)
  if (m <= k) {
    const [old, left] = grow(m, k, below, known)
    return [old, node(left, beside)]
  }
  const [old, right] = grow(m - k, n - k, below, undefined)
  return [node(beside, old), node(beside, right)]
}

/** Whether the newer tree begins with the older one. */
export function verifyGrowth(older: Tree, newer: Tree, proof: readonly Buffer[]): void {
  const [old, all] = grow(older.size, newer.size, proof, older.root)
  must(old.equals(older.root) && all.equals(newer.root), 'the proof does not lead to both roots')
}

/** Asks for a tile by its path. */
export type GetTile = (path: string) => Promise<Buffer>

/** tlog-tiles, “Merkle Tree”: `tile/<level>/<index in groups of three digits>[.p/<width>]`. */
function tilePath(level: number, index: number, width: number): string {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `tile/${level}/${groups.join('/')}${width === 256 ? '' : `.p/${width}`}`
}

/** All hashes of a level, from its tiles. */
async function row(level: number, count: number, get: GetTile): Promise<Buffer[]> {
  const hashes: Buffer[] = []
  for (let index = 0; index * 256 < count; index++) {
    const width = Math.min(256, count - index * 256)
    const bytes = await get(tilePath(level, index, width))
    must(bytes.length === width * 32, 'a tile has 32 bytes for each hash')
    for (let at = 0; at < width; at++) hashes.push(bytes.subarray(32 * at, 32 * (at + 1)))
  }
  return hashes
}

/** Reads the whole log from its tiles, and holds every level to the one below, and all to the root. Its leaves. */
export async function readLog({ size, root }: Tree, get: GetTile): Promise<Buffer[]> {
  const leaves = await row(0, Number(size), get)
  must(rootOf(leaves).equals(root), 'the leaves are not those of the root')
  let below = leaves
  for (let level = 1; below.length >= 256; level++) {
    const above = await row(level, Math.floor(below.length / 256), get)
    for (const [at, hash] of above.entries())
      must(hash.equals(rootOf(below.slice(256 * at, 256 * (at + 1)))), 'a tile is not over those below')
    below = above
  }
  return leaves
}
