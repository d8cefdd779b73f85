import { parseHash, toBase64 } from './base64.ts'
import { parseDecimal, sameBytes } from './bytes.ts'
import { checked, fault, shown, type Checked } from './checked.ts'
import type { SignEd25519 } from './ed25519/verify.ts'
import { verifyConsistency } from './merkle/consistency.ts'
import { emptyRoot, type Hash } from './merkle/tree.ts'
import { openNote, type NoteSignature, type OpenNote, type VerifiedSignature } from './note.ts'
import { COSIGNATURE_V1, ED25519, type VerifierKey } from './verifier-key.ts'

/**
 * Checkpoints (c2sp.org/tlog-checkpoint): what a log has signed of itself at one size, as the text of a signed note.
 *
 *     trace.example.org/log
 *     3
 *     qjVC0AdY/oG+0NRC2ShndM/t5289t8sCVC10/jsNLng=
 */
export interface Checkpoint {
  /** Which log it is; the same however its keys change. */
  readonly origin: string
  /** How many leaves the tree has. */
  readonly size: bigint
  readonly root: Hash
  /** Further lines, which nobody here gives a meaning. */
  readonly extensions: readonly string[]
}

/** The text of a checkpoint, as it is signed. Throws RangeError on what would not be read back as it was given. */
export function printCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const text = [origin, size, toBase64(root), ...extensions].map((line) => `${line}\n`).join('')
  const read = parseCheckpoint(text)
  if (!read.ok) throw new RangeError(read.why)
  if (read.value.extensions.length !== extensions.length)
    throw new RangeError('an origin and extensions must be one line each')
  return text
}

/** Reads the text of a checkpoint, strictly, so that it has one spelling. Verifies nothing. */
export function parseCheckpoint(text: string): Checked<Checkpoint> {
  const lines = text.split('\n')
  const end = lines.pop()
  const [origin, sizeLine, rootLine, ...extensions] = lines
  if (end !== '' || rootLine === undefined || origin === undefined || sizeLine === undefined)
    return fault('a checkpoint must be an origin, a size and a root, each on a line of its own')
  if (lines.includes('')) return fault('a checkpoint must not have empty lines')
  const size = parseDecimal(sizeLine)
  if (size === undefined)
    return fault(`a size must be a decimal number without leading zeroes; given: ${shown(sizeLine)}`)
  const root = parseHash(rootLine)
  return root.ok ? checked({ origin, size, root: root.value, extensions }) : root
}

/** Whom a reader trusts: pinned beforehand, and never taken from beside what is to be verified. */
export interface Trust {
  readonly origin: string
  /**
   * The log's keys (of type Ed25519), old ones included, of which one must have signed; and those of witnesses (of type
   * cosignature/v1).
   */
  readonly keys: readonly VerifierKey[]
}

export interface OpenCheckpoint extends Checkpoint {
  readonly note: OpenNote
  /** The log's keys that have signed it; never empty. */
  readonly signers: readonly VerifierKey[]
  /** Those of known witnesses, each with its time. How many are enough is for the reader to say. */
  readonly cosignatures: readonly Required<VerifiedSignature>[]
}

/**
 * Reads a checkpoint and verifies that the log has signed it.
 *
 * Guarantee: a key of the log that the reader trusts has signed this origin, size and root, and each of `cosignatures` is a
 * trusted witness's. Whether the log tells everybody the same only witnesses or other readers can say.
 */
export async function openCheckpoint(given: string, trust: Trust): Promise<Checked<OpenCheckpoint>> {
  const note = await openNote(given, trust.keys)
  if (!note.ok) return note
  const checkpoint = parseCheckpoint(note.value.text)
  if (!checkpoint.ok) return checkpoint
  const { origin } = checkpoint.value
  if (origin !== trust.origin)
    return fault(`this is a checkpoint of ${shown(origin)}, not of ${shown(trust.origin)}`)
  const signers = note.value.verified.flatMap(({ key }) => (key.type === ED25519 ? [key] : []))
  if (signers.length === 0) return fault('witnesses have signed this checkpoint, but the log has not')
  const cosignatures = note.value.verified.flatMap(({ key, timeSeconds }) =>
    key.type === COSIGNATURE_V1 && timeSeconds !== undefined ? [{ key, timeSeconds }] : [],
  )
  return checked({ ...checkpoint.value, note: note.value, signers, cosignatures })
}

/** Signs the text of a checkpoint as the log. The log must never sign two that are inconsistent. */
export async function signCheckpoint(
  text: string,
  { name, id }: VerifierKey,
  sign: SignEd25519,
): Promise<NoteSignature> {
  return { name, id, bytes: await sign(new TextEncoder().encode(text)) }
}

/** How a log came from one checkpoint to another. */
export type Comparison =
  | { readonly ok: true; readonly outcome: 'same' | 'grew' }
  | { readonly ok: false; readonly outcome: Break; readonly why: string }

/**
 * `rolled-back`: it is smaller than it was; `forked`: at one size it has two roots, which two signed checkpoints prove to
 * anybody; `unproven`: the proof does not show that it grew; `other-log`: these are not of one log.
 */
export type Break = 'rolled-back' | 'forked' | 'unproven' | 'other-log'

/**
 * Compares a checkpoint with an older one, given the proof of consistency between their sizes, which is empty where they
 * are equal or the older is 0. Both must have been verified to be the log's (see {@link openCheckpoint}).
 */
export async function compareCheckpoints(
  older: Checkpoint,
  newer: Checkpoint,
  proof: readonly Hash[],
): Promise<Comparison> {
  if (older.origin !== newer.origin)
    return broken('other-log', `one is of ${shown(older.origin)}, the other of ${shown(newer.origin)}`)
  if (newer.size < older.size)
    return broken('rolled-back', `the log had ${older.size} entries and now shows ${newer.size}`)
  if (newer.size === older.size) {
    if (!sameBytes(older.root, newer.root))
      return broken('forked', `the log has signed two different histories of ${older.size} entries`)
    return proof.length === 0
      ? { ok: true, outcome: 'same' }
      : broken('unproven', 'checkpoints of one size need no proof')
  }
  if (older.size === 0n) return grewFromNothing(older, proof)
  const verdict = await verifyConsistency(
    { oldSize: older.size, oldRoot: older.root, newSize: newer.size, newRoot: newer.root },
    proof,
  )
  if (verdict.ok) return { ok: true, outcome: 'grew' }
  return broken(
    'unproven',
    `the ${newer.size} entries are not shown to begin with the ${older.size} that were there: ${verdict.why}`,
  )
}

async function grewFromNothing({ root }: Checkpoint, proof: readonly Hash[]): Promise<Comparison> {
  if (!sameBytes(root, await emptyRoot()))
    return broken(
      'forked',
      'the older checkpoint is of no entries, and has another root than no entries have',
    )
  return proof.length === 0
    ? { ok: true, outcome: 'grew' }
    : broken('unproven', 'growth from no entries needs no proof')
}

const broken = (outcome: Break, why: string): Comparison => ({ ok: false, outcome, why })
