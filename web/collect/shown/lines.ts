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
  // What is in the form again is not shown twice.
  const listed = entries.filter(({ id, state }) => state.is !== 'removed' || id !== scene.inForm)
  const lines = listed.map((entry) => lineOf(entry, now, scene))
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

/** The code for the bag; a tap shows it large, with its QR code. */
function codeOf({ id, state, batchId }: Entry, { speech: { words }, actions }: Scene): HTMLElement | false {
  if (state.is !== 'kept' && state.is !== 'received') return false
  const code = groupedId(state.is === 'received' ? state.receipt.batchId : batchId)
  const open = button('', 'bag', () => actions.open(id))
  open.setAttribute('aria-label', words.openCode(code))
  open.append(make('code', {}, code), icon('qr'))
  return open
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
  const choices = [
    isUndoable(entry) && button(words.undo, 'small', () => actions.undo(id)),
    state.is === 'refused' && button(words.correct, 'small', () => actions.correct(id)),
    state.is === 'refused' && button(words.dismiss, 'small', () => actions.remove(id)),
    state.is === 'removed' && button(words.putBack, 'small', () => actions.correct(id)),
  ].filter((choice) => choice !== false)
  return choices.length > 0 && make('div', { class: 'choices' }, ...choices)
}
