import type { Organisation, Refusal } from './answers.ts'
import { AMOUNT_FIELDS } from './amounts.ts'
import {
  beginDraft,
  checkDraft,
  isBlank,
  uuidOf,
  type Draft,
  type Findings,
  type PhotoClaim,
  type Position,
} from './entry.ts'
import {
  clearNote,
  fillLists,
  focusFirst,
  keepOpenForStation,
  readDraft,
  showFix,
  showNotes,
  showWhere,
  writeDraft,
} from './fields.ts'
import { openKeypad } from './keypad.ts'
import type { Speech } from './language.ts'
import { part, say } from './page.ts'
import type { Photo } from './photo.ts'
import { openPicker } from './picker.ts'
import { openLocator, type Fix } from './position.ts'
import { bannerOf, NO_COMPLAINT, notesOf, type Complaint } from './problem.ts'
import { newEntry, type Entry } from './recent.ts'
import { loadDraft, loadText, loadUsual, saveJson, saveText, saveUsual } from './store.ts'

/** The form while it is being filled in: keeps the draft, asks the phone where it is, and makes the entry. */
export interface Composer {
  readonly draw: () => void
  /** Puts any draft into the form in place of what is there, with what the server said of it; `lost` photos are gone. */
  readonly reload: (draft: Draft, refused?: Refused, photosLost?: number) => void
  /** What is in the form now, to keep it aside before another is put there. */
  readonly draft: () => Draft
  readonly isBlank: () => boolean
  /** The refused entry that is back in the form. */
  readonly correcting: () => string | undefined
}

export interface Refused {
  readonly entryId: string
  readonly refusal: Refusal
}

export interface Composed {
  /** Its id is the draft's. */
  readonly entry: Entry
  readonly photos: readonly Photo[]
  /** The refused entry that this one corrects. */
  readonly replaces: string | undefined
}

/** A cold GPS may take half a minute; nobody should wait that long after pressing Save. */
const FIX_PATIENCE_MS = 4000

/** `post` resolves to true once the phone has stored the entry; only then is the form emptied for the next one. */
export function openComposer(
  speech: () => Speech,
  organisation: () => Organisation | undefined,
  holder: () => string | undefined,
  post: (composed: Composed) => Promise<boolean>,
): Composer {
  const saved = loadDraft()
  let complaint: Complaint = { faults: [], photosLost: saved?.photos ?? 0 }
  let corrects: string | undefined
  let isSaving = false
  /** The id that what is in the form will have. */
  let id = saved?.draft.id || freshId()

  const draft = (): Draft => ({ ...readDraft(), id })
  const keep = (): void => saveJson('draft', { ...draft(), photos: picker.count() })
  const picker = openPicker(speech, () => {
    clearNote('photos')
    countPhotos(picker.count())
    keep()
  })
  const locator = openLocator(loadText('position') !== 'off', () => showPlace())
  const keypad = openKeypad(speech)

  const showPlace = (): void => {
    showFix(locator.fix(), speech())
    showWhere(locator.fix(), new Date(), speech())
  }
  const draw = (): void => {
    fillLists(organisation()?.sites ?? [], loadText('site'), speech())
    keypad.draw()
    picker.draw()
    countPhotos(picker.count())
    showPlace()
    showComplaint(complaint, speech())
    showSaving(isSaving, speech())
  }
  const put = (next: Draft): void => {
    picker.clear()
    locator.reset()
    complaint = NO_COMPLAINT
    corrects = undefined
    id = next.id
    writeDraft(next)
    keypad.begin()
  }
  const begin = (): void => {
    put(beginDraft(freshId(), loadUsual()))
    keep()
    draw()
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
    const now = new Date()
    const whole = draft()
    const check = checkDraft(whole, {
      ...found(locator.fix(), now, holder()),
      photos: ready.photos.map(claimOf),
    })
    if (!check.ok) return ended({ faults: check.faults })
    const { body, massKg } = check
    const entry = newEntry(
      id,
      now,
      { draft: whole, body },
      { massKg, count: ready.photos.length, skipped: ready.skipped },
    )
    const isStored = await post({ entry, photos: ready.photos, replaces: corrects }).catch(() => false)
    if (!isStored) return ended({ faults: [], isFull: true })
    saveUsual(whole)
    isSaving = false
    begin()
  }
  const ended = (next: Complaint): void => {
    isSaving = false
    object(next)
  }
  const save = (): void => {
    if (isSaving) return
    // Checked before waiting for the phone, so that a slip is pointed out at once.
    const check = checkDraft(draft(), { now: new Date(), photos: [] })
    if (!check.ok) return object({ faults: check.faults })
    isSaving = true
    showSaving(isSaving, speech())
    void compose()
  }
  const edited = (control: Control): void => {
    const mended = [control.name, ...(CONCERNS.get(control.name) ?? [])]
    for (const name of mended) clearNote(name)
    complaint = { ...complaint, faults: complaint.faults.filter((field) => !mended.includes(field)) }
    keypad.edited(control.name)
    if (control.name === 'position' && control instanceof HTMLInputElement) {
      saveText('position', control.checked ? 'on' : 'off')
      locator.turn(control.checked)
    } else {
      locator.look()
      keep()
    }
    showPlace()
  }

  listen({ save, edited, lookAgain: locator.lookAgain })
  keepOpenForStation()
  writeDraft(saved?.draft ?? beginDraft(id, loadUsual()))
  return {
    draw,
    reload: (next, refused, photosLost = 0) => {
      // An id that the server has under other content would be refused for ever.
      const isTaken = refused?.refusal.code === 'idempotency-key-reused'
      put({ ...next, id: isTaken || next.id === '' ? freshId() : next.id })
      corrects = refused?.entryId
      object({ faults: [], ...(refused && { refusal: refused.refusal }), photosLost })
    },
    draft,
    correcting: () => corrects,
    isBlank: () => isBlank(draft()) && picker.count() === 0,
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

function countPhotos(count: number): void {
  say(part('photo-count', HTMLElement), count === 0 ? '' : String(count))
}

function found(fix: Fix, now: Date, holder: string | undefined): Omit<Findings, 'photos'> {
  const position: { readonly position?: Position } = fix.is === 'found' ? { position: fix.position } : {}
  return { now, holder, ...position }
}

function claimOf({ claim }: Photo): PhotoClaim {
  return claim
}

function freshId(): string {
  return uuidOf(crypto.getRandomValues(new Uint8Array(16)))
}

/** What else is no longer said, once something was chosen anew. */
const CONCERNS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['form', ['unit']],
  ['unit', AMOUNT_FIELDS],
  ['tareKg', ['grossKg']],
])

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
  part('position-again', HTMLButtonElement).addEventListener('click', lookAgain)
}
