import { POLYMERS } from '../../shared/domain/material/material.ts'
import type { Site } from './answers.ts'
import { EMPTY_DRAFT, type Draft, type Field } from './entry.ts'
import { formatNumber } from './format.ts'
import { nameIn, type Speech } from './language.ts'
import { readKilograms } from './numbers.ts'
import { make, part, say } from './page.ts'
import type { Fix } from './position.ts'
import type { FieldNote } from './problem.ts'

/** The controls of the entry form: what is in them, and what is said about them. */

const entryForm = (): HTMLFormElement => part('entry-form', HTMLFormElement)

export function readDraft(): Draft {
  const data = new FormData(entryForm())
  const text = (field: keyof Draft): string => {
    const value = data.get(field)
    return typeof value === 'string' ? value : ''
  }
  return {
    form: text('form'),
    massKg: text('massKg'),
    pieces: text('pieces'),
    siteId: text('siteId'),
    polymer: text('polymer') || EMPTY_DRAFT.polymer,
    occurredAt: text('occurredAt'),
    collector: text('collector'),
    weigher: text('weigher'),
    vessel: text('vessel'),
  }
}

/** What a draft chose in a list that may not have been filled yet: stations come from the server. */
const wanted = new WeakMap<HTMLSelectElement, string>()

export function writeDraft(draft: Draft): void {
  for (const control of entryForm().elements) {
    if (control instanceof HTMLInputElement && control.name === 'form') {
      control.checked = control.value === draft.form
    } else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
      const text = new Map(Object.entries(draft)).get(control.name)
      if (text === undefined) continue
      control.value = text
      if (control instanceof HTMLSelectElement) wanted.set(control, text)
    }
  }
  const hasMore =
    draft.collector !== '' || draft.weigher !== '' || draft.vessel !== '' || draft.occurredAt !== ''
  part('more', HTMLDetailsElement).open = hasMore || draft.polymer !== EMPTY_DRAFT.polymer
}

/**
 * Fills the lists of stations and polymers in the language of the moment. What was chosen stays; else it is the station
 * that was used last, and where there is only one, that.
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

/** Repeats the mass in kilograms and in jin (half a kilogram), which is how people here weigh. */
export function echoMass({ language, words }: Speech): void {
  const kg = readKilograms(part('massKg', HTMLInputElement).value)
  const text =
    kg === undefined ? '' : words.massEcho(formatNumber(kg, language), formatNumber(kg * 2, language))
  say(part('mass-echo', HTMLElement), text)
}

const FIELDS: readonly Field[] = [
  'form',
  'massKg',
  'pieces',
  'photos',
  'siteId',
  'position',
  'collector',
  'weigher',
  'vessel',
  'polymer',
  'occurredAt',
]

/** Says what is wrong where it is wrong, and clears what was said before. */
export function showNotes(notes: readonly FieldNote[]): void {
  for (const field of FIELDS) note(field, notes.find((other) => other.field === field)?.text ?? '')
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
  const first = FIELDS.find((field) => notes.some((other) => other.field === field))
  if (!first) return
  const place = part(`field-${first}`, HTMLElement)
  controlsOf(place)[0]?.focus({ preventScroll: true })
  place.scrollIntoView({ block: 'center' })
}
