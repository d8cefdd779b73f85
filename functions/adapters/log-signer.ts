import { createPrivateKey, createPublicKey, sign as signWithKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { printCheckpoint, signCheckpoint } from '../../shared/ledger/checkpoint.ts'
import type { SignEd25519 } from '../../shared/ledger/ed25519/verify.ts'
import { printNote } from '../../shared/ledger/note.ts'
import { ED25519, printVerifierKey, verifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import type { TreeHead } from '../log/store.ts'
import { rememberKey } from './log-table.ts'
import { env, region, sendSigned } from './signed-request.ts'

/**
 * Who signs the log: Ed25519 keys in KMS, named by `LOG_KMS_KEYS`, or all `.pem` files in
 * the folder `LOG_KEY_FOLDER`; several, separated by commas there, while one takes the place of another. Then each signs every checkpoint, and whoever knows
 * one of them can verify it. All are named by the log's origin, `LOG_ORIGIN`, which never changes.
 */
interface Signer {
  readonly key: VerifierKey
  readonly sign: SignEd25519
}

export const logOrigin = (): string => env('LOG_ORIGIN')

let loaded: { readonly from: string; readonly signers: Promise<readonly Signer[]> } | undefined

/** Signs a tree by all current keys. Each key was remembered in the table before it signed anything. */
export async function signTree({ size, root }: TreeHead): Promise<string> {
  const text = printCheckpoint({ origin: logOrigin(), size, root, extensions: [] })
  const signatures = (await currentSigners()).map(({ key, sign }) => signCheckpoint(text, key, sign))
  return printNote({ text, signatures: await Promise.all(signatures) })
}

/** The keys that sign now. */
export async function currentKeys(): Promise<readonly VerifierKey[]> {
  return (await currentSigners()).map(({ key }) => key)
}

async function currentSigners(): Promise<readonly Signer[]> {
  const from = [logOrigin(), process.env['LOG_KEY_FOLDER'], process.env['LOG_KMS_KEYS']].join(' ')
  if (loaded?.from !== from) loaded = { from, signers: loadSigners() }
  const { signers } = loaded
  return signers.catch((error: unknown) => {
    loaded = undefined
    throw error
  })
}

async function loadSigners(): Promise<readonly Signer[]> {
  const folder = process.env['LOG_KEY_FOLDER']
  const signers = await Promise.all(
    folder === undefined ? env('LOG_KMS_KEYS').split(',').map(signerInKms) : signersIn(folder),
  )
  for (const { key } of signers) await rememberKey(key.id, printVerifierKey(key))
  return signers
}

const signersIn = (folder: string): Promise<Signer>[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.pem'))
    .sort()
    .map(async (name) => signerOf(readFileSync(join(folder, name), 'utf8')))

async function signerOf(pem: string): Promise<Signer> {
  const privateKey = createPrivateKey(pem)
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return {
    key: await namedKey(spki),
    sign: async (message) => Uint8Array.from(signWithKey(null, message, privateKey)),
  }
}

async function signerInKms(keyId: string): Promise<Signer> {
  const { PublicKey } = await askKms('GetPublicKey', { KeyId: keyId })
  return {
    key: await namedKey(Buffer.from(PublicKey ?? '', 'base64')),
    sign: async (message) => {
      const { Signature } = await askKms('Sign', {
        KeyId: keyId,
        Message: Buffer.from(message).toString('base64'),
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      })
      return Uint8Array.from(Buffer.from(Signature ?? '', 'base64'))
    },
  }
}

/** The prefix of a SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, §4), before its 32 bytes. */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

async function namedKey(spki: Buffer): Promise<VerifierKey> {
  if (!spki.subarray(0, ED25519_SPKI.length).equals(ED25519_SPKI))
    throw new Error('a key of the log is not an Ed25519 key')
  const key = await verifierKey(logOrigin(), ED25519, Uint8Array.from(spki.subarray(ED25519_SPKI.length)))
  if (!key.ok) throw new Error(key.why)
  return key.value
}

interface KmsAnswer {
  readonly PublicKey?: string
  readonly Signature?: string
}

async function askKms(
  operation: 'Sign' | 'GetPublicKey',
  input: Readonly<Record<string, string>>,
): Promise<KmsAnswer> {
  const url = process.env['KMS_ENDPOINT'] ?? `https://kms.${region()}.amazonaws.com/`
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `TrentService.${operation}`,
  }
  const body = new TextEncoder().encode(JSON.stringify(input))
  const response = await sendSigned({ service: 'kms', method: 'POST', url, headers, body })
  if (!response.ok) throw new Error(`KMS answered ${response.status} to ${operation}`)
  const answer: KmsAnswer = JSON.parse(await response.text())
  return answer
}
