import { groupedId } from '../../shared/domain/ids.ts'
import { placeOf } from '../../shared/domain/geo/places.ts'
import type { Organisation } from './answers.ts'
import { formatNumber, formatTime, isSameDay } from './format.ts'
import { nameIn, type Speech } from './language.ts'
import type { Messages } from './messages.zh.ts'
import { button, icon, make } from './page.ts'
import { reasonOf } from './problem.ts'
import { shownEntries, type Entry } from './recent.ts'

/** What became of an entry: as a receipt right after saving, and as a line in the list of the day. */
export interface Actions {
  readonly retry: (id: string) => void
  readonly retryPhotos: (id: string) => void
  readonly correct: (id: string) => void
  readonly dismiss: (id: string) => void
  readonly another: () => void
  readonly changeKey: () => void
}

export interface Scene {
  readonly speech: Speech
  readonly organisation: Organisation | undefined
  /** The refused entry that is back in the form. */
  readonly correcting: string | undefined
  readonly actions: Actions
}

/** What is shown in place of the form while an entry is on its way, and after. */
export function outcomeOf(entry: Entry, scene: Scene): HTMLElement {
  const { state } = entry
  const { words, language } = scene.speech
  const { actions } = scene
  const summary = make(
    'p',
    { class: 'summary' },
    make('strong', {}, words.kilograms(formatNumber(entry.massKg, language))),
    make('span', {}, words.forms[entry.form]),
  )
  switch (state.is) {
    case 'sending':
      return panel('wait', newsOf(entry, words), 'sending', summary, whereOf(entry, scene))
    case 'unsent':
      return panel(
        'alert',
        newsOf(entry, words),
        'unsent',
        summary,
        make('p', {}, state.why === 'device' ? words.revokedWhy : words.unsentKept),
        state.why === 'key' && button(words.keyChange, 'secondary', actions.changeKey),
        button(words.retry, 'primary', () => actions.retry(entry.id)),
        button(words.another, 'secondary', actions.another),
      )
    case 'refused':
      return panel('alert', newsOf(entry, words), 'refused', summary)
    case 'received': {
      const { batchId } = state.receipt
      const receipt = panel(
        'check',
        newsOf(entry, words),
        'received',
        summary,
        whereOf(entry, scene),
        photosLine(entry, scene),
        ...codeOf(batchId, scene.speech),
        button(words.another, 'primary', actions.another),
      )
      receipt.id = 'receipt'
      receipt.dataset['batchId'] = batchId
      return receipt
    }
  }
}

/** How an entry fares, in a few words. */
export function newsOf({ state }: Entry, words: Messages): string {
  switch (state.is) {
    case 'sending':
      return words.sending
    case 'unsent':
      return words.unsent[state.why]
    case 'refused':
      return words.refused(reasonOf(state.refusal, words))
    case 'received':
      return words.received
  }
}

function panel(sign: string, title: string, state: string, ...content: (Node | false)[]): HTMLElement {
  const badge = make('div', { class: 'badge' }, icon(sign))
  const heading = make('h1', { tabindex: '-1' }, title)
  return make('article', { class: 'card outcome', 'data-state': state }, badge, heading, ...content)
}

function codeOf(batchId: string, { words }: Speech): readonly HTMLElement[] {
  const spoken = groupedId(batchId)
  const code = make('img', {
    class: 'qr',
    src: `/v1/batches/${batchId}/qr.svg`,
    alt: words.receiptQr(spoken),
    width: '200',
    height: '200',
  })
  // The number above it says the same; a torn picture would only worry.
  code.addEventListener('error', () => code.remove())
  return [
    make('p', { class: 'batch' }, make('small', {}, words.receiptOf), make('code', {}, spoken)),
    code,
    make('a', { class: 'secondary', href: `/b/${batchId}` }, words.receiptLink),
  ]
}

/** The place that the server named, and the station, unless they are called the same. */
function whereOf({ state, siteId }: Entry, { organisation, speech: { language } }: Scene): HTMLElement {
  const placeId = state.is === 'received' ? state.receipt.placeId : undefined
  const place = placeId === undefined ? undefined : placeOf(placeId)
  const site = organisation?.sites.find(({ id }) => id === siteId)
  const names = [place, site].flatMap((named) => (named ? [nameIn(named.name, language)] : []))
  return make('p', { class: 'where' }, [...new Set(names)].join(' · '))
}

function photosLine({ id, photos }: Entry, { speech: { words }, actions }: Scene): HTMLElement {
  const said = {
    waiting: '',
    sending: words.photosSending(photos.count),
    sent: words.photosSent(photos.count),
    unsent: words.photosUnsent(photos.unsent),
    gone: words.photosGone(photos.unsent),
  }[photos.state]
  const isUnsent = photos.state === 'unsent'
  return make(
    'div',
    { class: 'photos-line', 'data-photos': photos.state },
    photos.count > 0 && said !== '' && make('span', {}, said),
    isUnsent && button(words.photoAgain, 'small', () => actions.retryPhotos(id)),
    photos.skipped > 0 && make('span', {}, words.photosSkipped(photos.skipped)),
  )
}

/** The lines of the day, newest first, and their sum. */
export function recentOf(
  entries: readonly Entry[],
  now: Date,
  scene: Scene,
): { readonly total: string; readonly lines: readonly HTMLElement[] } {
  const { words, language } = scene.speech
  const isToday = (iso: string): boolean => isSameDay(new Date(iso), now)
  const shown = shownEntries(entries, isToday)
  const received = shown.filter(({ state, madeAt }) => state.is === 'received' && isToday(madeAt))
  const grams = received.reduce((sum, { massKg }) => sum + Math.round(massKg * 1000), 0)
  const total = words.recentTotal(received.length, formatNumber(grams / 1000, language))
  return {
    total: shown.length === 0 ? words.recentEmpty : received.length === 0 ? '' : total,
    lines: shown.map((entry) => lineOf(entry, now, scene)),
  }
}

function lineOf(entry: Entry, now: Date, scene: Scene): HTMLElement {
  const { words, language } = scene.speech
  const { id, state } = entry
  const title = `${words.forms[entry.form]} · ${words.kilograms(formatNumber(entry.massKg, language))}`
  return make(
    'li',
    { 'data-state': state.is, 'data-entry': id },
    make('div', { class: 'badge' }, icon(SIGNS[state.is])),
    make(
      'div',
      { class: 'line' },
      make('strong', {}, title),
      make('time', { datetime: entry.madeAt }, formatTime(entry.madeAt, now, language)),
      stateOf(entry, scene),
      (state.is === 'received' || entry.photos.state === 'gone') && photosLine(entry, scene),
    ),
    choicesOf(entry, scene),
  )
}

const SIGNS = { sending: 'wait', unsent: 'alert', received: 'check', refused: 'alert' } as const

function stateOf(entry: Entry, { speech: { words } }: Scene): HTMLElement {
  if (entry.state.is !== 'received') return make('span', {}, newsOf(entry, words))
  const { batchId } = entry.state.receipt
  return make('a', { href: `/b/${batchId}` }, groupedId(batchId))
}

function choicesOf({ id, state }: Entry, { speech: { words }, correcting, actions }: Scene): HTMLElement {
  const retry = state.is === 'unsent' && button(words.retry, 'small', () => actions.retry(id))
  const isOver = state.is === 'refused'
  const correct = isOver && id !== correcting && button(words.correct, 'small', () => actions.correct(id))
  const dismiss = isOver && button(words.dismiss, 'small', () => actions.dismiss(id))
  return make('div', { class: 'choices' }, retry, correct, dismiss)
}
