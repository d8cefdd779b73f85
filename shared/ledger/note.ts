import { fromBase64, toBase64 } from './base64.ts'
import { concat } from './bytes.ts'
import { checked, fault, shown, type Checked } from './checked.ts'
import { cosignedMessage, splitCosignature } from './cosignature.ts'
import { verifyEd25519 } from './ed25519/verify.ts'
import { fromHex, toHex } from './hash.ts'
import { ED25519, isKeyName, isNoteText, KEY_ID_BYTES, type VerifierKey } from './verifier-key.ts'

/**
 * Signed notes (c2sp.org/signed-note@v1.0.0): a text that ends in a newline, an empty line, and signatures.
 *
 *     This is an example message.
 *
 *     — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
 */
export interface Note {
  /** What was signed, with its last newline. Nothing in it may be believed before {@link openNote} has verified it. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface NoteSignature {
  readonly name: string
  /** Eight hex digits. Name and id together say which key it is and what the bytes mean. */
  readonly id: string
  readonly bytes: Uint8Array
}

/** The specification asks for 16 signatures at least, and warns that one can take 5,000 bytes. */
export const MAX_NOTE_SIGNATURES = 64
/** In UTF-16 code units. */
export const MAX_NOTE_LENGTH = 500_000

const encoder = new TextEncoder()

/** Takes a note apart, strictly; verifies nothing. Refuses the whole note if any of its lines is not as it must be. */
export function parseNote(note: string): Checked<Note> {
  if (note.length > MAX_NOTE_LENGTH)
    return fault(`a note may have ${MAX_NOTE_LENGTH} characters; given: ${note.length}`)
  if (!isNoteText(note))
    return fault('a note must be Unicode text without control characters other than newlines')
  const blank = note.lastIndexOf('\n\n')
  if (blank === -1 || !note.endsWith('\n'))
    return fault('a note must be a text, an empty line and signatures, each line with its newline')
  const lines = note.slice(blank + 2, -1).split('\n')
  if (lines.length > MAX_NOTE_SIGNATURES)
    return fault(`a note may have ${MAX_NOTE_SIGNATURES} signatures; given: ${lines.length}`)
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignatureLine(line)
    if (!signature.ok) return signature
    signatures.push(signature.value)
  }
  return checked({ text: note.slice(0, blank + 1), signatures })
}

/** Reads one signature line, without its newline. */
export function parseSignatureLine(line: string): Checked<NoteSignature> {
  const [dash, name = '', base64 = '', ...more] = line.split(' ')
  const bytes = fromBase64(base64)
  if (dash !== '—' || !isKeyName(name) || more.length > 0 || !bytes || bytes.length <= KEY_ID_BYTES)
    return fault(`a signature must be — <key name> <base64 of key id and signature>; given: ${shown(line)}`)
  return checked({
    name,
    id: toHex(bytes.subarray(0, KEY_ID_BYTES)),
    bytes: bytes.subarray(KEY_ID_BYTES),
  })
}

/** A signature line, without its newline. */
export function printSignature({ name, id, bytes }: NoteSignature): string {
  const idBytes = fromHex(id)
  return `— ${name} ${toBase64(concat(idBytes, bytes))}`
}

/** A note as it is stored and sent. Its text must end in a newline, and there must be a signature. */
export function printNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map((signature) => `${printSignature(signature)}\n`).join('')}`
}

/** A signature that a known key has made. */
export interface VerifiedSignature {
  readonly key: VerifierKey
  /** When a witness signed, by its own clock, in seconds since 1970 UTC; logs' signatures have no time. */
  readonly timeSeconds?: bigint
}

export interface OpenNote extends Note {
  /** Those by known keys; never empty. */
  readonly verified: readonly VerifiedSignature[]
}

/**
 * Reads a note and verifies it by known keys.
 *
 * Precondition: the keys come from whom the reader trusts, never from beside the note.
 * Guarantee: the text was signed by each key of `verified`. Signatures by other keys, also by those that share a name or an
 * id with a known one, were ignored. A signature by a known key that does not verify has the whole note refused.
 */
export async function openNote(given: string, keys: readonly VerifierKey[]): Promise<Checked<OpenNote>> {
  const note = parseNote(given)
  if (!note.ok) return note
  const verified: VerifiedSignature[] = []
  for (const signature of note.value.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id)
    if (!key) continue
    const one = await verifySignature(note.value.text, signature, key)
    if (!one.ok) return one
    verified.push(one.value)
  }
  if (verified.length === 0) return fault(unknownSigners(note.value, keys))
  return checked({ ...note.value, verified })
}

async function verifySignature(
  text: string,
  { bytes }: NoteSignature,
  key: VerifierKey,
): Promise<Checked<VerifiedSignature>> {
  const wrong = fault(`the signature by ${key.name} (${key.id}) does not fit the text`)
  if (key.type === ED25519)
    return (await verifyEd25519(key.publicKey, encoder.encode(text), bytes)) ? checked({ key }) : wrong
  const cosignature = splitCosignature(bytes)
  if (!cosignature.ok) return cosignature
  const { timeSeconds, signature } = cosignature.value
  const message = cosignedMessage(text, timeSeconds)
  return (await verifyEd25519(key.publicKey, message, signature)) ? checked({ key, timeSeconds }) : wrong
}

function unknownSigners({ signatures }: Note, keys: readonly VerifierKey[]): string {
  const list = (all: readonly { readonly name: string; readonly id: string }[]): string =>
    all.map(({ name, id }) => `${name} (${id})`).join(', ') || 'none'
  return `none of the known keys has signed this; known: ${list(keys)}; signed by: ${list(signatures)}`
}
