import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import type { Device } from '../../shared/domain/identity/device.ts'
import type { Enrolment } from '../../shared/domain/identity/enrolment.ts'
import { dynamo, tableName } from './client.ts'
import { listItem, recordItem, type Stored } from './identities.ts'
import { number } from './items.ts'

/**
 * Stores a new device and that its code was used, both or neither. False where somebody else used the code meanwhile or
 * is about to: nothing was changed, look again.
 */
export async function storeEnrolled(
  device: Device,
  { ref, revision }: Stored<'enrolment'>,
  used: Enrolment,
): Promise<boolean> {
  const TableName = tableName()
  const made = [
    recordItem('device', { ref: device.id, record: device, revision: 1 }),
    listItem('device', device.id, device),
  ]
  const spent = {
    TableName,
    Item: recordItem('enrolment', { ref, record: used, revision: revision + 1 }),
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': number(revision) },
  }
  const news = made.map((Item) => ({
    Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  }))
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems: [{ Put: spent }, ...news] }))
    return true
  } catch (error) {
    if (error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(isRace))
      return false
    throw error
  }
}

const isRace = ({ Code }: { readonly Code?: string | undefined }): boolean =>
  Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict'
