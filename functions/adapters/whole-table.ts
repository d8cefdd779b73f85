import { BatchWriteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from './client.ts'
import type { Item } from './items.ts'
import { pauseBeforeRetry } from './pause.ts'

/** The table as a whole, for what is never asked by a request: copying it, and making it anew. */

/** Every item, read strongly, whole or those attributes of it; one that is written meanwhile may be given or not. */
export async function* allItems(attributes: readonly string[] = []): AsyncGenerator<Item> {
  const projection = attributes.length > 0 && {
    ProjectionExpression: attributes.map((name) => `#${name}`).join(),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
  }
  let from: Item | undefined
  do {
    const { Items = [], LastEvaluatedKey } = await dynamo().send(
      new ScanCommand({
        TableName: tableName(),
        ConsistentRead: true,
        ...projection,
        ...(from && { ExclusiveStartKey: from }),
      }),
    )
    yield* Items
    from = LastEvaluatedKey
  } while (from)
}

export async function isTableEmpty(): Promise<boolean> {
  const { Items = [] } = await dynamo().send(new ScanCommand({ TableName: tableName(), Limit: 1 }))
  return Items.length === 0
}

/** What BatchWriteItem takes at once, and how many of them are under way. */
const MOST_PUTS = 25
const AT_ONCE = 4
const MAX_TRIES = 12

/** Puts items, whatever was there before; of two with one key the later. */
export async function putAll(items: readonly Item[]): Promise<void> {
  const byKey = new Map(items.map((item) => [`${item['pk']?.S} ${item['sk']?.S}`, item]))
  const left = [...byKey.values()]
  const worker = async (): Promise<void> => {
    for (let some = left.splice(0, MOST_PUTS); some.length > 0; some = left.splice(0, MOST_PUTS))
      await putSome(some)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

async function putSome(items: readonly Item[]): Promise<void> {
  const table = tableName()
  let wanted = { [table]: items.map((Item) => ({ PutRequest: { Item } })) }
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const { UnprocessedItems } = await dynamo().send(new BatchWriteItemCommand({ RequestItems: wanted }))
    const left = (UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
    )
    if (left.length === 0) return
    wanted = { [table]: left }
    await pauseBeforeRetry(attempt)
  }
  throw new Error(`${wanted[table]?.length ?? 0} items stayed unwritten after ${MAX_TRIES} tries`)
}
