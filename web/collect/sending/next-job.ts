import { isDue, type Entry } from '../kept/entries.ts'
import type { KeptPhoto } from '../photos/kept-photo.ts'

/** What is to be sent next. Pure. */
export type Job =
  { readonly is: 'entry'; readonly entry: Entry } | { readonly is: 'file'; readonly file: KeptPhoto }

/** In whose name is sent, what was tried in this round, and how often a file did not arrive before. */
export interface Round {
  readonly org: string
  readonly tried: ReadonlySet<string>
  readonly failures: ReadonlyMap<string, number>
}

/**
 * The next of what was not tried yet in this round: the oldest entry, or where none is due the next thumbnail, or else
 * the next original; of files that are alike, one that did not fail comes before one that did. Files of drafts, of entries
 * that the server does not have, and of what was saved for another organisation are left alone.
 */
export function nextJob(
  entries: readonly Entry[],
  files: readonly KeptPhoto[],
  { org, tried, failures }: Round,
  now: Date,
): Job | undefined {
  const due = entries.filter((entry) => isDue(entry, now) && !tried.has(entry.id))
  const [oldest] = due.toSorted((a, b) => (a.madeAt < b.madeAt ? -1 : 1))
  if (oldest) return { is: 'entry', entry: oldest }
  const received = new Set(
    entries.flatMap((entry) => (entry.state.is === 'received' && entry.org === org ? [entry.id] : [])),
  )
  const left = files.filter(
    (file) => received.has(file.entryId) && file.refused === undefined && !tried.has(keyOf(file)),
  )
  const failed = (one: KeptPhoto): number => failures.get(keyOf(one)) ?? 0
  left.sort((a, b) => failed(a) - failed(b))
  const file = left.find(({ kind }) => kind === 'thumbnail') ?? left[0]
  return file && { is: 'file', file }
}

/** What a file is remembered by within a round. */
export const keyOf = ({ entryId, sha256 }: KeptPhoto): string => `${entryId} ${sha256}`
