import {
  openCheckpoint,
  type Break,
  type OpenCheckpoint,
  type Trust,
} from '../../shared/ledger/checkpoint.ts'
import { printNote } from '../../shared/ledger/note.ts'
import { compareByTiles } from '../../shared/verification/growth.ts'
import { writeWhole } from '../whole-file.ts'
import { readKept } from './kept.ts'
import { downloadCheckpoint, tilesOf } from './service.ts'

/** How the log came from what was kept to what it shows now. */
export type Growing =
  | {
      readonly outcome: 'first' | 'same' | 'grew'
      readonly older: bigint
      readonly newer: OpenCheckpoint
      /** Of witnesses, on the one that was kept. */
      readonly cosignatures: OpenCheckpoint['cosignatures']
    }
  /** The other size is not to be compared with without the log's tiles. */
  | { readonly outcome: 'not-compared'; readonly older: bigint }
  | { readonly outcome: Break | 'unreadable'; readonly older?: bigint; readonly why: string }

/**
 * Compares the checkpoint that came along with the one in a file, and keeps the newer one where the log only grew. What was kept
 * stays where it did not: it is the evidence. So does one that a known witness has cosigned. Without a log to ask, only checkpoints of one size can be compared.
 */
export async function compareWithKept(
  file: string,
  seen: OpenCheckpoint,
  trust: Trust,
  log: string | undefined,
): Promise<Growing> {
  const text = await readKept(file)
  if (text === undefined) {
    await writeWhole(file, noteOf(seen))
    return { outcome: 'first', older: 0n, newer: seen, cosignatures: [] }
  }
  const kept = await openCheckpoint(text, trust)
  if (!kept.ok) return { outcome: 'unreadable', why: `${file}: ${kept.why}` }
  const { size: older, cosignatures } = kept.value
  if (log === undefined && older !== seen.size) return { outcome: 'not-compared', older }
  const newer = older > seen.size && log !== undefined ? await newest(log, seen, trust) : seen
  const load = tilesOf(log ?? '')
  // A bundle that was kept somewhere for a moment may be older than what was seen since: it must lie on the same line.
  const before = seen.size < older ? await compareByTiles(seen, kept.value, load) : undefined
  const comparison = await compareByTiles(kept.value, newer, load)
  const broken = [comparison, before].find((one) => one?.ok === false)
  if (broken && !broken.ok) return { outcome: broken.outcome, older, why: broken.why }
  const outcome = comparison.ok ? comparison.outcome : 'unproven'
  if (outcome === 'grew' && cosignatures.length === 0) await writeWhole(file, noteOf(newer))
  return { outcome: outcome === 'grew' ? 'grew' : 'same', older, newer, cosignatures }
}

async function newest(log: string, seen: OpenCheckpoint, trust: Trust): Promise<OpenCheckpoint> {
  const opened = await openCheckpoint(await downloadCheckpoint(log), trust)
  return opened.ok ? opened.value : seen
}

/** The signed note, as it was read. */
const noteOf = ({ note }: OpenCheckpoint): string => printNote(note)
