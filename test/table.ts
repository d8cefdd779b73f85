import { gunzipSync } from 'node:zlib'
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from '../functions/adapters/client.ts'
import { hashedEventIn, keyOf, type Item } from '../functions/adapters/items.ts'
import { passportKey } from '../functions/adapters/keys.ts'
import type { Passport } from '../shared/domain/passport/passport.ts'
import type { HashedEvent } from '../shared/domain/state/fold.ts'

/** The table behind the API's back, for tests whose runtime is in their own process. */
export async function wholeTable(): Promise<Item[]> {
  const all: Item[] = []
  let from: Item | undefined
  do {
    const page = await dynamo().send(
      new ScanCommand({
        TableName: tableName(),
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    )
    all.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from)
  return all
}

/** Leaves a batch as it is in the moment before its passport is made. */
export async function forgetPassport(batch: string): Promise<void> {
  await dynamo().send(new DeleteItemCommand({ TableName: tableName(), Key: keyOf(passportKey(batch)) }))
}

/** Every event among the items, in an order in which they could have been recorded. */
export const eventsIn = (items: readonly Item[]): HashedEvent[] =>
  inOrder(items.filter((item) => item['event']).map(hashedEventIn))

/** Events as they were recorded, and each after all whose hashes it names: that is all the order there is. */
function inOrder(unordered: readonly HashedEvent[]): HashedEvent[] {
  const byHash = new Map(unordered.map((hashed) => [hashed.hash, hashed]))
  const ordered = new Set<HashedEvent>()
  const visit = (hashed: HashedEvent): void => {
    if (ordered.has(hashed)) return
    for (const { hash } of hashed.event.previous) {
      const before = byHash.get(hash)
      if (!before) throw new Error(`${hashed.event.id} names an event that is not there`)
      visit(before)
    }
    ordered.add(hashed)
  }
  const byTime = unordered.toSorted((a, b) => (a.event.recordedAt < b.event.recordedAt ? -1 : 1))
  for (const hashed of byTime) visit(hashed)
  return [...ordered]
}

/** The passport that stands in an item. */
export function passportIn(item: Item): Passport {
  const passport: Passport = JSON.parse(gunzipSync(item['passport']?.B ?? '').toString('utf8'))
  return passport
}
