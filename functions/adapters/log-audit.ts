import { ScanCommand } from '@aws-sdk/client-dynamodb'
import type { Placed, Stored } from '../log/comparing.ts'
import type { Evidence } from '../log/monitoring.ts'
import { dynamo, tableName } from './client.ts'
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
  let from: Item | undefined
  do {
    const { Items = [], LastEvaluatedKey } = await dynamo().send(
      new ScanCommand({
        TableName: tableName(),
        ConsistentRead: true,
        ProjectionExpression: 'pk, sk, #event, #hash, #at, #of',
        ExpressionAttributeNames: { '#event': 'event', '#hash': 'hash', '#at': 'at', '#of': 'of' },
        ...(from && { ExclusiveStartKey: from }),
      }),
    )
    for (const item of Items) {
      const leaf = leafIn(item)
      if (leaf) leaves.push(leaf)
      else if (isEvent(item)) events.push(await storedIn(item))
    }
    from = LastEvaluatedKey
  } while (from)
  return { events, leaves }
}

const isEvent = (item: Item): boolean =>
  item['event'] !== undefined && item['sk']?.S?.startsWith(HISTORY) === true

async function storedIn(item: Item): Promise<Stored> {
  const home = item['pk']?.S?.slice(2) ?? ''
  const entry = await entryOf(unpacked(item['event']) ?? '').catch(() => undefined)
  return { at: `${home}-${sequenceOf(item['sk']?.S ?? '')}`, claims: item['hash']?.S ?? '', entry }
}
