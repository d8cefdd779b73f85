import { isRecord, type Receipt, type Refusal } from './answers.ts'
import { isCollectedForm, type CollectedForm, type Draft, type PickupBody } from './entry.ts'

/** The entries that this phone remembers, newest first, and what happens to them. Pure. */

export type Unsent = 'network' | 'busy' | 'key' | 'device'

export type EntryState =
  | { readonly is: 'sending' }
  | { readonly is: 'unsent'; readonly why: Unsent }
  | { readonly is: 'received'; readonly receipt: Receipt }
  | { readonly is: 'refused'; readonly refusal: Refusal }

export type PhotosState = 'waiting' | 'sending' | 'sent' | 'unsent' | 'gone'

export interface Entry {
  /** Also its Idempotency-Key: the same on every retry, so the entry counts once however often it is sent. */
  readonly id: string
  readonly madeAt: string
  readonly form: CollectedForm
  readonly massKg: number
  readonly siteId: string
  readonly state: EntryState
  /** How many were claimed, how many of those have not arrived, and how many could not be read and were left out. */
  readonly photos: {
    readonly count: number
    readonly unsent: number
    readonly skipped: number
    readonly state: PhotosState
  }
  /**
   * What is sent, frozen at the first attempt, and the draft it came from, to correct it after a refusal. Dropped on
   * receipt: names and exact positions stay on the phone no longer than needed.
   */
  readonly packet?: {
    readonly draft: Draft
    readonly body: PickupBody
    readonly signed?: SignedBody | undefined
  }
}

/** An entry as a device has signed it. The very bytes are kept: signing again would make others. */
export interface SignedBody {
  readonly by: string
  readonly jws: string
}

/** An entry that is about to be sent for the first time. `massKg` is what its amount comes to. */
export function newEntry(
  id: string,
  madeAt: Date,
  packet: NonNullable<Entry['packet']>,
  { massKg, ...photos }: { readonly massKg: number; readonly count: number; readonly skipped: number },
): Entry {
  const { form, siteId } = packet.body
  return {
    id,
    madeAt: madeAt.toISOString(),
    form,
    massKg,
    siteId,
    state: { is: 'sending' },
    photos: { ...photos, unsent: photos.count, state: 'waiting' },
    packet,
  }
}

export type Happening =
  | { readonly is: 'made'; readonly entry: Entry; readonly replaces?: string | undefined }
  | { readonly is: 'signed'; readonly id: string; readonly signed: SignedBody }
  | { readonly is: 'changed'; readonly id: string; readonly state: EntryState }
  | { readonly is: 'photos'; readonly id: string; readonly state: PhotosState; readonly unsent: number }
  | { readonly is: 'removed'; readonly id: string }
  | { readonly is: 'reopened' }

export const MAX_REMEMBERED = 20

/** The entries after something happened to one of them. */
export function remember(entries: readonly Entry[], happening: Happening): readonly Entry[] {
  switch (happening.is) {
    case 'made': {
      const others = entries.filter(({ id }) => id !== happening.entry.id && id !== happening.replaces)
      return trimmed([happening.entry, ...others])
    }
    case 'signed':
      return entries.map((entry) =>
        entry.id === happening.id && entry.packet
          ? { ...entry, packet: { ...entry.packet, signed: happening.signed } }
          : entry,
      )
    case 'changed':
      return entries.map((entry) => (entry.id === happening.id ? changed(entry, happening.state) : entry))
    case 'photos':
      return entries.map((entry) =>
        entry.id === happening.id
          ? { ...entry, photos: { ...entry.photos, state: happening.state, unsent: happening.unsent } }
          : entry,
      )
    case 'removed':
      return entries.filter(({ id }) => id !== happening.id)
    case 'reopened':
      return entries.map(reopened)
  }
}

function changed(entry: Entry, state: EntryState): Entry {
  if (state.is !== 'received') return { ...entry, state }
  const { packet: _dropped, ...kept } = entry
  return { ...kept, state }
}

/** The page was loaded afresh: whatever was on its way may or may not have arrived, and photos in memory are gone. */
function reopened(entry: Entry): Entry {
  const state: EntryState = entry.state.is === 'sending' ? { is: 'unsent', why: 'network' } : entry.state
  const photos: Entry['photos'] = entry.photos.unsent > 0 ? { ...entry.photos, state: 'gone' } : entry.photos
  return { ...entry, state, photos }
}

/** Keeps the newest; an entry that the server does not have yet is never dropped. */
function trimmed(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ state }, index) => index < MAX_REMEMBERED || isOnlyHere(state))
}

function isOnlyHere(state: EntryState): boolean {
  return state.is === 'sending' || state.is === 'unsent'
}

/** What the list shows: everything of today, and whatever is not settled yet, however old. */
export function shownEntries(entries: readonly Entry[], isToday: (iso: string) => boolean): readonly Entry[] {
  return entries.filter(({ madeAt, state }) => state.is !== 'received' || isToday(madeAt))
}

const STATES: ReadonlySet<unknown> = new Set(['sending', 'unsent', 'received', 'refused'])

/** Entries as this module once wrote them; anything else that the phone's storage may hold is left out. */
export function isEntry(value: unknown): value is Entry {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['madeAt'] === 'string' &&
    typeof value['form'] === 'string' &&
    isCollectedForm(value['form']) &&
    typeof value['massKg'] === 'number' &&
    isRecord(value['photos']) &&
    typeof value['photos']['count'] === 'number' &&
    isRecord(value['state']) &&
    STATES.has(value['state']['is'])
  )
}
