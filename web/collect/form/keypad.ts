import {
  AMOUNT_FIELDS,
  AMOUNTS,
  estimateOf,
  unitOf,
  type AmountField,
  type Estimate,
  type Unit,
} from './amounts.ts'
import { readDraft } from './fields.ts'
import { formatNumber } from '../shown/format.ts'
import { COUNT, isKey, keyOf, KILOGRAMS, pressed, type Key, type Room } from './keys.ts'
import type { Speech } from '../words/language.ts'
import { isAmbiguous, plainNumber } from './numbers.ts'
import { part, say } from '../page.ts'

/** The amount: which unit it is in, the keypad that writes it, and the line that says what it comes to. */
export interface Keypad {
  readonly draw: () => void
  /** A new draft is in the form. */
  readonly begin: () => void
  /** Something in the form was changed by hand. */
  readonly edited: (name: string) => void
}

const ROOM: Readonly<Record<AmountField, Room>> = {
  massKg: KILOGRAMS,
  grossKg: KILOGRAMS,
  tareKg: KILOGRAMS,
  pieces: COUNT,
  bags: COUNT,
}

const inputOf = (field: AmountField): HTMLInputElement => part(field, HTMLInputElement)

export function openKeypad(speech: () => Speech): Keypad {
  let unit: Unit = 'kg'
  let active: AmountField = 'massKg'

  const choose = (field: AmountField): void => {
    active = field
    for (const each of AMOUNT_FIELDS) {
      part(`field-${each}`, HTMLElement).classList.toggle('active', each === field)
    }
  }
  const show = (): void => {
    unit = unitOf(readDraft())
    placeAmounts(unit)
    choose(isIn(unit, active) ? active : AMOUNTS[unit][0])
    echo(speech())
  }
  const press = (key: Key): void => {
    const input = inputOf(active)
    const next = pressed(input.value, key, ROOM[active])
    if (next === input.value) return
    input.value = next
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const begin = (): void => {
    unit = unitOf(readDraft())
    choose(AMOUNTS[unit][0])
    show()
  }

  listen({ press, choose })
  return {
    draw: show,
    begin,
    edited: (name) => {
      if (name === 'unit') {
        carryOver(unit, unitOf(readDraft()))
        begin()
      } else echo(speech())
    },
  }
}

function isIn(unit: Unit, field: AmountField): boolean {
  return AMOUNTS[unit].some((each) => each === field)
}

/** The amounts of the unit above the keypad; counts that may be said besides, among the details. */
function placeAmounts(unit: Unit): void {
  part('amounts', HTMLElement).classList.toggle('pair', AMOUNTS[unit].length > 1)
  for (const field of AMOUNT_FIELDS) {
    const place = part(`field-${field}`, HTMLElement)
    const isAbove = isIn(unit, field)
    const isBeside = !isAbove && (field === 'pieces' || field === 'bags')
    const home = part(isBeside ? 'besides' : 'amounts', HTMLElement)
    // Moved only if it must be: what is moved loses the focus.
    if (place.parentElement !== home) home.append(place)
    place.hidden = !isAbove && !isBeside
    // The keypad is the keyboard: a soft one besides would cover half of the form.
    inputOf(field).inputMode = isAbove ? 'none' : 'numeric'
  }
}

/** Who typed a number and then sees that it was in the wrong unit need not type it again. */
function carryOver(from: Unit, to: Unit): void {
  const [source, target] = [inputOf(AMOUNTS[from][0]), inputOf(AMOUNTS[to][0])]
  if (source === target || source.value === '' || target.value !== '') return
  target.value = source.value
  source.value = ''
}

/** Says the amount again: in kilograms and jin (half a kilogram, as people here weigh), net, or what a count comes to. */
function echo(speech: Speech): void {
  const draft = readDraft()
  const estimate = estimateOf(draft, new Date().toISOString())
  const line = part('echo', HTMLElement)
  line.dataset['estimate'] = estimate.is
  say(line, echoOf(estimate, unitOf(draft), speech))
}

function echoOf(estimate: Estimate, unit: Unit, { language, words }: Speech): string {
  if (estimate.is === 'uncounted') return words.uncounted
  if (estimate.is === 'nothing') return unit === 'bags' ? words.bagSize : ''
  const { massKg } = estimate
  return words.echo[estimate.is](formatNumber(massKg, language), formatNumber(massKg * 2, language))
}

interface Listeners {
  readonly press: (key: Key) => void
  readonly choose: (field: AmountField) => void
}

function listen({ press, choose }: Listeners): void {
  part('keypad', HTMLElement).addEventListener('click', ({ target }) => {
    const key =
      target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined
    if (isKey(key)) press(key)
  })
  for (const field of AMOUNT_FIELDS) {
    const input = inputOf(field)
    input.addEventListener('focus', () => {
      if (input.inputMode === 'none') choose(field)
    })
    // Not while typing: that would break into an input method's composition.
    input.addEventListener('change', () => {
      // What may mean two things stays as it was typed, to be asked about.
      if (!isAmbiguous(input.value)) input.value = plainNumber(input.value)
    })
  }
  // A keyboard types into the amount from wherever nothing else is typed into.
  part('entry-form', HTMLFormElement).addEventListener('keydown', (event) => {
    const { target, key: typed, ctrlKey, metaKey, altKey, isComposing } = event
    if (ctrlKey || metaKey || altKey || isComposing || isTypedInto(target)) return
    const key = keyOf(typed)
    if (!key) return
    event.preventDefault()
    press(key)
  })
}

function isTypedInto(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'file'].includes(target.type)
  return target instanceof HTMLSelectElement
}
