import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from '../../functions/adapters/client.ts'
import { hashedEventIn, loadedIn, type Item, type Loaded } from '../../functions/adapters/items.ts'
import type { HashedEvent } from '../../shared/domain/fold.ts'
import type { Known } from './known.ts'

/** The table behind the API's back: every item, and the world that they tell of. */
export interface Table extends Known {
  readonly items: readonly Item[]
  readonly hashed: readonly HashedEvent[]
  readonly loaded: ReadonlyMap<string, Loaded>
}

export async function readTable(): Promise<Table> {
  const items = await scan()
  const hashed = inOrder(items.filter((item) => item['event']).map(hashedEventIn))
  const loaded = new Map(
    items
      .filter((item) => item['sk']?.S === 'STATE')
      .map(loadedIn)
      .sort((a, b) => (a.subject.recordedAt < b.subject.recordedAt ? -1 : 1))
      .map((one) => [one.subject.id, one]),
  )
  return {
    items,
    hashed,
    loaded,
    events: hashed.map(({ event }) => event),
    subjects: new Map([...loaded].map(([id, { subject }]) => [id, subject])),
    holds: new Map([...loaded].map(([id, { holds }]) => [id, holds])),
  }
}

async function scan(): Promise<Item[]> {
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

/** Events as they were recorded, and each after all whose hashes it names: that is all the order there is. */
export function inOrder(unordered: readonly HashedEvent[]): HashedEvent[] {
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
