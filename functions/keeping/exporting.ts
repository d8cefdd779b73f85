import { besideEvent, isDerived, isEventItem, portable, subjectOfState } from '../adapters/portable.ts'
import { hashedEventIn, stringIn, type Item } from '../adapters/items.ts'
import { eventKey } from '../adapters/keys.ts'
import { keptCheckpoints, loadCheckpoint } from '../adapters/log-objects.ts'
import { logOrigin } from '../adapters/log-signer.ts'
import { headItem, leafIn, readHead, readNewestNow } from '../adapters/log-table.ts'
import { unpacked } from '../adapters/packed.ts'
import { hashesOf } from '../adapters/photos.ts'
import { readItems } from '../adapters/read.ts'
import { allItems } from '../adapters/whole-table.ts'
import { FORMAT, tallyLines, type Line } from './lines.ts'

/**
 * Writes the whole ledger as lines (lines.ts). While it is written to, this is the ledger as it is signed when the export
 * begins, and of what comes later some. Records are as they are when they are read. In memory are the ids and hashes of all events, some 200 bytes each.
 */
export async function* exportLines(now: () => Date): AsyncGenerator<string> {
  const tallied = tallyLines()
  for await (const line of contents(now().toISOString())) {
    const text = JSON.stringify(line)
    tallied.add(text, line.kind)
    yield text
  }
  yield JSON.stringify({ kind: 'end', ...tallied.end() } satisfies Line)
}

async function* contents(at: string): AsyncGenerator<Line> {
  const checkpoint = await readNewestNow()
  const head = await readHead()
  yield {
    kind: 'ledger',
    format: FORMAT,
    at,
    origin: logOrigin(),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(head.size > 0n && { head: portable(headItem(head)) }),
  }
  const leaves: { readonly hash: string; readonly event: string }[] = []
  const events = new Map<string, string>()
  for await (const item of allItems()) {
    const leaf = leafIn(item)
    const subject = subjectOfState(item)
    if (leaf && leaf.index < head.size) leaves[Number(leaf.index)] = leaf
    else if (isEventItem(item)) events.set(stringIn(item, 'hash'), hashedEventIn(item).event.id)
    else if (subject !== undefined)
      yield { kind: 'revision', id: subject, revision: Number(item['revision']?.N) }
    else if (!isDerived(item)) yield { kind: 'record', item: portable(item) }
  }
  for (const size of await keptCheckpoints()) {
    const note = await loadCheckpoint(size)
    if (note !== undefined && size <= head.size) yield { kind: 'checkpoint', size: String(size), note }
  }
  const logged: string[] = []
  for (let index = 0; index < Number(head.size); index++) {
    const leaf = leaves[index]
    if (!leaf) throw new Error(`leaf ${index} has no item; npm run monitor says more`)
    logged.push(leaf.event)
    events.delete(leaf.hash)
  }
  yield* eventLines(logged, 0)
  yield* waiting([...events.values()], new Set(leaves.map(({ hash }) => hash)))
}

const AT_ONCE = 100

async function* eventLines(ids: readonly string[], first: number): AsyncGenerator<Line> {
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE)
    const items = new Map(
      (await readItems(some.map(eventKey))).map((item) => [hashedEventIn(item).event.id, item]),
    )
    for (const [at, id] of some.entries()) {
      const item = items.get(id)
      if (!item) throw new Error(`${id} is in the log and not among the events; npm run monitor says more`)
      yield* linesOf(item, first + start + at)
    }
  }
}

function* linesOf(item: Item, leaf?: number): Generator<Line> {
  const text = stringIn(item, 'event')
  yield { kind: 'event', ...(leaf !== undefined && { leaf }), text, beside: besideEvent(item) }
  const sealed = unpacked(item['sealed'])
  if (sealed === undefined) return
  const { photos }: SealedPhotos = JSON.parse(sealed)
  const { org } = hashedEventIn(item).event
  for (const sha256 of hashesOf(photos?.value ?? [])) yield { kind: 'photo', org, sha256 }
}

interface SealedPhotos {
  readonly photos?: { readonly value: Parameters<typeof hashesOf>[0] }
}

/** Events that are in no log yet, each after all that it names. What names something that was not seen came after the export began. */
async function* waiting(ids: readonly string[], known: Set<string>): AsyncGenerator<Line> {
  let left = await readItems(ids.map(eventKey))
  for (let before = -1; before !== left.length;) {
    before = left.length
    const later: Item[] = []
    for (const item of left.toSorted(byRecording)) {
      const { event, hash } = hashedEventIn(item)
      if (!event.previous.every((link) => known.has(link.hash))) {
        later.push(item)
        continue
      }
      known.add(hash)
      yield* linesOf(item)
    }
    left = later
  }
}

const byRecording = (a: Item, b: Item): number => {
  const [x, y] = [a, b].map((item) => hashedEventIn(item).event)
  return x && y && x.recordedAt < y.recordedAt ? -1 : 1
}
