import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from '../../../functions/adapters/client.ts'
import type { Item } from '../../../functions/adapters/items.ts'
import { TABLE, type IndexSpec } from '../../../infra/table.ts'
import { itemBytes } from '../items.ts'

/** What AWS adds to each item, in the table and in each index, when it bills storage. */
const OVERHEAD_BYTES = 100

/** All that is stored now, as AWS would bill it. */
export async function storedBytes(): Promise<{ table: number; indexes: number }> {
  let [table, indexes] = [0, 0]
  for await (const item of items()) {
    table += itemBytes(item) + OVERHEAD_BYTES
    for (const index of TABLE.indexes) indexes += projectedBytes(item, index)
  }
  return { table, indexes }
}

/** Nothing where the index does not have the item. */
function projectedBytes(item: Item, { key, projection }: IndexSpec): number {
  if (item[key.partition] === undefined) return 0
  const names = new Set<string>([TABLE.key.partition, TABLE.key.sort, key.partition, key.sort])
  if (projection.type === 'INCLUDE') for (const name of projection.attributes) names.add(name)
  const kept = Object.entries(item).filter(([name]) => names.has(name))
  return itemBytes(Object.fromEntries(kept)) + OVERHEAD_BYTES
}

async function* items(): AsyncGenerator<Item> {
  let start: Item | undefined
  do {
    const page = await dynamo().send(
      new ScanCommand({ TableName: tableName(), ...(start && { ExclusiveStartKey: start }) }),
    )
    yield* page.Items ?? []
    start = page.LastEvaluatedKey
  } while (start)
}
