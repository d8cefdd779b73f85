import { groupedId } from '../../../shared/domain/ids.ts'
import { placeOf } from '../../../shared/domain/geo/places.ts'
import { amountText } from './amount.ts'
import { isUndoable, type Entry } from '../kept/entries.ts'
import { nameIn } from '../../speech.ts'
import { newsOf, photosText, standingOf, waitingText, type Standing } from './news.ts'
import { button, icon, make } from '../page.ts'
import { qrOf } from './qr.ts'
import type { Scene } from './scene.ts'

/** Where somebody was before an entry was shown, and goes on. */
export type Origin = 'form' | 'list'

/**
 * What is shown of an entry alone, in place of the form once it is saved, and when it is looked at again: that it is
 * saved, the code for the bag, and how it fares.
 */
export function savedPanel(entry: Entry, scene: Scene, origin: Origin): HTMLElement {
  const { speech, outbox, actions } = scene
  const { words } = speech
  const isSending = outbox.isSending(entry.id)
  const standing = standingOf(entry, isSending)
  const isRefused = entry.state.is === 'refused'
  const undo = isUndoable(entry) && button(words.undo, 'secondary', () => actions.undo(entry.id))
  const goOn = (kind: string): HTMLElement =>
    origin === 'list' ? button(words.list, kind, actions.list) : button(words.another, kind, actions.another)
  const panel = make(
    'article',
    { class: 'card outcome', 'data-state': standing, 'data-entry': entry.id },
    make('div', { class: 'badge' }, icon(SIGNS[standing])),
    make(
      'h1',
      { tabindex: '-1' },
      standing === 'sending' ? words.standing.kept : newsOf(entry, isSending, words),
    ),
    make(
      'p',
      { class: 'summary' },
      make('strong', {}, amountText(entry, speech)),
      make('span', {}, words.forms[entry.form]),
    ),
    make('p', { class: 'where' }, whereOf(entry, scene)),
    make('p', { class: 'fares' }, faresText(entry, scene)),
    photosLine(entry, scene),
    ...(isRefused ? [] : codeOf(entry, scene)),
    isRefused ? button(words.correct, 'primary', () => actions.correct(entry.id)) : goOn('primary'),
    isRefused ? goOn('secondary') : undo,
  )
  if (entry.state.is === 'received') panel.dataset['batchId'] = entry.state.receipt.batchId
  return panel
}

export const SIGNS: Readonly<Record<Standing, string>> = {
  kept: 'check',
  sending: 'check',
  received: 'check',
  refused: 'alert',
  removed: 'cross',
}

/** What happens next, for somebody who would worry. */
function faresText(entry: Entry, { speech: { words }, outbox }: Scene): string {
  if (entry.state.is !== 'kept') return ''
  if (outbox.isSending(entry.id)) return words.standing.sending
  const why = waitingText(outbox.rest(), words)
  return why === undefined || isUndoable(entry) ? words.keptWhy : `${why} ${words.keptWhy}`
}

/** The code of the batch, to be written or stuck on the bag. It is known before any network is. */
function codeOf(entry: Entry, { speech: { words } }: Scene): readonly HTMLElement[] {
  const id = entry.state.is === 'received' ? entry.state.receipt.batchId : entry.batchId
  const spoken = groupedId(id)
  const code = make('div', { class: 'code' })
  code.append(qrOf(`${location.origin}/b/${id}`, words.receiptQr(spoken)))
  const shown = make('code', {}, spoken)
  // Its page is there once the server has it.
  const link = entry.state.is === 'received' && make('a', { href: `/b/${id}` }, shown)
  if (link) link.setAttribute('aria-label', words.openPassport(spoken))
  return [make('p', { class: 'batch' }, make('small', {}, words.bagCode), link || shown), code]
}

/** The place that the server named, and the station, unless they are called the same. */
export function whereOf({ state, siteId }: Entry, { organisation, speech: { language } }: Scene): string {
  const placeId = state.is === 'received' ? state.receipt.placeId : undefined
  const place = placeId === undefined ? undefined : placeOf(placeId)
  const site = organisation?.sites.find(({ id }) => id === siteId)
  const names = [place, site].flatMap((named) => (named ? [nameIn(named.name, language)] : []))
  return [...new Set(names)].join(' · ')
}

export function photosLine(entry: Entry, { speech: { words }, outbox, actions }: Scene): HTMLElement | false {
  const files = outbox.filesOf(entry.id)
  const text = photosText(entry, files, words)
  if (text === undefined) return false
  const isRefused = files.some(({ refused }) => refused !== undefined)
  return make(
    'div',
    { class: 'photos-line', 'data-photos': isRefused ? 'refused' : files.length > 0 ? 'left' : 'sent' },
    make('span', {}, text),
    isRefused && button(words.photoAgain, 'small', () => actions.retryPhotos(entry.id)),
  )
}
