import type { BundleFault } from '../../shared/verification/fault.ts'
import type { Findings } from '../../shared/verification/verify.ts'
import type { Growth } from './growth.ts'
import type { Compared } from './shares.ts'
import type { Told, Trouble, Words } from './words.ts'

/** Where the check says what it does and finds, in which words. */
export interface Place {
  readonly told: HTMLElement
  readonly words: Words
  readonly lang: string
}

type Child = Node | string | undefined | readonly Child[]

/** An element with what is in it; text is text, whatever it says. */
function element(tag: string, className: string, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  made.append(...children.flat(9).filter((child): child is Node | string => child !== undefined))
  return made
}

/** A name or an id, which must not turn the text around it. */
const apart = (text: string): HTMLElement => element('bdi', '', text)

const replace = ({ told }: Place, ...children: readonly Node[]): void => told.replaceChildren(...children)

/** Something that was not found out, in a sentence. */
export function showNote(place: Place, text: string): void {
  replace(place, element('p', 'lead', text))
}

/** How far it is; resolves once the browser had the time to draw it. */
export async function showProgress(place: Place, text: string, share?: number): Promise<void> {
  const known = place.told.querySelector('progress')
  const bar = known ?? document.createElement('progress')
  if (share === undefined) bar.removeAttribute('value')
  else bar.value = share
  const said = place.told.querySelector('p.now') ?? element('p', 'now')
  said.textContent = text
  bar.setAttribute('aria-label', text)
  if (!known) replace(place, said, bar)
  await new Promise((resolve) => setTimeout(resolve))
}

/** A fault of the bundle, or of what is compared with it, which has codes of its own. */
export type Fault = Omit<BundleFault, 'code' | 'line'> & { readonly code: string }

/** What is wrong, and with which record. It is said at once to who cannot see it. */
export function showFault(place: Place, trouble: Trouble, fault: Fault): void {
  const { words } = place
  const { event, subject } = fault
  const record = event ?? subject
  const banner = element(
    'div',
    'banner',
    element('p', 'title', words.fails),
    element('p', '', words.trouble[trouble]),
    record === undefined
      ? undefined
      : element('p', '', event === undefined ? '' : words.record, apart(record)),
    element('p', '', words.key, element('code', '', technically(fault))),
  )
  banner.setAttribute('role', 'alert')
  replace(place, banner)
}

const LONGEST = 300

function technically({ code, hash, stated, due, why }: Fault): string {
  const figures = stated === undefined && due === undefined ? undefined : JSON.stringify({ stated, due })
  return [code, hash, why, figures]
    .filter((part) => part !== undefined)
    .join(' · ')
    .slice(0, LONGEST)
}

export interface Held {
  readonly found: Findings
  readonly growth: Growth
  readonly shares: readonly Compared[]
}

/** What was proven, the shares beside what the page says, and what nobody can prove; a difference comes first. */
export function showHeld(place: Place, { found, growth, shares }: Held): void {
  const { words } = place
  const { heading } = words
  const agrees = shares.every((share) => share.agrees)
  const verdict = agrees ? element('p', 'verdict', words.holds) : differing(place)
  const proven = [...words.proven(toldOf(place, found)), grown(place, growth), ...witnessed(place, found)]
  replace(
    place,
    verdict,
    element('h3', '', heading.proven),
    listOf(proven),
    element('h3', '', heading.shares),
    tableOf(place, shares),
    element('h3', '', heading.open),
    listOf([...(found.checkpoint.cosignatures.length === 0 ? [words.noWitness] : []), ...words.open]),
    details(place, found),
  )
}

function differing({ words }: Place): HTMLElement {
  const banner = element(
    'div',
    'banner',
    element('p', 'title', words.fails),
    element('p', '', words.trouble.page),
  )
  banner.setAttribute('role', 'alert')
  return banner
}

const listOf = (items: readonly Child[]): HTMLElement =>
  element(
    'ul',
    'listed',
    items.map((item) => element('li', '', item)),
  )

function toldOf(
  { lang }: Place,
  { events, pickups, runs, from, to, head: last, index, checkpoint }: Findings,
): Told {
  const number = new Intl.NumberFormat(lang)
  const day = dayIn(lang)
  return {
    events: number.format(events),
    pickups: number.format(pickups),
    runs: number.format(runs),
    from: day(from),
    to: day(to),
    at: timeIn(lang, new Date(last.recordedAt)),
    place: number.format(index + 1n),
    size: number.format(checkpoint.size),
  }
}

function dayIn(lang: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' })
  return (instant) => format.format(new Date(instant))
}

const timeIn = (lang: string, date: Date): string =>
  date.toLocaleString(lang, { dateStyle: 'long', timeStyle: 'short' })

function grown({ words, lang }: Place, growth: Growth): string {
  if (growth.outcome === 'first' || 'why' in growth) return words.first
  const since = timeIn(lang, new Date(growth.since))
  if (growth.outcome === 'same') return words.same(since)
  return words.grew(since, new Intl.NumberFormat(lang).format(growth.oldSize))
}

const witnessed = ({ words, lang }: Place, { checkpoint }: Findings): string[] =>
  checkpoint.cosignatures.map(({ key, timeSeconds }) =>
    words.witness(key.name, timeIn(lang, new Date(Number(timeSeconds) * 1000))),
  )

function tableOf({ words, lang }: Place, shares: readonly Compared[]): HTMLElement {
  const kg = new Intl.NumberFormat(lang, { minimumFractionDigits: 3 })
  const row = ({ name, found, of, grams, shown, agrees }: Compared): HTMLElement =>
    element(
      'tr',
      agrees ? '' : 'off',
      head('row', apart(name ?? of), found ? element('small', '', found) : undefined),
      element('td', '', kg.format(grams / 1000)),
      element('td', '', `${shown ?? words.notOnPage} ${agrees ? '✓' : '✗'}`),
    )
  const { of, records, page } = words.table
  return element(
    'table',
    '',
    element('thead', '', element('tr', '', head('col', of), head('col', records), head('col', page))),
    element('tbody', '', shares.map(row)),
  )
}

function head(scope: string, ...children: readonly Child[]): HTMLElement {
  const made = element('th', '', children)
  made.setAttribute('scope', scope)
  return made
}

/** For who compares it with what others see: the log's origin, size and root, and the key. */
function details({ words }: Place, { checkpoint, head: last }: Findings): HTMLElement {
  const lines = [
    ...checkpoint.note.text.trim().split('\n'),
    ...checkpoint.signers.map(({ id }) => id),
    last.hash,
  ]
  return element(
    'p',
    'note',
    words.key,
    lines.map((line) => element('code', '', line)),
  )
}
