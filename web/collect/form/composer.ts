import type { Organisation, Refusal } from '../sending/answers.ts'
import { AMOUNT_FIELDS } from './amounts.ts'
import {
  beginDraft,
  checkDraft,
  isBlank,
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
  showWhere,
  writeDraft,
} from './fields.ts'
import { countPhotos, listen, showComplaint, showSaving, type Control } from './composer-view.ts'
import { freshId } from '../fresh-id.ts'
import { openKeypad } from './keypad.ts'
import type { Speech } from '../words/language.ts'
import type { Photo } from '../photos/photo.ts'
import { openPicker } from '../photos/picker.ts'
import { openLocator, type Fix } from './position.ts'
import { NO_COMPLAINT, notesOf, type Complaint } from './problem.ts'
import type { Composed, Saved } from '../kept/saving.ts'
import {
  dropAside,
  loadDraft,
  loadText,
  loadUsual,
  putAside,
  saveJson,
  saveText,
  saveUsual,
  takeAside,
  type SavedDraft,
} from './store.ts'

/** The form while it is being filled in: keeps the draft, asks the phone where it is, and hands over what is right. */
export interface Composer {
  readonly draw: () => void
  /**
   * Puts an entry, which has so many photos, back into the form, with what the server refused about it, if it did. What
   * was there, if anything, is put aside, and comes back after that one is saved.
   */
  readonly reload: (draft: Draft, photos: number, refusal?: Refusal) => void
  /** Takes up the draft that was left on this phone; for the one tab whose drafts are kept, as soon as it is that. */
  readonly resume: () => void
  readonly isBlank: () => boolean
  /** The id that what is in the form will have. */
  readonly id: () => string
}

/** A cold GPS may take half a minute; nobody should wait that long after pressing Save. */
const FIX_PATIENCE_MS = 4000

/** `post` resolves to `kept` once the phone has stored the entry; only then is the form emptied for the next one. */
export function openComposer(
  speech: () => Speech,
  organisation: () => Organisation | undefined,
  holder: () => string | undefined,
  post: (composed: Composed) => Promise<Saved['is']>,
): Composer {
  let complaint = NO_COMPLAINT
  let isSaving = false
  /** Only one tab keeps its draft beyond its own end: two would write over each other's. */
  let isKept = false
  /** The id that what is in the form will have; its photos are kept under it from the moment that they are taken. */
  let id = freshId()

  const draft = (): Draft => ({ ...readDraft(), id })
  const whole = (): SavedDraft => ({ draft: draft(), photos: picker.count() })
  const keep = (): void => {
    if (isKept) saveJson('draft', { ...draft(), photos: picker.count() })
  }
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
  /** Shows the photos of the entry; says how many of `count` are there no more. */
  const openPhotos = async (count: number): Promise<void> => {
    const opened = id
    await picker.open(opened)
    const photosLost = Math.max(0, count - picker.count())
    if (opened !== id || photosLost === 0) return
    complaint = { ...complaint, photosLost }
    draw()
  }
  const put = ({ draft: next, photos }: SavedDraft): void => {
    locator.reset()
    complaint = NO_COMPLAINT
    id = next.id || freshId()
    void openPhotos(photos)
    writeDraft(next)
    keypad.begin()
  }
  const begin = (): void => {
    put(takeAside() ?? { draft: beginDraft(freshId(), loadUsual()), photos: 0 })
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
    const composed = draft()
    const check = checkDraft(composed, {
      ...found(locator.fix(), now, holder()),
      photos: ready.photos.map((photo) => claimOf(photo, locator.fix().is !== 'off')),
    })
    if (!check.ok) return ended({ faults: check.faults })
    const photos = { count: ready.photos.length, skipped: ready.skipped }
    const files = ready.photos.flatMap((photo) => photo.files)
    const is = await post({ id, madeAt: now, draft: composed, body: check.body, photos, files })
    if (is !== 'kept') return ended({ faults: [], unsaved: is })
    saveUsual(composed)
    isSaving = false
    picker.clear()
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

  const isEmpty = (): boolean => !hasContent(whole())

  listen({ save, edited, lookAgain: locator.lookAgain })
  keepOpenForStation()
  writeDraft(beginDraft(id, loadUsual()))
  void openPhotos(0)
  return {
    draw,
    reload: (next, photos, refusal) => {
      const hasAside = !isEmpty() && next.id !== id
      if (hasAside) putAside(whole())
      dropAside(next.id)
      put({ draft: next, photos })
      object({ faults: [], ...(refusal && { refusal }), hasAside })
    },
    resume: () => {
      isKept = true
      const saved = loadDraft()
      // Something may have been typed already: then that counts, and what was left comes after it.
      if (isEmpty()) {
        if (saved) put(saved)
      } else {
        if (saved && saved.draft.id !== id && hasContent(saved)) putAside(saved)
        keep()
      }
      draw()
    },
    id: () => id,
    isBlank: isEmpty,
  }
}

const hasContent = ({ draft, photos }: SavedDraft): boolean => !isBlank(draft) || photos > 0

function found(fix: Fix, now: Date, holder: string | undefined): Omit<Findings, 'photos'> {
  const position: { readonly position?: Position } = fix.is === 'found' ? { position: fix.position } : {}
  return { now, holder, ...position }
}

/** Who leaves the position out leaves it out of the photos' claims too; the original keeps what its camera wrote, sealed. */
function claimOf({ claim }: Photo, hasPosition: boolean): PhotoClaim {
  if (hasPosition) return claim
  const { lat: _lat, lon: _lon, ...placeless } = claim
  return placeless
}

/** What else is no longer said, once something was chosen anew. */
const CONCERNS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['form', ['unit']],
  ['unit', AMOUNT_FIELDS],
  ['tareKg', ['grossKg']],
])
