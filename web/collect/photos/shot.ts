import type { Speech } from '../words/language.ts'
import type { Messages } from '../words/zh.ts'
import { button, icon, make, part } from '../page.ts'
import type { Photo, Unfit } from './photo.ts'
import type { PhotoKeeping } from './photo-shelf.ts'

/** One photo in the form, from the moment that the phone hands it over. */
export interface Shot {
  readonly entryId: string
  readonly shotAt: number
  /** As the phone gave it; not of one that was kept before the page was opened. */
  readonly file?: Blob
  /** As soon as it could be sent; then a thumbnail may still be in the making. */
  photo?: Photo | undefined
  /** Of the thumbnail. */
  url?: string
  state: 'reading' | 'ready' | Unfit
  keeping: PhotoKeeping
  /** Whether it was asked for when the entry was saved and was there: then it is claimed as it was. */
  isGiven?: boolean
  isGone?: boolean
}

interface Actions {
  readonly remove: (shot: Shot) => void
  readonly retry: (shot: Shot) => void
}

/** A photo as it is shown: its thumbnail, or in words what is the matter. */
export function frameOf(shot: Shot, number: number, { words }: Speech, actions: Actions): HTMLLIElement {
  const remove = button('', 'remove', () => {
    actions.remove(shot)
    part('photo', HTMLInputElement).focus()
  })
  remove.setAttribute('aria-label', words.photoRemove(number))
  remove.append(icon('cross'))
  const picture = shot.url !== undefined && make('img', { src: shot.url, alt: words.photoNumber(number) })
  const text = picture ? '' : textOf(shot, words)
  const again = shot.state === 'unreadable' && button(words.photoAgain, 'again', () => actions.retry(shot))
  const note = text !== '' && make('span', { class: 'over' }, text, again)
  return make('li', { class: 'thumb', 'data-state': shot.state }, picture, note, remove)
}

function textOf({ state, keeping }: Shot, words: Messages): string {
  switch (state) {
    case 'reading':
      return words.photoReading
    case 'ready':
      return keeping === 'kept' ? words.photoNoPreview : words.photoUnseen
    case 'unreadable':
      return words.photoUnreadable
    case 'foreign':
      return words.photoForeign
    case 'large':
      return words.photoLarge
  }
}
