import type { Speech } from './language.ts'
import { button, icon, make, part, say } from './page.ts'
import { preparePhoto, type Photo } from './photo.ts'
import type { MAX_PHOTOS } from '../../shared/contract/requests/pickups.ts'

const MOST: typeof MAX_PHOTOS = 6
/** Saving waits this long for pictures that are still being scaled, and then goes on without them. */
const PATIENCE_MS = 10_000

interface Shot {
  readonly file: File
  readonly url: string
  photo?: Photo
  state: 'reading' | 'ready' | 'unreadable'
}

/** The photos of the entry at hand. */
export interface Picker {
  readonly count: () => number
  /** The photos that can be sent, and how many cannot. */
  readonly ready: () => Promise<{ readonly photos: readonly Photo[]; readonly skipped: number }>
  readonly clear: () => void
  readonly draw: () => void
}

export function openPicker(speech: () => Speech, changed: () => void): Picker {
  const input = part('photo', HTMLInputElement)
  const list = part('photo-list', HTMLUListElement)
  const add = part('photo-add', HTMLElement)
  let shots: readonly Shot[] = []
  /** One at a time: two large pictures at once are too much for a small phone. */
  let queue: Promise<void> = Promise.resolve()

  const draw = (): void => {
    const { words } = speech()
    list.replaceChildren(...shots.map((shot, index) => thumb(shot, index + 1, speech(), { remove, read })))
    const isFull = shots.length >= MOST
    input.disabled = isFull
    say(add, isFull ? words.photoFull : words.photoAdd)
  }
  const become = (shot: Shot, state: Shot['state']): void => {
    shot.state = state
    draw()
  }
  const readNow = async (shot: Shot): Promise<void> => {
    try {
      const photo = await preparePhoto(shot.file)
      const isTwice = shots.some(
        (other) => other !== shot && other.photo?.claim.sha256 === photo.claim.sha256,
      )
      if (isTwice) return remove(shot)
      shot.photo = photo
      become(shot, 'ready')
    } catch {
      become(shot, 'unreadable')
    }
  }
  const read = (shot: Shot): void => {
    become(shot, 'reading')
    queue = queue.then(() => readNow(shot))
  }
  const remove = (shot: Shot): void => {
    URL.revokeObjectURL(shot.url)
    shots = shots.filter((other) => other !== shot)
    draw()
    changed()
  }
  input.addEventListener('change', () => {
    const files = Array.from(input.files ?? []).slice(0, MOST - shots.length)
    const taken = files.map((file): Shot => ({ file, url: URL.createObjectURL(file), state: 'reading' }))
    // Emptied, so that taking the very same file again counts as a change.
    input.value = ''
    shots = [...shots, ...taken]
    for (const shot of taken) read(shot)
    changed()
  })
  return {
    count: () => shots.length,
    ready: async () => {
      await Promise.race([queue, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
      const photos = shots.flatMap(({ photo }) => (photo ? [photo] : []))
      return { photos, skipped: shots.length - photos.length }
    },
    clear: () => {
      for (const shot of shots) URL.revokeObjectURL(shot.url)
      shots = []
      draw()
    },
    draw,
  }
}

interface Actions {
  readonly remove: (shot: Shot) => void
  readonly read: (shot: Shot) => void
}

function thumb(shot: Shot, number: number, { words }: Speech, actions: Actions): HTMLLIElement {
  const remove = button('', 'remove', () => {
    actions.remove(shot)
    part('photo', HTMLInputElement).focus()
  })
  remove.setAttribute('aria-label', words.photoRemove(number))
  remove.append(icon('cross'))
  const picture = make('img', { src: shot.url, alt: words.photoNumber(number) })
  // A picture that the browser cannot show would be drawn as a torn page.
  picture.addEventListener('error', () => picture.classList.add('torn'))
  const again = button(words.photoAgain, 'again', () => actions.read(shot))
  const note =
    shot.state === 'ready'
      ? undefined
      : make(
          'span',
          { class: 'over' },
          shot.state === 'reading' ? words.photoReading : words.photoUnreadable,
          shot.state === 'unreadable' && again,
        )
  return make('li', { class: 'thumb', 'data-state': shot.state }, picture, note, remove)
}
