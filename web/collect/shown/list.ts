import { becameLine } from './became.ts'
import { receivedGrams, type Entry } from '../kept/entries.ts'
import { formatBytes, formatNumber } from './format.ts'
import { showLines } from './lines.ts'
import { waitingCount, waitingText } from './news.ts'
import { isLittle, roomOf, type Room } from '../kept/offline.ts'
import { part, say } from '../page.ts'
import type { Scene } from './scene.ts'

/** The screen of all entries on this phone: what waits and why, the total, what became of them, and how much room is left. */
export interface List {
  readonly draw: () => void
  /** Begins at the newest again, and asks anew how much room there is. */
  readonly open: () => void
}

const PAGE = 20

export function openList(scene: () => Scene, look: (entries: readonly Entry[]) => void): List {
  let shown = PAGE
  let room: Room | undefined
  const entriesShown = (): readonly Entry[] => scene().outbox.entries().slice(0, shown)

  const draw = (): void => {
    const now = scene()
    const { speech, outbox } = now
    const { words, language } = speech
    const all = outbox.entries()
    const { kept } = waitingCount(all)
    const received = all.filter(({ state }) => state.is === 'received').length
    const kg = formatNumber(receivedGrams(all) / 1000, language)
    say(
      part('list-total', HTMLElement),
      all.length === 0 ? words.listEmpty : words.listTotal(formatNumber(received, language), kg),
    )
    say(part('list-became', HTMLElement), becameLine(all, speech))
    const why = waitingText(outbox.rest(), words) ?? words.waitingSoon
    say(
      part('list-rest', HTMLElement),
      kept === 0 ? '' : `${words.waiting(kept, formatNumber(kept, language))} ${why}`,
    )
    part('list-send', HTMLElement).hidden = kept === 0
    showLines(part('list-entries', HTMLElement), entriesShown(), new Date(), now)
    part('list-more', HTMLElement).hidden = all.length <= shown
    say(part('list-room', HTMLElement), room ? roomText(room) : '')
    part('list-room', HTMLElement).classList.toggle('warn', room !== undefined && isLittle(room))
  }
  const roomText = (known: Room): string => {
    const { words, language } = scene().speech
    const used = formatBytes(known.usedBytes, language)
    const left = formatBytes(Math.max(0, known.quotaBytes - known.usedBytes), language)
    const safe = known.isPersistent ? words.roomSafe : words.roomUnsafe
    return `${words.room(used, left)} ${isLittle(known) ? words.roomLittle : safe}`
  }
  const measure = async (): Promise<void> => {
    room = await roomOf()
    draw()
  }
  part('list-more', HTMLElement).addEventListener('click', () => {
    const [first] = scene().outbox.entries().slice(shown)
    shown += PAGE
    draw()
    look(entriesShown())
    // The button may be gone: reading goes on with the first line that it brought.
    const line =
      first && document.querySelector<HTMLElement>(`#list-entries [data-entry="${first.id}"] button`)
    line?.focus()
  })
  part('list-send', HTMLElement).addEventListener('click', () => scene().outbox.send())
  return {
    draw,
    open: () => {
      shown = PAGE
      draw()
      look(entriesShown())
      void measure()
    },
  }
}
