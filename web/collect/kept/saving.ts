import { organisationOf, type Access } from './access.ts'
import { freshId } from '../fresh-id.ts'
import { batchIdOf } from './bag-code.ts'
import { newEntry, type Entry, type Packet } from './entries.ts'
import type { KeptPhoto } from '../photos/kept-photo.ts'
import type { Keeping, Outbox } from '../sending/outbox.ts'
import { signEntry } from '../device/phone.ts'

/** What the form hands over: an entry that is filled in and right, and the files of its photos. */
export interface Composed extends Pick<Packet, 'draft' | 'body'> {
  /** The id that the entry is to have; its photos are kept under it already. */
  readonly id: string
  readonly madeAt: Date
  readonly photos: Entry['photos']
  readonly files: readonly KeptPhoto[]
}

export type Saved =
  { readonly is: 'kept'; readonly id: string } | { readonly is: Exclude<Keeping, 'kept' | 'taken'> }

/**
 * Makes an entry of it, signs it and keeps it. Where another tab has taken the id meanwhile, it gets another one: two
 * entries are two, whatever they were begun as.
 */
export async function saveEntry(composed: Composed, access: Access, outbox: Outbox): Promise<Saved> {
  const entry = await signed(await entryOf(composed, access), access)
  const keeping = await outbox.post(entry, composed.files)
  if (keeping !== 'taken') return keeping === 'kept' ? { is: 'kept', id: entry.id } : { is: keeping }
  const id = freshId()
  const files = composed.files.map((file) => ({ ...file, entryId: id }))
  return saveEntry({ ...composed, id, files }, access, outbox)
}

async function entryOf(composed: Composed, access: Access): Promise<Entry> {
  const { id, madeAt, draft, body, photos } = composed
  const { id: org } = organisationOf(access)
  const batchId = await batchIdOf(org, id)
  return newEntry(id, madeAt, { draft, body }, { batchId, org, photos })
}

/** The signature is made now, at sea, and not when there is a network. A key that fails is told of when it is sent. */
async function signed(entry: Entry, access: Access): Promise<Entry> {
  if (access.by === 'key' || !entry.packet) return entry
  const made = await signEntry(access.phone, entry).catch(() => undefined)
  return made ? { ...entry, packet: { ...entry.packet, signed: made } } : entry
}
