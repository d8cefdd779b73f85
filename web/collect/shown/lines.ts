import { groupedId } from '../../../shared/domain/ids.ts'
import { amountText } from './amount.ts'
import { becameText } from './became.ts'
import { isUndoable, type Entry } from '../kept/entries.ts'
import { formatTime } from './format.ts'
import { newsOf, standingOf } from './news.ts'
import { button, icon, make } from '../page.ts'
import { photosLine, SIGNS } from './saved.ts'
import type { Scene } from './scene.ts'

/** Entries as the lines of a list. */

/** Puts these lines into a list and leaves alone those that say the same: a button under a thumb must not move. */
export function showLines(list: Element, entries: readonly Entry[], now: Date, scene: Scene): void {
  const lines = entries.map((entry) => lineOf(entry, now, scene))
  const before = [...list.children]
  const isSame = lines.length === before.length && lines.every((line, at) => before[at]?.isEqualNode(line))
  if (!isSame)
    list.replaceChildren(...lines.map((line) => before.find((old) => old.isEqualNode(line)) ?? line))
}

function lineOf(entry: Entry, now: Date, scene: Scene): HTMLElement {
  const { speech, outbox } = scene
  const { words, language } = speech
  const standing = standingOf(entry, outbox.isSending(entry.id))
  return make(
    'li',
    {
      'data-state': standing,
      'data-entry': entry.id,
      ...(entry.state.is === 'received' && { 'data-batch-id': entry.state.receipt.batchId }),
    },
    make(
      'div',
      { class: 'badge' },
      icon(standing === 'kept' || standing === 'sending' ? 'wait' : SIGNS[standing]),
    ),
    make(
      'div',
      { class: 'line' },
      make('strong', {}, `${words.forms[entry.form]} · ${amountText(entry, speech)}`),
      make('time', { datetime: entry.madeAt }, formatTime(entry.madeAt, now, language)),
      make('span', {}, newsOf(entry, outbox.isSending(entry.id), words)),
      codeOf(entry, scene),
      photosLine(entry, scene),
      becameOf(entry, scene),
    ),
    choicesOf(entry, scene),
  )
}

function codeOf({ state, batchId }: Entry, { speech: { words } }: Scene): HTMLElement | false {
  if (state.is === 'refused') return false
  if (state.is === 'kept') return make('code', {}, groupedId(batchId))
  const { batchId: received } = state.receipt
  const link = make('a', { href: `/b/${received}` }, groupedId(received))
  link.setAttribute('aria-label', words.openPassport(groupedId(received)))
  return link
}

const LINKS = 3

/** What became of it, with the pages of the first products. */
function becameOf(entry: Entry, { speech }: Scene): HTMLElement | false {
  const text = becameText(entry, speech)
  if (text === undefined) return false
  const links = (entry.became?.products ?? [])
    .slice(0, LINKS)
    .map(({ id, name }) => make('a', { href: `/b/${id}` }, name))
  return make('div', { class: 'became' }, make('p', {}, text), ...links)
}

function choicesOf(entry: Entry, { speech: { words }, actions }: Scene): HTMLElement | false {
  const { id, state } = entry
  const isRefused = state.is === 'refused'
  if (!isRefused && !isUndoable(entry)) return false
  return make(
    'div',
    { class: 'choices' },
    isUndoable(entry) && button(words.undo, 'small', () => actions.undo(id)),
    isRefused && button(words.correct, 'small', () => actions.correct(id)),
    isRefused && button(words.dismiss, 'small', () => actions.remove(id)),
  )
}
