import { randomUUID } from 'node:crypto'
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Access } from '../../shared/domain/privacy/access.ts'
import { dynamo, tableName } from './client.ts'
import { keyOf, stringIn, text } from './items.ts'
import { accessKey } from './keys.ts'

/** Records of who was shown what is sealed. They are added and read, never changed. */

/** Adds a record; nothing where nothing was shown. To be awaited before anything is shown. */
export async function noteAccess(org: string, access: Access): Promise<void> {
  if (access.shown.length === 0) return
  await dynamo().send(
    new PutItemCommand({
      TableName: tableName(),
      Item: { ...keyOf(accessKey(org, access.at, randomUUID())), access: text(JSON.stringify(access)) },
    }),
  )
}

/** One page of an organisation's records before a position, newest first. */
export async function readAccesses(
  org: string,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<{ readonly accesses: readonly Access[]; readonly next?: string }> {
  const { pk } = accessKey(org, '', '')
  const { Items = [], LastEvaluatedKey } = await dynamo().send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: {
        ':pk': text(pk),
        ...(before !== undefined && { ':before': text(before) }),
      },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: limit,
    }),
  )
  const accesses = Items.map((item) => {
    const access: Access = JSON.parse(stringIn(item, 'access'))
    return access
  })
  const last = Items.at(-1)
  return { accesses, ...(LastEvaluatedKey && last && { next: stringIn(last, 'sk') }) }
}
