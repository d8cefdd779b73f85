import { isEntry, remember, type Entry, type EntryState, type Happening } from './recent.ts'
import type { KeptPhoto } from './kept-photo.ts'
import { forgetPhotos, keptPhotosOf } from './photo-shelf.ts'
import type { Photo } from './photo.ts'
import type { Courier } from './courier.ts'
import { sendPhoto } from './send.ts'
import { loadJson, saveJson } from './store.ts'

/** Entries on their way. The pickup goes first; its photos follow, and never hold it back. */
export interface Outbox {
  readonly entries: () => readonly Entry[]
  readonly find: (id: string) => Entry | undefined
  /** Remembers an entry and sends it. `replaces` is the refused one that it corrects. */
  readonly post: (entry: Entry, photos: readonly Photo[], replaces: string | undefined) => Promise<void>
  readonly retry: (id: string) => Promise<void>
  readonly retryPhotos: (id: string) => Promise<void>
  readonly remove: (id: string) => void
}

export function openOutbox(courier: () => Courier, changed: (id: string) => void): Outbox {
  const saved = loadJson('entries')
  let entries = remember(Array.isArray(saved) ? saved.filter(isEntry) : [], { is: 'reopened' })
  /** Photos that have not arrived yet, by entry. They live in memory only. */
  const photosOf = new Map<string, readonly Photo[]>()

  const happen = (id: string, happening: Happening): void => {
    entries = remember(entries, happening)
    saveJson('entries', entries)
    changed(id)
  }
  const become = (id: string, state: EntryState): void => happen(id, { is: 'changed', id, state })
  const find = (id: string): Entry | undefined => entries.find((entry) => entry.id === id)

  const send = async (id: string): Promise<void> => {
    const { sign, send: sendBy } = courier()
    const entry = find(id)
    if (!entry?.packet) return
    const signed = await sign(entry)
    // Kept before it is sent: should the answer be lost, the very same must be sent again.
    if (signed) happen(id, { is: 'signed', id, signed })
    const { body } = entry.packet
    const reply = await sendBy(id, { body, signed: signed ?? entry.packet.signed })
    if (reply.is === 'unsent') return become(id, { is: 'unsent', why: reply.why })
    if (reply.is === 'refused') {
      photosOf.delete(id)
      return become(id, { is: 'refused', refusal: reply.refusal })
    }
    become(id, { is: 'received', receipt: reply.value })
    await sendPhotos(id)
  }
  const sendPhotos = async (id: string): Promise<void> => {
    let left = photosOf.get(id) ?? []
    if (left.length === 0) return
    happen(id, { is: 'photos', id, state: 'sending', unsent: left.length })
    const files = left.flatMap((photo) => photo.files)
    // All thumbnails before the first original: there is something of each to see soon.
    for (const file of [...files.filter(isThumbnail), ...files.filter((file) => !isThumbnail(file))]) {
      if (!(await sendPhoto(await courier().bearer(), file, file.blob))) continue
      await forgetPhotos([file])
      left = withoutFile(left, file)
    }
    if (left.length > 0) photosOf.set(id, left)
    else photosOf.delete(id)
    happen(id, { is: 'photos', id, state: left.length > 0 ? 'unsent' : 'sent', unsent: left.length })
  }
  return {
    entries: () => entries,
    find,
    post: async (entry, photos, replaces) => {
      if (photos.length > 0) photosOf.set(entry.id, photos)
      happen(entry.id, { is: 'made', entry, replaces })
      await send(entry.id)
    },
    retry: async (id) => {
      if (find(id)?.state.is !== 'unsent') return
      become(id, { is: 'sending' })
      await send(id)
    },
    retryPhotos: async (id) => {
      if (find(id)?.photos.state === 'unsent') await sendPhotos(id)
    },
    remove: (id) => {
      happen(id, { is: 'removed', id })
      void keptPhotosOf(id).then(forgetPhotos)
    },
  }
}

const isThumbnail = ({ kind }: KeptPhoto): boolean => kind === 'thumbnail'

/** Photos without a file that has arrived, and without those of which all have. */
function withoutFile(photos: readonly Photo[], file: KeptPhoto): readonly Photo[] {
  return photos
    .map(({ claim, files }) => ({ claim, files: files.filter((other) => other !== file) }))
    .filter(({ files }) => files.length > 0)
}
