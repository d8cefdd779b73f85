import { BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from './client.ts'
import { keyOf, type Item } from './items.ts'
import type { Key } from './keys.ts'
import { pauseBeforeRetry } from './pause.ts'

/** Reads of single items and of many. Strong unless a caller says otherwise: decisions rest on these. */

const MAX_BATCH = 100
const MAX_TRIES = 8

export async function readItem(
  key: Key,
  consistency: 'strong' | 'eventual' = 'strong',
): Promise<Item | undefined> {
  const { Item } = await dynamo().send(
    new GetItemCommand({ TableName: tableName(), Key: keyOf(key), ConsistentRead: consistency === 'strong' }),
  )
  return Item
}

/** One attribute of an item, for those whose permissions name attributes; `{}` where the item is there without it. */
export async function readAttribute(
  key: Key,
  attribute: string,
  consistency: 'strong' | 'eventual' = 'strong',
): Promise<Item | undefined> {
  const { Item } = await dynamo().send(
    new GetItemCommand({
      TableName: tableName(),
      Key: keyOf(key),
      ProjectionExpression: attribute,
      ConsistentRead: consistency === 'strong',
    }),
  )
  return Item
}

/**
 * Reads many items, strongly unless told otherwise, in any number of requests, asking again for keys that DynamoDB left unprocessed. Missing
 * items are left out; the order is not the keys'. Throws when keys stay unprocessed after eight tries. Who may not read
 * all of an item names the attributes.
 */
export async function readItems(
  keys: readonly Key[],
  consistency: 'strong' | 'eventual' = 'strong',
  attributes?: readonly string[],
): Promise<Item[]> {
  const chunks: Key[][] = []
  for (let start = 0; start < keys.length; start += MAX_BATCH)
    chunks.push(keys.slice(start, start + MAX_BATCH))
  const reading = { ConsistentRead: consistency === 'strong', ...(attributes && projectionOf(attributes)) }
  const found = await Promise.all(chunks.map((chunk) => readChunk(chunk, reading)))
  return found.flat()
}

interface Projection {
  readonly ProjectionExpression: string
  readonly ExpressionAttributeNames: Record<string, string>
}

/** Names attributes by place holders, as some of ours are reserved words. */
export function projectionOf(attributes: readonly string[]): Projection {
  return {
    ProjectionExpression: attributes.map((attribute) => `#${attribute}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((attribute) => [`#${attribute}`, attribute])),
  }
}

async function readChunk(
  keys: readonly Key[],
  reading: { readonly ConsistentRead: boolean } & Partial<Projection>,
): Promise<Item[]> {
  const table = tableName()
  const items: Item[] = []
  let wanted = { [table]: { Keys: keys.map(keyOf), ...reading } }
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const { Responses, UnprocessedKeys } = await dynamo().send(
      new BatchGetItemCommand({ RequestItems: wanted }),
    )
    items.push(...(Responses?.[table] ?? []))
    const left = UnprocessedKeys?.[table]?.Keys ?? []
    if (left.length === 0) return items
    wanted = { [table]: { Keys: left, ...reading } }
    await pauseBeforeRetry(attempt)
  }
  throw new Error(`${wanted[table]?.Keys.length ?? 0} keys stayed unprocessed after ${MAX_TRIES} tries`)
}
