import { button, make, say } from '../collect/page.ts'
import type { Fault } from './calls.ts'
import { sentenceOf } from './fault.ts'
import type { Messages } from './messages.zh.ts'

/** Parts of which every screen is made. */

/** Says something to whoever listens instead of looking. */
export function announce(text: string): void {
  const status = document.getElementById('status')
  if (status) say(status, text)
}

export function card(title: string, ...content: (Node | string | undefined | false)[]): HTMLElement {
  return make('section', { class: 'card' }, make('h2', { tabindex: '-1' }, title), ...content)
}

export function notice(text: string, kind: 'good' | 'bad' = 'bad'): HTMLElement {
  return make('p', { class: kind === 'good' ? 'notice good' : 'notice' }, text)
}

/** Names with what they are. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): HTMLElement {
  return make(
    'dl',
    { class: 'facts' },
    ...pairs.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))),
  )
}

/** Pressed once at a time; while it works it says so, and stays where the focus is. */
export function working(
  text: string,
  busy: string,
  kind: string,
  act: () => Promise<void>,
): HTMLButtonElement {
  const made = button(text, kind, () => void press(made, busy, act))
  return made
}

/** Sends the form that it stands in; what comes of it is pressed by the form. */
export const submitting = (text: string): HTMLButtonElement =>
  make('button', { type: 'submit', class: 'primary' }, text)

/** Nothing is done twice by pressing twice. */
export async function press(
  pressed: HTMLButtonElement,
  busy: string,
  act: () => Promise<void>,
): Promise<void> {
  if (pressed.getAttribute('aria-disabled') === 'true') return
  const text = pressed.textContent ?? ''
  pressed.setAttribute('aria-disabled', 'true')
  say(pressed, busy)
  await act()
  pressed.removeAttribute('aria-disabled')
  say(pressed, text)
}

let fields = 0

/** A control with its label, and below them what helps to fill it in. */
export function field(
  label: string,
  control: HTMLInputElement | HTMLSelectElement,
  hint?: string,
): HTMLElement {
  const id = `field-${(fields += 1)}`
  control.id = id
  const help = hint === undefined ? undefined : make('p', { class: 'hint', id: `${id}-hint` }, hint)
  if (help) control.setAttribute('aria-describedby', help.id)
  return make('div', { class: 'field' }, make('label', { for: id }, label), control, help)
}

export function choices(
  options: readonly (readonly [value: string, text: string])[],
  chosen?: string,
): HTMLSelectElement {
  const made = make('select', {}, ...options.map(([value, text]) => make('option', { value }, text)))
  if (chosen !== undefined) made.value = chosen
  return made
}

/** Says at an empty field that it must be filled in, and puts the focus there. */
export function refuseEmpty(input: HTMLInputElement, words: Messages): boolean {
  const isEmpty = input.value.trim() === ''
  input.setAttribute('aria-invalid', String(isEmpty))
  const fault = faultBeside(input)
  say(fault, isEmpty ? words.required : '')
  if (isEmpty) input.focus()
  return isEmpty
}

function faultBeside(input: HTMLInputElement): Element {
  const beside = input.parentElement?.querySelector('.fault')
  if (beside) return beside
  const made = make('p', { class: 'fault', role: 'alert', id: `${input.id}-fault` })
  input.after(made)
  input.setAttribute('aria-describedby', `${made.id} ${input.getAttribute('aria-describedby') ?? ''}`.trim())
  return made
}

export interface Question {
  readonly button: string
  readonly question: string
  readonly yes: string
  readonly no: string
  /** What the button is about, for those who hear it without the line that it stands in. */
  readonly about: string
}

/**
 * A button that asks before it acts, in its own place: what will happen is said in full, and the answer that changes
 * nothing has the focus. Escape is that answer too.
 */
export function confirming(
  { button: text, question, yes, no, about }: Question,
  words: Messages,
  act: () => Promise<Fault | undefined>,
): HTMLElement {
  const place = make('div', { class: 'confirm' })
  const open = button(text, 'plain', () => ask())
  open.setAttribute('aria-label', `${text}: ${about}`)
  const close = (): void => {
    place.classList.remove('asks')
    place.replaceChildren(open)
    open.focus()
  }
  const ask = (): void => {
    const fault = make('p', { class: 'fault', role: 'alert' })
    const keep = button(no, 'secondary', close)
    const go = working(yes, words.loading, 'primary danger', async () => {
      const went = await act()
      if (went) say(fault, sentenceOf(went, words))
    })
    const asked = make('p', { id: `question-${(fields += 1)}` }, question)
    const group = make('div', { role: 'group', 'aria-labelledby': asked.id }, asked, fault)
    group.append(make('div', { class: 'row' }, go, keep))
    group.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close()
    })
    place.classList.add('asks')
    place.replaceChildren(group)
    keep.focus()
  }
  place.append(open)
  return place
}

/** What is shown once and passed on: a link that can be read, selected and copied. */
export function copyable(link: string, words: Messages): HTMLElement {
  const input = make('input', { readonly: '', value: link, 'aria-label': words.link, class: 'link' })
  input.addEventListener('focus', () => input.select())
  const said = make('p', { class: 'hint', role: 'status' })
  const copy = button(words.copy, 'secondary', () => {
    void navigator.clipboard.writeText(link).then(
      () => say(said, words.copied),
      () => {
        input.select()
        say(said, words.copyByHand)
      },
    )
  })
  return make('div', { class: 'copyable' }, input, copy, said)
}

const SHOWN_AT_ONCE = 20

/** A list of which the first lines are shown, and more when asked for. */
export function listOf(lines: readonly HTMLElement[], empty: string, words: Messages): HTMLElement {
  if (lines.length === 0) return make('p', { class: 'hint' }, empty)
  const list = make('ul', { class: 'lines' })
  const more = button('', 'plain', () => show())
  const show = (): void => {
    const from = list.childElementCount
    list.append(...lines.slice(from, from + SHOWN_AT_ONCE))
    const left = lines.length - list.childElementCount
    say(more, words.showMore(Math.min(left, SHOWN_AT_ONCE)))
    more.hidden = left === 0
    if (from > 0) lines[from]?.focus()
  }
  show()
  return make('div', {}, list, more)
}

export function line(title: string, details: readonly string[], ...actions: (Node | false)[]): HTMLLIElement {
  const said = details.filter((detail) => detail !== '')
  const text = make(
    'div',
    { class: 'text' },
    make('strong', {}, title),
    ...said.map((one) => make('span', {}, one)),
  )
  return make('li', { tabindex: '-1' }, text, ...actions)
}
