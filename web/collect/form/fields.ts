import { POLYMERS } from '../../../shared/domain/material/material.ts'
import type { Site } from '../sending/answers.ts'
import { AMOUNT_FIELDS, unitOf } from './amounts.ts'
import { EMPTY_DRAFT, type Draft, type Field } from './entry.ts'
import { formatNumber, formatTime } from '../shown/format.ts'
import { nameIn } from '../../speech.ts'
import type { Speech } from '../words/language.ts'
import { make, part, say } from '../page.ts'
import type { Fix } from './position.ts'
import type { FieldNote } from './problem.ts'

/** The controls of the entry form: what is in them, and what is said about them. */

const entryForm = (): HTMLFormElement => part('entry-form', HTMLFormElement)

/** What is typed and chosen; the id is not in the page. */
export function readDraft(): Draft {
  const data = new FormData(entryForm())
  const texts = Object.keys(EMPTY_DRAFT).map((field) => {
    const value = data.get(field)
    return [field, typeof value === 'string' ? value : ''] as const
  })
  const draft: Draft = { ...EMPTY_DRAFT, ...Object.fromEntries(texts) }
  return { ...draft, polymer: draft.polymer || EMPTY_DRAFT.polymer }
}

/** What a draft chose in a list that may not have been filled yet: stations come from the server. */
const wanted = new WeakMap<HTMLSelectElement, string>()

export function writeDraft(draft: Draft): void {
  for (const control of entryForm().elements) {
    if (control instanceof HTMLInputElement && control.type === 'radio') {
      control.checked = control.value === (control.name === 'form' ? draft.form : unitOf(draft))
    } else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
      const text = new Map(Object.entries(draft)).get(control.name)
      if (text === undefined) continue
      control.value = text
      if (control instanceof HTMLSelectElement) wanted.set(control, text)
    }
  }
  const hasMore = draft.collector !== '' || draft.weigher !== '' || draft.occurredAt !== ''
  part('more', HTMLDetailsElement).open = hasMore || draft.polymer !== EMPTY_DRAFT.polymer
}

/**
 * Fills the lists of stations and polymers in the language of the moment. What was chosen stays; else it is the station
 * that was used last, and where there is only one, that. Where it is none of these it is asked for, so the list is shown.
 */
export function fillLists(
  sites: readonly Site[],
  lastSite: string | undefined,
  { language, words }: Speech,
): void {
  const station = part('siteId', HTMLSelectElement)
  const options = stationsFirst(sites).map(({ id, name }) =>
    make('option', { value: id }, nameIn(name, language)),
  )
  const [only] = sites
  const prompt = make('option', { value: '' }, only ? words.siteChoose : words.siteNone)
  refill(station, sites.length === 1 ? options : [prompt, ...options], lastSite)
  if (only && station.value === '') part('more', HTMLDetailsElement).open = true

  const polymer = part('polymer', HTMLSelectElement)
  const kinds = ['unknown' as const, ...POLYMERS.filter((kind) => kind !== 'unknown')]
  refill(
    polymer,
    kinds.map((kind) => make('option', { value: kind }, words.polymers[kind])),
  )
}

function refill(select: HTMLSelectElement, options: readonly HTMLOptionElement[], usual = ''): void {
  const chosen = select.value || wanted.get(select) || usual
  select.replaceChildren(...options)
  if (options.some(({ value }) => value === chosen)) select.value = chosen
}

function stationsFirst(sites: readonly Site[]): readonly Site[] {
  const isStation = ({ kind }: Site): boolean => kind === 'station'
  return [...sites.filter(isStation), ...sites.filter((site) => !isStation(site))]
}

/** Whether a position goes along, as the switch and in words. */
export function showFix(fix: Fix, { language, words }: Speech): void {
  const said = {
    off: words.positionOff,
    idle: '',
    asking: words.positionAsking,
    found: fix.is === 'found' ? words.positionFound(formatNumber(fix.accuracyM, language)) : '',
    none: fix.is === 'none' && fix.why === 'denied' ? words.positionDenied : words.positionNone,
  }[fix.is]
  part('position', HTMLInputElement).checked = fix.is !== 'off'
  part('position-fix', HTMLElement).dataset['fix'] = fix.is
  say(part('position-state', HTMLElement), said)
  part('position-again', HTMLButtonElement).hidden = fix.is !== 'none'
}

/** Who taps on "choose a station" is led to the list, which is open then: closing it would help nobody. */
export function keepOpenForStation(): void {
  const more = part('more', HTMLDetailsElement)
  more.querySelector('summary')?.addEventListener('click', (event) => {
    if (!more.open || part('where', HTMLElement).dataset['station'] !== 'missing') return
    event.preventDefault()
    const station = part('siteId', HTMLSelectElement)
    station.focus({ preventScroll: true })
    station.scrollIntoView({ block: 'center' })
  })
}

/** The line that says in short what fills itself: the station, the time, the position, and the vessel if there is one. */
export function showWhere(fix: Fix, now: Date, { language, words }: Speech): void {
  const station = part('siteId', HTMLSelectElement)
  const time = part('occurredAt', HTMLInputElement).value
  const said = {
    off: words.whereNoPosition,
    idle: '',
    asking: words.whereAsking,
    found: fix.is === 'found' ? words.wherePosition(formatNumber(fix.accuracyM, language)) : '',
    none: words.whereNoPosition,
  }[fix.is]
  const isTimed = time !== '' && !Number.isNaN(Date.parse(time))
  const line = [
    station.selectedOptions[0]?.textContent ?? '',
    isTimed ? formatTime(time, now, language) : words.whereNow,
    said,
    part('vessel', HTMLInputElement).value.trim(),
  ]
  const where = part('where', HTMLElement)
  where.dataset['station'] = station.value === '' ? 'missing' : 'chosen'
  say(where, line.filter((text) => text !== '').join(' · '))
}

const FIELDS: readonly Field[] = [
  'form',
  'unit',
  ...AMOUNT_FIELDS,
  'siteId',
  'position',
  'occurredAt',
  'vessel',
  'collector',
  'weigher',
  'polymer',
  'photos',
]

/** Says what is wrong where it is wrong, and clears what was said before. */
export function showNotes(notes: readonly FieldNote[]): void {
  const seen = notes.map(({ field, text }) => ({ field: seenAt(field), text }))
  for (const field of FIELDS) note(field, seen.find((other) => other.field === field)?.text ?? '')
}

/** An amount in another unit than the one that is shown is spoken of at the units. */
function seenAt(field: Field): Field {
  return part(`field-${field}`, HTMLElement).hidden ? 'unit' : field
}

export function clearNote(field: string): void {
  const known = FIELDS.find((other) => other === field || (other === 'photos' && field === 'photo'))
  if (known) note(known, '')
}

function note(field: Field, text: string): void {
  say(part(`fault-${field}`, HTMLElement), text)
  const place = part(`field-${field}`, HTMLElement)
  place.classList.toggle('wrong', text !== '')
  if (text !== '') part('more', HTMLDetailsElement).open ||= place.closest('#more') !== null
  for (const control of controlsOf(place)) {
    if (text === '') control.removeAttribute('aria-invalid')
    else control.setAttribute('aria-invalid', 'true')
  }
}

function controlsOf(place: HTMLElement): readonly HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('input, select')]
}

/** Takes the reader to the first field that needs correcting. */
export function focusFirst(notes: readonly FieldNote[]): void {
  const first = FIELDS.find((field) => notes.some((other) => seenAt(other.field) === field))
  if (!first) return
  const place = part(`field-${first}`, HTMLElement)
  const controls = controlsOf(place)
  const checked = controls.find((control) => control.matches(':checked'))
  const next = first === 'photos' ? part('photo', HTMLElement) : (checked ?? controls[0])
  next?.focus({ preventScroll: true })
  place.scrollIntoView({ block: 'center' })
}
