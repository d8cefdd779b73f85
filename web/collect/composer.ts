import type { Organisation, Refusal } from './answers.ts'
import { checkDraft, EMPTY_DRAFT, isBlank, uuidOf, type Draft, type Field, type PickupBody } from './entry.ts'
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
import { plainNumber } from './numbers.ts'
import { part, say } from './page.ts'
import type { Photo } from './photo.ts'
import { openPicker } from './picker.ts'
import { openLocator } from './position.ts'
import { fieldNotes, reasonOf, type FieldNote } from './problem.ts'
import type { Entry } from './recent.ts'
import { forget, loadDraft, loadText, saveJson, saveText } from './store.ts'

/** The form while it is being filled in: keeps the draft, asks the phone where it is, and makes the entry. */
export interface Composer {
  readonly draw: () => void
  /** Empties the form for the next entry. */
  readonly clear: () => void
  /** Says what the server refused about what is still in the form. */
  readonly complain: (entryId: string, refusal: Refusal) => void
  /** Puts a refused entry of the list back into the form; `lost` photos are no longer there. */
  readonly reload: (entryId: string, refusal: Refusal, draft: Draft, lost: number) => void
  readonly isBlank: () => boolean
  /** The refused entry that is back in the form. */
  readonly correcting: () => string | undefined
}

export interface Composed {
  readonly entry: Entry
  readonly photos: readonly Photo[]
  /** The refused entry that this one corrects. */
  readonly replaces: string | undefined
}

/** A cold GPS may take half a minute; nobody should wait that long after pressing Save. */
const FIX_PATIENCE_MS = 4000

export function openComposer(
  speech: () => Speech,
  organisation: () => Organisation | undefined,
  post: (composed: Composed) => void,
): Composer {
  const saveButton = part('save', HTMLButtonElement)
  const saved = loadDraft()
  /** What is wrong by our own check, what the server refused, and how many photos a reload has lost. */
  let faults: readonly Field[] = []
  let refusal: Refusal | undefined
  let lost = saved.photos
  let corrects: string | undefined
  let isSaving = false

  const keep = (): void => saveJson('draft', { ...readDraft(), photos: picker.count() })
  const picker = openPicker(speech, () => {
    clearNote('photos')
    keep()
  })
  const locator = openLocator(loadText('position') !== 'off', () => showFix(locator.fix(), speech()))

  const notes = (): readonly FieldNote[] => {
    const { words } = speech()
    return refusal
      ? fieldNotes(refusal, words)
      : faults.map((field) => ({ field, text: words.faults[field] }))
  }
  const draw = (): void => {
    const { words } = speech()
    const sites = organisation()?.sites ?? []
    fillLists(sites, loadText('site'), speech())
    echoMass(speech())
    picker.draw()
    showFix(locator.fix(), speech())
    const banner = part('notice', HTMLElement)
    const lines = [
      refusal ? words.refused(reasonOf(refusal, words)) : '',
      lost > 0 ? words.photosLost(lost) : '',
    ]
    say(banner, lines.join(' ').trim())
    banner.hidden = banner.textContent === ''
    showNotes(notes())
    say(saveButton, isSaving ? words.saving : words.save)
    saveButton.setAttribute('aria-disabled', String(isSaving))
  }
  const reset = (draft: Draft): void => {
    picker.clear()
    locator.reset()
    faults = []
    refusal = undefined
    corrects = undefined
    lost = 0
    writeDraft(draft)
  }
  const compose = async (): Promise<void> => {
    locator.look()
    const [ready] = await Promise.all([picker.ready(), locator.settled(FIX_PATIENCE_MS)])
    const fix = locator.fix()
    const check = checkDraft(readDraft(), {
      now: new Date(),
      position: fix.is === 'found' ? fix.position : undefined,
      photos: ready.photos.map(({ claim }) => claim),
    })
    faults = check.ok ? [] : check.faults
    refusal = undefined
    isSaving = false
    draw()
    if (!check.ok) return focusFirst(notes())
    lost = 0
    saveText('site', check.body.siteId)
    forget('draft')
    const entry = entryOf(check.body, readDraft(), ready.photos.length, ready.skipped)
    post({ entry, photos: ready.photos, replaces: corrects })
  }
  const save = (): void => {
    if (isSaving) return
    // Checked before waiting for the phone, so that a slip is pointed out at once.
    const check = checkDraft(readDraft(), { now: new Date(), photos: [] })
    faults = check.ok ? [] : check.faults
    refusal = undefined
    isSaving = check.ok
    draw()
    if (check.ok) void compose()
    else focusFirst(notes())
  }
  const edited = (control: HTMLInputElement | HTMLSelectElement): void => {
    clearNote(control.name)
    faults = faults.filter((field) => field !== control.name)
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
  return {
    draw,
    clear: () => {
      reset(EMPTY_DRAFT)
      forget('draft')
      draw()
    },
    complain: (entryId, why) => {
      refusal = why
      corrects = entryId
      draw()
      keep()
      focusFirst(notes())
    },
    reload: (entryId, why, draft, photosLost) => {
      reset(draft)
      refusal = why
      corrects = entryId
      lost = photosLost
      draw()
      keep()
      focusFirst(notes())
    },
    correcting: () => corrects,
    isBlank: () => isBlank(readDraft()) && picker.count() === 0,
  }
}

interface Listeners {
  readonly save: () => void
  readonly edited: (control: HTMLInputElement | HTMLSelectElement) => void
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
    control.addEventListener('change', () => (control.value = plainNumber(control.value)))
  }
  part('position-again', HTMLButtonElement).addEventListener('click', lookAgain)
}

function entryOf(body: PickupBody, draft: Draft, photos: number, skipped: number): Entry {
  return {
    id: uuidOf(crypto.getRandomValues(new Uint8Array(16))),
    madeAt: new Date().toISOString(),
    form: body.form,
    massKg: body.massKg,
    siteId: body.siteId,
    state: { is: 'sending' },
    photos: { count: photos, unsent: photos, skipped, state: 'waiting' },
    packet: { draft, body },
  }
}
