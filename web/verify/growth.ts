import {
  openCheckpoint,
  type Break,
  type OpenCheckpoint,
  type Trust,
} from '../../shared/ledger/checkpoint.ts'
import { printNote } from '../../shared/ledger/note.ts'
import { sameBytes } from '../../shared/ledger/bytes.ts'
import { fetched, newestCheckpoint, pause } from './fetching.ts'
import { loadCompare } from './parts.ts'

/** What the log did since this browser last looked at it, proven by its tiles. */
export type Growth =
  | { readonly outcome: 'first' }
  | { readonly outcome: 'same' | 'grew'; readonly since: string; readonly oldSize: bigint }
  | { readonly outcome: Break; readonly since: string; readonly why: string }

interface Kept {
  readonly note: string
  /** When it was seen. */
  readonly at: string
}

/**
 * Compares a checkpoint with the one that this browser has kept, and keeps the newer. One that is smaller may come from a
 * server that is a moment behind: then the log is asked for its newest, and both must be part of that. Where that is smaller
 * still, the log was rolled back.
 */
export async function growthTo(given: OpenCheckpoint, trust: Trust): Promise<Growth> {
  const kept = keptOf(trust)
  if (!kept) {
    keep(given)
    return { outcome: 'first' }
  }
  const { at: since } = kept
  const opened = await openCheckpoint(kept.note, trust)
  // Keys that do not sign any more stay pinned: where none of them fits, the keys were swapped. What was kept is the evidence.
  if (!opened.ok) return { outcome: 'other-log', since, why: opened.why }
  const old = opened.value
  const now = given.size < old.size ? await newest(given, trust) : given
  for (const older of now === given ? [old] : [old, given]) {
    if (isSame(older, now)) continue
    const { compare } = await loadCompare()
    const compared = await compare(older, now, fetched)
    if (!compared.ok) return { ...compared, since }
  }
  keep(now)
  return { outcome: now.size === old.size ? 'same' : 'grew', since, oldSize: old.size }
}

/** Whether two checkpoints are of one tree. Both are of the log that this program trusts. */
const isSame = (a: OpenCheckpoint, b: OpenCheckpoint): boolean =>
  a.size === b.size && sameBytes(a.root, b.root)

/** The newest checkpoint of the log, or the one that was given where there is none that is signed. */
async function newest(given: OpenCheckpoint, trust: Trust): Promise<OpenCheckpoint> {
  await pause()
  const opened = await openCheckpoint(await newestCheckpoint(), trust)
  return opened.ok ? opened.value : given
}

const keyOf = (origin: string): string => `tidemark log ${origin}`

/** Where a browser keeps nothing for anybody, or what it kept is not ours, every look is the first. */
function keptOf({ origin }: Trust): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(origin)) ?? 'null')
    return isKept(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'note' in value &&
  typeof value.note === 'string' &&
  'at' in value &&
  typeof value.at === 'string'

function keep({ origin, note }: OpenCheckpoint): void {
  try {
    const kept: Kept = { note: printNote(note), at: new Date().toISOString() }
    localStorage.setItem(keyOf(origin), JSON.stringify(kept))
  } catch {
    // Nothing was promised.
  }
}
