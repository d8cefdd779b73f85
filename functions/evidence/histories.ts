import type { Link } from '../../shared/domain/events/envelope.ts'
import { ID_KINDS } from '../../shared/domain/ids.ts'
import { log } from '../http/log.ts'
import { readBeginnings, readEntriesAfter, type Beginning, type Entry } from '../adapters/chains.ts'

/** The whole history of a batch. */
export interface History {
  readonly batch: string
  readonly entries: readonly Entry[]
  /** How many events of runs there are in it after its making: so often it can be met on a walk. */
  readonly uses: number
}

/** Histories that must be read one by one are read for so many batches at once. */
const AT_ONCE = 8

/**
 * The histories of the batches that an event links, in its order and several at a time, each with the link's place. Most are
 * a pickup and what drew on it: that is known from how they begin and how long they are, which is read for many at once.
 */
export async function* readHistories(
  links: readonly Link[],
  event: string,
  isWanted: (batch: string) => Promise<boolean>,
): AsyncGenerator<[number, History][], void, undefined> {
  if (links.length === 0) return
  const beginnings = await readBeginnings(links.map(({ subject }) => subject))
  for (let from = 0; from < links.length; from += AT_ONCE) {
    const some = links.slice(from, from + AT_ONCE)
    const histories = await Promise.all(
      some.map(async (link, index): Promise<[number, History][]> => {
        const beginning = beginnings.get(link.subject)
        if (!beginning) return noteLost(link.subject)
        if (beginning.first.own && !(await isWanted(link.subject))) return []
        return [
          [from + index, shortHistory(link, event, beginning) ?? (await readHistory(link.subject, event))],
        ]
      }),
    )
    yield histories.flat()
  }
}

/** Of a pickup that nothing happened to but this event; undefined for any other. */
function shortHistory(
  { subject, hash }: Link,
  event: string,
  { first, length }: Beginning,
): History | undefined {
  if (length !== 2 || first.own?.hash !== hash) return undefined
  return { batch: subject, entries: [first, { sequence: 2, event }], uses: 1 }
}

/** As what is read may be a moment old, the event by which we came must be in it. */
async function readHistory(batch: string, event: string): Promise<History> {
  const isWhole = (entries: readonly Entry[]): boolean => entries.some((entry) => entry.event === event)
  const found = await readEntriesAfter(batch, 0, Infinity)
  const entries = isWhole(found) ? found : await readEntriesAfter(batch, 0, Infinity, 'strong')
  if (!isWhole(entries)) noteLost(event)
  const uses = entries.slice(1).filter((entry) => entry.event.startsWith(ID_KINDS.run)).length
  return { batch, entries, uses }
}

/**
 * What was there and is not any more, however surely it is read, was deleted. All else is given: who verifies it finds the gap
 * and says so, where a refusal would tell nothing.
 */
export function noteLost(lost: string): [] {
  log('error', 'the history has a gap', { lost })
  return []
}
