import { randomUUID } from 'node:crypto'
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from './client.ts'
import { keyOf, number, text } from './items.ts'
import { usedTokenKey } from './keys.ts'

/** DynamoDB removes what is over within some days, by its own clock; ours may be behind it. */
const MARGIN_SECONDS = 3_600

/**
 * Uses a token of a device; false where it was used before, by whichever process. `endsAt` is when it is good no more, in
 * seconds of the epoch: what is known of it goes then. The client may send a put again whose answer it did not get, so
 * each use has a mark of its own, and whoever finds their own mark was first.
 */
export async function useToken(device: string, jti: string, endsAt: number): Promise<boolean> {
  const mark = randomUUID()
  try {
    await dynamo().send(
      new PutItemCommand({
        TableName: tableName(),
        Item: {
          ...keyOf(usedTokenKey(device, jti)),
          mark: text(mark),
          endsAt: number(endsAt + MARGIN_SECONDS),
        },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    )
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error.Item?.['mark']?.S === mark
    throw error
  }
}
