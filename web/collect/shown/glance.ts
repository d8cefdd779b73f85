import { showLines } from './lines.ts'
import type { List } from './list.ts'
import { newsOf, waitingCount } from './news.ts'
import { part, say } from '../page.ts'
import { savedPanel, type Origin } from './saved.ts'
import type { Scene } from './scene.ts'

export type Screen = 'key' | 'enrolment' | 'form' | 'outcome' | 'list'

/** Entries wherever they are in sight: the one just saved, the latest below the form, and how many wait, at the top. */
export interface Glance {
  readonly draw: () => void
  /** Makes this the entry that the outcome screen is about, to which somebody came from the form or from the list. */
  readonly turnTo: (id: string, from: Origin) => void
  readonly current: () => string
}

/** Said to those who hear the page; those who see it find it where they look. */
export const announce = (text: string): void => say(part('status', HTMLElement), text)

const RECENT = 3

export function openGlance(scene: () => Scene, screen: () => Screen, list: List): Glance {
  let current = ''
  let origin: Origin = 'form'

  const drawOutcome = (): void => {
    const { outbox, speech } = scene()
    const entry = outbox.find(current)
    if (screen() !== 'outcome' || !entry) return
    const place = part('outcome', HTMLElement)
    const before = place.firstElementChild
    const panel = savedPanel(entry, scene(), origin)
    if (before?.isEqualNode(panel)) return
    const isNew = before?.getAttribute('data-entry') !== entry.id
    const focused = isNew ? undefined : focusedIn(place)
    place.replaceChildren(panel)
    // Only the first showing moves the reader: what follows is said to them.
    if (isNew) return panel.querySelector('h1')?.focus()
    if (focused !== undefined) panel.querySelectorAll('button')[focused]?.focus()
    announce(newsOf(entry, outbox.isSending(entry.id), speech.words))
  }
  const drawRecent = (): void => {
    const entries = scene().outbox.entries().slice(0, RECENT)
    part('recent', HTMLElement).hidden = screen() !== 'form' || entries.length === 0
    showLines(part('recent-list', HTMLElement), entries, new Date(), scene())
  }
  const drawWaiting = (): void => {
    const { outbox, speech } = scene()
    const { kept, refused } = waitingCount(outbox.entries())
    const button = part('waiting', HTMLElement)
    button.hidden = kept + refused === 0 || screen() === 'list'
    button.dataset['state'] = refused > 0 ? 'refused' : 'kept'
    button.setAttribute('aria-label', speech.words.waitingBadge(kept, refused))
    say(part('waiting-count', HTMLElement), String(kept + refused))
  }
  return {
    draw: () => {
      drawOutcome()
      if (screen() === 'list') list.draw()
      drawRecent()
      drawWaiting()
    },
    turnTo: (id, from) => {
      current = id
      origin = from
      // Whoever opens it is led to its heading, whatever was shown before.
      part('outcome', HTMLElement).replaceChildren()
    },
    current: () => current,
  }
}

/** Which of the buttons has the focus, so that it does not jump when the panel is drawn anew. */
function focusedIn(place: HTMLElement): number | undefined {
  const at = [...place.querySelectorAll('button')].findIndex((button) => button === document.activeElement)
  return at === -1 ? undefined : at
}
