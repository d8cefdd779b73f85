import { generateKeyPairSync, sign } from 'node:crypto'
import type { SignEd25519 } from '../../../shared/ledger/ed25519/verify.ts'
import {
  COSIGNATURE_V1,
  ED25519,
  verifierKey,
  type SignatureType,
  type VerifierKey,
} from '../../../shared/ledger/verifier-key.ts'

/** Somebody who signs: a key that others know, and the private one by Node's own crypto. */
export interface Signer {
  readonly key: VerifierKey
  readonly sign: SignEd25519
}

export const aLog = async (name = 'tidemark.example/log'): Promise<Signer> => signerOf(name, ED25519)
export const aWitness = async (name = 'witness.example/w1'): Promise<Signer> => signerOf(name, COSIGNATURE_V1)

async function signerOf(name: string, type: SignatureType): Promise<Signer> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
  const key = await verifierKey(name, type, raw)
  if (!key.ok) throw new Error(key.why)
  return { key: key.value, sign: async (message) => new Uint8Array(sign(null, message, privateKey)) }
}
