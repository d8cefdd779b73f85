import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { Passport } from '../../shared/domain/passport/passport.ts'
import { isWritten } from './conditional.ts'
import { tableName } from './client.ts'
import { keyOf, number, type Item } from './items.ts'
import { passportKey, stateKey } from './keys.ts'
import { deflate, inflate } from './packed.ts'
import { readAttribute } from './read.ts'

/**
 * Passports in the table: one compressed item per batch, so that a scan is one read of at most one unit. They are a
 * projection: whatever stands here can be made again from the batch's state.
 */

/** Stores a passport unless a newer one is there already. Records may come twice or late; this makes that harmless. */
export async function storePassport(passport: Passport): Promise<void> {
  await isWritten(
    new PutItemCommand({
      TableName: tableName(),
      Item: passportItem(passport),
      ConditionExpression: 'attribute_not_exists(pk) OR revision < :revision',
      ExpressionAttributeValues: { ':revision': number(passport.revision) },
    }),
  )
}

export function passportItem(passport: Passport): Item {
  return {
    ...keyOf(passportKey(passport.id)),
    revision: number(passport.revision),
    passport: { B: deflate(JSON.stringify(passport)) },
  }
}

export type FoundPassport =
  { readonly state: 'ready'; readonly passport: Passport } | { readonly state: 'preparing' }

/**
 * The passport of a batch. `preparing`: the batch is recorded, its passport is not made yet. Undefined: no such batch.
 * Only a miss costs a second read. Both name the one attribute that they want: who asks may read no other.
 */
export async function findPassport(batch: string): Promise<FoundPassport | undefined> {
  const item = await readAttribute(passportKey(batch), 'passport', 'eventual')
  const packed = item?.['passport']?.B
  if (packed) {
    const passport: Passport = JSON.parse(inflate(packed))
    return { state: 'ready', passport }
  }
  return (await readAttribute(stateKey(batch), 'revision')) && { state: 'preparing' }
}
