import type { MAX_PHOTOS } from '../../../shared/contract/requests/pickups.ts'
import type { KeptPhoto } from './kept-photo.ts'
import type { Speech } from '../words/language.ts'
import { part, say } from '../page.ts'
import { originalOf, photoOf, type Photo } from './photo.ts'
import { forgetPhotos, keepPhoto, keptPhotosOf } from './photo-shelf.ts'
import { frameOf, type Shot } from './shot.ts'
import { thumbnailOf } from './thumbnail.ts'

const MOST: typeof MAX_PHOTOS = 6
/** Saving waits this long for photos that are still being read, and then goes on without them. */
const PATIENCE_MS = 10_000

/**
 * The photos of the entry at hand. Each is kept on the phone as soon as it is read, under the id that the entry will have:
 * phones end the page while their camera is open.
 */
export interface Picker {
  readonly count: () => number
  /** The photos that can be sent, and how many cannot. */
  readonly ready: () => Promise<{ readonly photos: readonly Photo[]; readonly skipped: number }>
  /** Shows the photos that are kept for an entry, to which those that are taken now belong. What was shown stays kept. */
  readonly open: (entryId: string) => Promise<void>
  /** Shows none. What `ready` gave stays kept, for it is the entry's; what came too late for it goes. */
  readonly clear: () => void
  /** Throws away what no entry has yet. */
  readonly discard: () => void
  readonly draw: () => void
}

export function openPicker(speech: () => Speech, changed: () => void): Picker {
  const inputs = [part('photo', HTMLInputElement), part('photo-gallery', HTMLInputElement)]
  const list = part('photo-list', HTMLUListElement)
  let entryId = ''
  let shots: readonly Shot[] = []
  /** One at a time: two large pictures at once are too much for a small phone. */
  let queue: Promise<void> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => (queue = queue.then(work))

  const draw = (): void => {
    const { words } = speech()
    list.replaceChildren(...shots.map((shot, index) => frameOf(shot, index + 1, speech(), { remove, retry })))
    const isFull = shots.length >= MOST
    for (const input of inputs) input.disabled = isFull
    say(part('photo-add', HTMLElement), isFull ? words.photoFull : words.photoAdd)
    const keepings = shots.map(({ keeping }) => keeping)
    const loose = keepings.includes('full') ? words.photosFull : words.photosUnkept
    say(part('photo-note', HTMLElement), keepings.every((keeping) => keeping === 'kept') ? '' : loose)
  }
  const become = (shot: Shot, change: Partial<Shot>): void => {
    Object.assign(shot, change)
    draw()
  }
  const addOriginal = async (shot: Shot, original: KeptPhoto): Promise<void> => {
    const keeping = await keepPhoto(original)
    const photo = await photoOf([original])
    if (shot.isGone) return forgetPhotos([original])
    become(shot, { photo, keeping })
  }
  /**
   * Leaves it out where another photo has the very same, where the photo is safe and this would not be, and where it was
   * claimed without it meanwhile.
   */
  const addThumbnail = async (shot: Shot, original: KeptPhoto, thumbnail: KeptPhoto): Promise<void> => {
    const isThere = shots.some(({ photo }) => photo?.files.some(({ sha256 }) => sha256 === thumbnail.sha256))
    if (isThere || shot.isGiven) return
    const keeping = await keepPhoto(thumbnail)
    const photo = await photoOf([thumbnail, original])
    if (shot.isGone || shot.isGiven) return forgetPhotos([thumbnail])
    if (keeping === 'kept' || shot.keeping !== 'kept') become(shot, { photo })
  }
  const readNow = async (shot: Shot): Promise<void> => {
    if (shot.isGone || !shot.file) return
    const original = await originalOf(shot.file, shot)
    if (typeof original === 'string') return become(shot, { state: original })
    const { sha256 } = original
    if (shots.some(({ photo }) => photo?.claim.sha256 === sha256)) return drop(shot)
    await addOriginal(shot, original)
  }
  const shrinkNow = async (shot: Shot): Promise<void> => {
    const original = shot.photo?.files.find(({ kind }) => kind === 'original')
    if (shot.isGone || !original || shot.state !== 'reading') return
    const thumbnail = await thumbnailOf(original)
    if (thumbnail) await addThumbnail(shot, original, thumbnail)
    if (!shot.isGone)
      become(shot, { state: 'ready', ...(thumbnail && { url: URL.createObjectURL(thumbnail.blob) }) })
  }
  /** Originals first, then what is made of them: what the phone was given must be safe before anything else is tried. */
  const take = (taken: readonly Shot[]): void => {
    for (const shot of taken) void inTurn(() => readNow(shot))
    for (const shot of taken) void inTurn(() => shrinkNow(shot))
  }
  const retry = (shot: Shot): void => {
    become(shot, { state: 'reading' })
    take([shot])
  }
  const drop = (shot: Shot): void => {
    shot.isGone = true
    hide([shot])
    shots = shots.filter((other) => other !== shot)
    draw()
    changed()
  }
  const remove = (shot: Shot): void => {
    drop(shot)
    void forgetPhotos(shot.photo?.files ?? [])
  }
  const clear = (): void => {
    hide(shots)
    shots = []
    draw()
  }
  const choose = (input: HTMLInputElement): void => {
    const last = Math.max(Date.now(), ...shots.map(({ shotAt }) => shotAt + 1))
    const files = Array.from(input.files ?? []).slice(0, MOST - shots.length)
    const taken = files.map((file, index): Shot => ({
      entryId,
      file,
      shotAt: last + index,
      state: 'reading',
      keeping: 'kept',
    }))
    // Emptied, so that taking the very same file again counts as a change.
    input.value = ''
    shots = [...shots, ...taken]
    draw()
    take(taken)
    changed()
  }
  for (const input of inputs) input.addEventListener('change', () => choose(input))
  return {
    count: () => shots.length,
    ready: async () => {
      await Promise.race([queue, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
      for (const shot of shots) shot.isGiven = shot.photo !== undefined
      const photos = shots.flatMap(({ photo }) => (photo ? [photo] : []))
      return { photos, skipped: shots.length - photos.length }
    },
    open: (id) => {
      entryId = id
      clear()
      return inTurn(async () => {
        const kept = await shotsIn(await keptPhotosOf(id))
        if (entryId !== id) return
        shots = [...kept, ...shots].slice(0, MOST)
        draw()
      })
    },
    clear: () => {
      for (const shot of shots.filter(({ isGiven }) => isGiven === false)) remove(shot)
      clear()
    },
    discard: () => {
      for (const shot of shots.filter(({ isGiven }) => isGiven !== true)) remove(shot)
    },
    draw,
  }
}

function hide(shots: readonly Shot[]): void {
  for (const { url } of shots) if (url !== undefined) URL.revokeObjectURL(url)
}

/**
 * Kept files as the photos that they were. One whose page ended before it had a thumbnail gets none now: making it may be
 * what ended the page.
 */
async function shotsIn(files: readonly KeptPhoto[]): Promise<readonly Shot[]> {
  const shots: Shot[] = []
  for (const original of files.filter(({ kind }) => kind === 'original')) {
    const { entryId, shotAt } = original
    const thumbnail = files.find((file) => file.shotAt === shotAt && file.kind === 'thumbnail')
    const photo = await photoOf(thumbnail ? [thumbnail, original] : [original])
    const url = thumbnail && URL.createObjectURL(thumbnail.blob)
    if (photo)
      shots.push({
        entryId,
        shotAt,
        photo,
        state: 'ready',
        keeping: 'kept',
        ...(url !== undefined && { url }),
      })
  }
  return shots
}
