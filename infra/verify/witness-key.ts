import { createPrivateKey, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { fromBase64, toBase64 } from '../../shared/ledger/base64.ts'
import { concat } from '../../shared/ledger/bytes.ts'
import { checked, fault, type Checked } from '../../shared/ledger/checked.ts'
import type { SignEd25519 } from '../../shared/ledger/ed25519/verify.ts'
import { COSIGNATURE_V1, verifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import { readKept } from './kept.ts'

/** Who witnesses: a key with its name. The file is one line, as other tools keep keys for notes: PRIVATE+KEY+<name>+<id>+<type and seed>. */
export interface WitnessKey {
  readonly key: VerifierKey
  readonly sign: SignEd25519
}

const HEAD = 'PRIVATE+KEY'
const SEED_BYTES = 32
/** PKCS #8 of an Ed25519 key, up to its seed (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Reads the key of a witness; where there is no file yet, makes one, readable by nobody else. */
export async function witnessKey(file: string, name: string): Promise<Checked<WitnessKey>> {
  const text = await readKept(file)
  if (text !== undefined) return readKey(text.trim())
  const seed = randomBytes(SEED_BYTES)
  const made = await keyOf(name, seed)
  if (!made.ok) return made
  const material = toBase64(concat(Uint8Array.of(COSIGNATURE_V1), seed))
  await writeFile(file, `${HEAD}+${name}+${made.value.key.id}+${material}\n`, { mode: 0o600, flag: 'wx' })
  return made
}

async function readKey(text: string): Promise<Checked<WitnessKey>> {
  const [, name = '', id, material = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  const bytes = fromBase64(material)
  if (bytes?.length !== 1 + SEED_BYTES || bytes[0] !== COSIGNATURE_V1)
    return fault(`The key file must be ${HEAD}+<name>+<id>+<type 4 and seed in base64>.`)
  const key = await keyOf(name, bytes.subarray(1))
  return key.ok && key.value.key.id !== id ? fault('The id in the key file is not that of its key.') : key
}

async function keyOf(name: string, seed: Uint8Array): Promise<Checked<WitnessKey>> {
  const secret: KeyObject = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  const key = await verifierKey(name, COSIGNATURE_V1, new Uint8Array(spki.subarray(-SEED_BYTES)))
  if (!key.ok) return fault(`${key.why}.`)
  return checked({ key: key.value, sign: async (message) => new Uint8Array(sign(null, message, secret)) })
}
