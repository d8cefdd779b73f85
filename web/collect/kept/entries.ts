import type { Receipt, Refusal } from '../sending/answers.ts'
import type { Became } from '../shown/became.ts'
import type { CollectedForm, Draft, PickupBody } from '../form/entry.ts'

/** The entries that this phone keeps, and what happens to them. Pure: the database does what these say. */

export type EntryState =
  | { readonly is: 'kept' }
  | { readonly is: 'received'; readonly receipt: Receipt; readonly receivedAt: string }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  /** Taken back, or put away after a refusal: not sent, and for a day it can be put into the form again. */
  | { readonly is: 'removed'; readonly at: string; readonly refusal?: Refusal }

/** How much it is, as it was entered: one of these. */
export type Amount = Partial<Pick<PickupBody, 'massKg' | 'grossKg' | 'tareKg' | 'pieces' | 'bags'>>

export interface Entry {
  /** Also its Idempotency-Key: the same on every sending, so the entry counts once however often it is sent. */
  readonly id: string
  /** When it was saved, by the phone's clock, or by the server's where the phone's was found to be wrong. */
  readonly madeAt: string
  /** What the batch will be called. It follows from `id`, so the bag has its code before any network. */
  readonly batchId: string
  /** The organisation in whose name it was saved: its photos go there and nowhere else. */
  readonly org: string
  readonly form: CollectedForm
  readonly amount: Amount
  readonly siteId: string
  readonly state: EntryState
  readonly photos: { readonly count: number; readonly skipped: number }
  /** As it was known when the server was last asked. */
  readonly became?: Became
  /** Not sent before then: for so long it can be undone. */
  readonly holdUntil?: string
  /** Since then it may have arrived, so it can be neither undone nor changed. */
  readonly attemptedAt?: string
  /**
   * What is sent, and the draft it came from, to correct it after a refusal. Dropped on receipt: names and exact
   * positions stay on the phone no longer than needed.
   */
  readonly packet?: Packet
}

export interface Packet {
  readonly draft: Draft
  readonly body: PickupBody
  readonly signed?: SignedBody | undefined
}

/** An entry as a device has signed it. The very bytes are kept: signing again would make others. */
export interface SignedBody {
  readonly by: string
  readonly jws: string
}

/** For so long after saving an entry can be undone. */
export const HOLD_MS = 6_000

/** An entry at the moment of its saving. */
export function newEntry(
  id: string,
  madeAt: Date,
  packet: Packet,
  { batchId, org, photos }: Pick<Entry, 'batchId' | 'org' | 'photos'>,
): Entry {
  const { form, siteId } = packet.body
  return {
    id,
    madeAt: madeAt.toISOString(),
    batchId,
    org,
    form,
    amount: amountOf(packet.body),
    siteId,
    state: { is: 'kept' },
    photos,
    holdUntil: new Date(madeAt.getTime() + HOLD_MS).toISOString(),
    packet,
  }
}

function amountOf({ massKg, grossKg, tareKg, pieces, bags }: Amount): Amount {
  if (massKg !== undefined) return { massKg }
  if (grossKg !== undefined) return { grossKg, ...(tareKg !== undefined && { tareKg }) }
  return { ...(pieces !== undefined && { pieces }), ...(bags !== undefined && { bags }) }
}

/** Kilograms of an entry: the server's once it has them, else the net that was entered; undefined for counts. */
export function massKgOf({ state, amount }: Entry): number | undefined {
  if (state.is === 'received') return state.receipt.massKg
  const { massKg, grossKg, tareKg = 0 } = amount
  return massKg ?? (grossKg === undefined ? undefined : Math.round((grossKg - tareKg) * 1000) / 1000)
}

/** How long it still waits to be sent, in milliseconds. A wait longer than any that was set means that a clock was put back. */
export function heldForMs({ holdUntil }: Entry, now: Date): number {
  const left = holdUntil === undefined ? 0 : Date.parse(holdUntil) - now.getTime()
  return left > 0 && left <= HOLD_MS ? left : 0
}

/** Whether it is to be sent now. */
export const isDue = (entry: Entry, now: Date): boolean =>
  entry.state.is === 'kept' && heldForMs(entry, now) === 0

/** Whether it can still be taken back: it was never sent. */
export const isUndoable = ({ state, attemptedAt }: Entry): boolean =>
  state.is === 'kept' && attemptedAt === undefined

/** What may be put into the form, to be saved anew under the same id. */
export const isMendable = ({ state, packet }: Entry): boolean =>
  packet !== undefined && (state.is === 'refused' || state.is === 'removed')

/** The entry put away, if it was never sent or was refused; else undefined, for it may be on the server. */
export function removed(entry: Entry, now: Date): Entry | undefined {
  const { state } = entry
  if (state.is !== 'refused' && !isUndoable(entry)) return undefined
  const refusal = state.is === 'refused' && { refusal: state.refusal }
  return { ...entry, state: { is: 'removed', at: now.toISOString(), ...refusal } }
}

/** For so long what was removed can be put back: long enough to notice a slip of the thumb. */
const REMOVED_MS = 86_400_000

export const isForgotten = ({ state }: Entry, now: Date): boolean =>
  state.is === 'removed' && now.getTime() - Date.parse(state.at) > REMOVED_MS

/**
 * The entry in a new state. What was received stays so, whatever a slower tab says; and a late answer of another tab
 * does not put a refusal in the place of a receipt.
 */
export function settled(entry: Entry, state: EntryState): Entry {
  if (entry.state.is === 'received') return entry
  if (state.is !== 'received') return { ...entry, state }
  const { packet: _dropped, holdUntil: _over, ...kept } = entry
  return { ...kept, state }
}

/** How far the server's clock is ahead before an entry's time is put right: what the server itself allows. */
export const CLOCK_TOLERANCE_MS = 300_000

/**
 * The entry as of the time by the server's clock, which is `aheadMs` ahead of the phone's, to be signed anew. The same
 * entry where the clocks agree, or where it was sent before: then it may have been received as it was.
 */
export function onServerTime(entry: Entry, aheadMs: number): Entry {
  const { packet, attemptedAt } = entry
  if (!packet || attemptedAt !== undefined || Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return entry
  const shifted = (iso: string): string => new Date(Date.parse(iso) + aheadMs).toISOString()
  const { draft, body } = packet
  // A time that somebody chose is theirs; one that the phone filled in is as wrong as its clock.
  const occurredAt =
    draft.occurredAt === '' && body.occurredAt !== undefined ? shifted(body.occurredAt) : body.occurredAt
  const right = { ...body, ...(occurredAt !== undefined && { occurredAt }) }
  return { ...entry, madeAt: shifted(entry.madeAt), packet: { draft, body: right } }
}

/** Newest first. */
export const inOrder = (entries: readonly Entry[]): readonly Entry[] =>
  entries.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : a.madeAt > b.madeAt ? -1 : 0))

/** What was received, in grams. */
export const receivedGrams = (entries: readonly Entry[]): number =>
  entries.reduce(
    (sum, { state }) => sum + (state.is === 'received' ? Math.round(state.receipt.massKg * 1000) : 0),
    0,
  )
