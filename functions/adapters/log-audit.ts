import type { Placed, Stored } from '../log/comparing.ts'
import type { Evidence } from '../log/monitoring.ts'
import { allItems } from './whole-table.ts'
import type { Item } from './items.ts'
import { sequenceOf, HISTORY } from './keys.ts'
import { keepSeen, loadTiles, putTiles, readSeen } from './log-objects.ts'
import { currentKeys, logOrigin } from './log-signer.ts'
import { entryOf } from './log-stream.ts'
import { leafIn, readHead, readNewestNow } from './log-table.ts'
import { unpacked } from './packed.ts'

/**
 * The log and the events as they are stored. The keys that are believed are those that sign, asked where they are kept:
 * what the table says of keys anybody may have written who can write to the table.
 */
export async function storedEvidence(): Promise<Evidence> {
  return {
    trust: { origin: logOrigin(), keys: await currentKeys() },
    readHead,
    readNewest: readNewestNow,
    readAll,
    loadTiles,
    putTiles,
    readSeen,
    keepSeen,
    now: () => new Date(),
  }
}

/** Goes through the whole table, of which only what is hashed and where it lies is kept in memory. */
async function readAll(): Promise<{ events: Stored[]; leaves: Placed[] }> {
  const events: Stored[] = []
  const leaves: Placed[] = []
  for await (const item of allItems(['pk', 'sk', 'event', 'hash', 'at', 'of'])) {
    const leaf = leafIn(item)
    if (leaf) leaves.push(leaf)
    else if (isEvent(item)) events.push(await storedIn(item))
  }
  return { events, leaves }
}

const isEvent = (item: Item): boolean =>
  item['event'] !== undefined && item['sk']?.S?.startsWith(HISTORY) === true

async function storedIn(item: Item): Promise<Stored> {
  const home = item['pk']?.S?.slice(2) ?? ''
  const entry = await entryOf(unpacked(item['event']) ?? '').catch(() => undefined)
  return { at: `${home}-${sequenceOf(item['sk']?.S ?? '')}`, claims: item['hash']?.S ?? '', entry }
}
