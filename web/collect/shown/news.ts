import type { Rest } from '../sending/rest.ts'
import type { Entry } from '../kept/entries.ts'
import type { KeptPhoto } from '../photos/kept-photo.ts'
import type { Messages } from '../words/zh.ts'
import { reasonOf } from '../form/problem.ts'

/** How entries fare, in words. Pure. */

/** What is shown of an entry: its state, and that it is on its way. */
export type Standing = 'kept' | 'sending' | 'received' | 'refused' | 'removed'

export const standingOf = ({ state }: Entry, isSending: boolean): Standing =>
  state.is === 'kept' && isSending ? 'sending' : state.is

/** How an entry fares, in a few words. */
export function newsOf(entry: Entry, isSending: boolean, words: Messages): string {
  const { state } = entry
  if (state.is === 'refused') return words.refused(reasonOf(state.refusal, words))
  if (state.is === 'removed') return words.removed
  return words.standing[state.is === 'kept' && isSending ? 'sending' : state.is]
}

/** Why what waits was not sent; undefined while it only waits to be undone, or is on its way. */
export function waitingText(rest: Rest, words: Messages): string | undefined {
  return rest.is === 'waiting' ? words.waitingFor[rest.why] : undefined
}

/** What became of the photos of an entry, if it has any. */
export function photosText(entry: Entry, files: readonly KeptPhoto[], words: Messages): string | undefined {
  const { count, skipped } = entry.photos
  const left = shotsOf(files.filter(({ refused }) => refused === undefined))
  const refused = shotsOf(files.filter((file) => file.refused !== undefined))
  const said = [
    count > 0 && entry.state.is === 'received' && refused === 0
      ? left > 0
        ? words.photosLeft(left)
        : words.photosSent(count)
      : undefined,
    refused > 0 ? words.photosRefused(refused) : undefined,
    skipped > 0 ? words.photosSkipped(skipped) : undefined,
  ]
  const text = said.filter((part) => part !== undefined).join(' ')
  return text === '' ? undefined : text
}

/** How many pictures these files are of: a picture's thumbnail and original were taken at the same instant. */
const shotsOf = (files: readonly KeptPhoto[]): number => new Set(files.map(({ shotAt }) => shotAt)).size

/** How many entries are on this phone alone, and how many need somebody. */
export function waitingCount(entries: readonly Entry[]): { readonly kept: number; readonly refused: number } {
  const count = (is: Entry['state']['is']): number => entries.filter(({ state }) => state.is === is).length
  return { kept: count('kept'), refused: count('refused') }
}
