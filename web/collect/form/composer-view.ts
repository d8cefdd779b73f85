import type { Speech } from '../words/language.ts'
import { part, say } from '../page.ts'
import { showNotes } from './fields.ts'
import { bannerOf, notesOf, type Complaint } from './problem.ts'

/** What the composer shows of itself, and what it listens to. */
export function showComplaint(complaint: Complaint, { words }: Speech): void {
  const banner = part('notice', HTMLElement)
  const text = bannerOf(complaint, words)
  say(banner, text)
  banner.hidden = text === ''
  showNotes(notesOf(complaint, words))
}

export function showSaving(isSaving: boolean, { words }: Speech): void {
  const button = part('save', HTMLButtonElement)
  say(button, isSaving ? words.saving : words.save)
  button.setAttribute('aria-disabled', String(isSaving))
}

export function countPhotos(count: number): void {
  say(part('photo-count', HTMLElement), count === 0 ? '' : String(count))
}

export type Control = HTMLInputElement | HTMLSelectElement

interface Listeners {
  readonly save: () => void
  readonly edited: (control: Control) => void
  readonly lookAgain: () => void
}

export function listen({ save, edited, lookAgain }: Listeners): void {
  const form = part('entry-form', HTMLFormElement)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    save()
  })
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) edited(target)
  })
  part('position-again', HTMLButtonElement).addEventListener('click', lookAgain)
}
