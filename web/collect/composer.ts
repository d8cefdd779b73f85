import type { Organisation, Refusal } from './answers.ts'
import {
  checkDraft,
  EMPTY_DRAFT,
  isBlank,
  uuidOf,
  type Draft,
  type PhotoClaim,
  type Position,
} from './entry.ts'
import {
  clearNote,
  echoMass,
  fillLists,
  focusFirst,
  readDraft,
  showFix,
  showNotes,
  writeDraft,
} from './fields.ts'
import type { Speech } from './language.ts'
import { isAmbiguous, plainNumber } from './numbers.ts'
import { part, say } from './page.ts'
import type { Photo } from './photo.ts'
import { openPicker } from './picker.ts'
import { openLocator, type Fix } from './position.ts'
import { bannerOf, NO_COMPLAINT, notesOf, type Complaint } from './problem.ts'
import type { Composed, Saved } from './saving.ts'
import { forget, loadDraft, loadText, saveJson, saveText } from './store.ts'

/** The form while it is being filled in: keeps the draft, asks the phone where it is, and makes the entry. */
export interface Composer {
  readonly draw: () => void
  /** Puts an entry, which has so many photos, back into the form, with what the server refused about it, if it did. */
  readonly reload: (draft: Draft, entryId: string, photos: number, refusal?: Refusal) => void
  readonly isBlank: () => boolean
}

/** A cold GPS may take half a minute; nobody should wait that long after pressing Save. */
const FIX_PATIENCE_MS = 4000

export function openComposer(
  speech: () => Speech,
  organisation: () => Organisation | undefined,
  holder: () => string | undefined,
  post: (composed: Composed) => Promise<Saved['is']>,
): Composer {
  const saved = loadDraft()
  let complaint = NO_COMPLAINT
  /** The id that the entry will have; its photos are kept under it from the moment that they are taken. */
  let entryId = saved.entryId ?? freshId()
  let isSaving = false

  const keep = (): void => saveJson('draft', { ...readDraft(), entryId, photos: picker.count() })
  const picker = openPicker(speech, () => {
    clearNote('photos')
    keep()
  })
  const locator = openLocator(loadText('position') !== 'off', () => showFix(locator.fix(), speech()))

  const draw = (): void => {
    fillLists(organisation()?.sites ?? [], loadText('site'), speech())
    echoMass(speech())
    picker.draw()
    showFix(locator.fix(), speech())
    showComplaint(complaint, speech())
    showSaving(isSaving, speech())
  }
  /** Shows the photos of the entry; says how many of `count` are there no more. */
  const openPhotos = async (count: number): Promise<void> => {
    const id = entryId
    await picker.open(id)
    const photosLost = Math.max(0, count - picker.count())
    if (id !== entryId || photosLost === 0) return
    complaint = { ...complaint, photosLost }
    draw()
  }
  const start = (draft: Draft, id: string, photos: number): void => {
    entryId = id
    void openPhotos(photos)
    locator.reset()
    complaint = NO_COMPLAINT
    writeDraft(draft)
  }
  const object = (next: Complaint): void => {
    complaint = next
    draw()
    keep()
    focusFirst(notesOf(complaint, speech().words))
  }
  const compose = async (): Promise<void> => {
    locator.look()
    const [ready] = await Promise.all([picker.ready(), locator.settled(FIX_PATIENCE_MS)])
    isSaving = false
    const now = new Date()
    const draft = readDraft()
    const check = checkDraft(draft, {
      now,
      ...found(locator.fix()),
      photos: ready.photos.map(claimOf),
      holder: holder(),
    })
    if (!check.ok) return object({ faults: check.faults })
    complaint = NO_COMPLAINT
    draw()
    saveText('site', check.body.siteId)
    const photos = { count: ready.photos.length, skipped: ready.skipped }
    const files = ready.photos.flatMap((photo) => photo.files)
    const is = await post({ id: entryId, madeAt: now, draft, body: check.body, photos, files })
    if (is !== 'kept') return object({ faults: [], unsaved: is })
    picker.clear()
    start(EMPTY_DRAFT, freshId(), 0)
    forget('draft')
    draw()
  }
  const save = (): void => {
    if (isSaving) return
    // Checked before waiting for the phone, so that a slip is pointed out at once.
    const check = checkDraft(readDraft(), { now: new Date(), photos: [] })
    if (!check.ok) return object({ faults: check.faults })
    isSaving = true
    showSaving(isSaving, speech())
    void compose()
  }
  const edited = (control: Control): void => {
    clearNote(control.name)
    complaint = { ...complaint, faults: complaint.faults.filter((field) => field !== control.name) }
    if (control.name === 'massKg') echoMass(speech())
    if (control.name === 'position' && control instanceof HTMLInputElement) {
      saveText('position', control.checked ? 'on' : 'off')
      locator.turn(control.checked)
    } else {
      locator.look()
      keep()
    }
  }

  listen({ save, edited, lookAgain: locator.lookAgain })
  writeDraft(saved.draft)
  void openPhotos(saved.photos)
  return {
    draw,
    reload: (draft, id, photos, refusal) => {
      start(draft, id, photos)
      object({ faults: [], ...(refusal && { refusal }) })
    },
    isBlank: () => isBlank(readDraft()) && picker.count() === 0,
  }
}

function showComplaint(complaint: Complaint, { words }: Speech): void {
  const banner = part('notice', HTMLElement)
  const text = bannerOf(complaint, words)
  say(banner, text)
  banner.hidden = text === ''
  showNotes(notesOf(complaint, words))
}

function showSaving(isSaving: boolean, { words }: Speech): void {
  const button = part('save', HTMLButtonElement)
  say(button, isSaving ? words.saving : words.save)
  button.setAttribute('aria-disabled', String(isSaving))
}

function found(fix: Fix): { readonly position?: Position } {
  return fix.is === 'found' ? { position: fix.position } : {}
}

function claimOf({ claim }: Photo): PhotoClaim {
  return claim
}

function freshId(): string {
  return uuidOf(crypto.getRandomValues(new Uint8Array(16)))
}

type Control = HTMLInputElement | HTMLSelectElement

interface Listeners {
  readonly save: () => void
  readonly edited: (control: Control) => void
  readonly lookAgain: () => void
}

function listen({ save, edited, lookAgain }: Listeners): void {
  const form = part('entry-form', HTMLFormElement)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    save()
  })
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) edited(target)
  })
  for (const id of ['massKg', 'pieces']) {
    // Not while typing: that would break into an input method's composition.
    const control = part(id, HTMLInputElement)
    control.addEventListener('change', () => {
      // What may mean two things stays as it was typed, to be asked about.
      if (!isAmbiguous(control.value)) control.value = plainNumber(control.value)
    })
  }
  part('position-again', HTMLButtonElement).addEventListener('click', lookAgain)
}
