import { parseCheckpoint, type Trust } from '../../shared/ledger/checkpoint.ts'
import { checked, fault, type Checked } from '../../shared/ledger/checked.ts'
import { parseNote } from '../../shared/ledger/note.ts'
import { parseLogProof } from '../../shared/ledger/tlog-proof.ts'
import { ED25519, printVerifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import type { BundleHeader } from '../../shared/verification/bundle.ts'
import { writeWhole } from '../whole-file.ts'
import { keptHosts, keptKeys, readKept } from './kept.ts'
import { downloadKeys } from './service.ts'
import { keysOf, type Settings } from './settings.ts'

/** Whom the reader trusts, and why. */
export interface Trusting {
  readonly trust: Trust
  /** `given`: from the reader; `kept`: the same as before; `asked`: from the service itself, just now. */
  readonly keysAre: 'given' | 'kept' | 'asked'
  /** Keys that the service names now and did not before. */
  readonly unknown: readonly string[]
}

type Given = Pick<Settings, 'keys' | 'witnesses' | 'folder'>

/** Keys for what a host serves. As ssh does it: the first time its own word is taken, and kept. */
export async function trustHost(
  base: string,
  { keys, witnesses, folder }: Given,
): Promise<Checked<Trusting>> {
  if (keys.length > 0) return trusting(keys, witnesses, 'given')
  const named = await downloadKeys(`${base}/log`)
  const file = keptKeys(folder, new URL(base).host)
  const kept = linesIn(await readKept(file))
  const known = await keysOf(kept.length > 0 ? kept : named, ED25519, file)
  if (!known.ok) return known
  if (known.value.length === 0) return fault(`${base} names no keys of its log; give one by --key.`)
  if (kept.length > 0)
    return trusting(
      known.value,
      witnesses,
      'kept',
      named.filter((key) => !kept.includes(key)),
    )
  await writeWhole(file, known.value.map((key) => `${printVerifierKey(key)}\n`).join(''))
  return trusting(known.value, witnesses, 'asked')
}

/** Keys for a saved bundle: given, or kept of the log that it names. The host is whose they were. */
export async function trustFile(
  header: BundleHeader | undefined,
  { keys, witnesses, folder }: Given,
): Promise<Checked<Trusting & { readonly host?: string }>> {
  if (keys.length > 0) return trusting(keys, witnesses, 'given')
  const origin = originNamedIn(header)
  for (const host of await keptHosts(folder)) {
    const known = await keysOf(linesIn(await readKept(keptKeys(folder, host))), ED25519, folder)
    if (!known.ok || known.value[0]?.name !== origin) continue
    const kept = trusting(known.value, witnesses, 'kept')
    return kept.ok ? checked({ ...kept.value, host }) : kept
  }
  return fault(`No key of the log ${JSON.stringify(origin ?? '')} is known; give one by --key.`)
}

function trusting(
  keys: readonly VerifierKey[],
  witnesses: readonly VerifierKey[],
  keysAre: Trusting['keysAre'],
  unknown: readonly string[] = [],
): Checked<Trusting> {
  const [first, ...others] = keys
  if (!first || others.some(({ name }) => name !== first.name))
    return fault('Keys of one log have one name, the log’s origin; these have several.')
  return checked({ trust: { origin: first.name, keys: [...keys, ...witnesses] }, keysAre, unknown })
}

/** Which log a bundle says it is in. Nothing but a name by which to find keys: it is verified by them. */
function originNamedIn(header: BundleHeader | undefined): string | undefined {
  const proof = header && parseLogProof(header.proof)
  const note = proof?.ok ? parseNote(proof.value.checkpoint) : undefined
  const checkpoint = note?.ok ? parseCheckpoint(note.value.text) : undefined
  return checkpoint?.ok ? checkpoint.value.origin : undefined
}

const linesIn = (text = ''): string[] => text.split('\n').filter((line) => line !== '')
