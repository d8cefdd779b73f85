import {
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type Put as PutRequest,
} from '@aws-sdk/client-dynamodb'
import type { Identities, IdentityKind } from '../../shared/domain/identity/identity.ts'
import { dynamo, tableName } from './client.ts'
import { changedItem, listItem, recordItem, type Stored } from './identities.ts'
import { number, type Item } from './items.ts'

/** An item that is put only where it is not there yet, or is still at the revision that was read; or whatever is there. */
export interface Put {
  readonly item: Item
  readonly where: 'new' | 'any' | { readonly revision: number }
}

/**
 * Puts all of these or none, in one transaction. False where one of them has changed since it was read, or somebody is
 * changing it right now: nothing was done; read again and decide anew.
 */
export async function putTogether(puts: readonly Put[]): Promise<boolean> {
  const TableName = tableName()
  const TransactItems = puts.map(({ item, where }) => ({
    Put: { TableName, Item: item, ...conditionOf(where) },
  }))
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems }))
    return true
  } catch (error) {
    if (error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(isRace))
      return false
    throw error
  }
}

function conditionOf(
  where: Put['where'],
): Pick<PutRequest, 'ConditionExpression' | 'ExpressionAttributeValues'> {
  if (where === 'any') return {}
  if (where === 'new') return { ConditionExpression: 'attribute_not_exists(pk)' }
  return {
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': number(where.revision) },
  }
}

const isRace = ({ Code }: { readonly Code?: string | undefined }): boolean =>
  Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict'

/** A new record and its entry in the list of its organisation. */
export const newRecord = <Kind extends IdentityKind>(
  kind: Kind,
  ref: string,
  record: Identities[Kind],
): Put[] => [
  { item: recordItem(kind, { ref, record, revision: 1 }), where: 'new' },
  { item: listItem(kind, ref, record), where: 'new' },
]

/** A record in place of the one that was read. */
export const changedRecord = <Kind extends IdentityKind>(
  kind: Kind,
  found: Stored<Kind>,
  record: Identities[Kind],
): Put => ({ item: changedItem(kind, found, record), where: { revision: found.revision } })
