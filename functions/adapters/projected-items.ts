import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import { isWritten } from './conditional.ts'
import { dynamo, tableName } from './client.ts'
import { number, type Item } from './items.ts'
import { historyKey, subjectOfPk } from './keys.ts'
import { inflate, unpacked } from './packed.ts'

/** Items that follow from events, compared with what they should be and put anew where they are not. */

/** Whether an item says what another says, however texts in it are packed and whatever order their members have. */
export function saysTheSame(stored: Item | undefined, due: Item): boolean {
  return stored !== undefined && canonicalJson(told(stored)) === canonicalJson(told(due))
}

/** Says to the stream only what was carried on already (holds.ts). */
const ASIDE = 'walked'

function told(item: Item): Record<string, unknown> {
  const entries = Object.entries(item).filter(([name]) => name !== ASIDE)
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      value.SS?.toSorted() ?? value.BOOL ?? value.N ?? read(unpackedText(value.B) ?? unpacked(value)),
    ]),
  )
}

function unpackedText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined
  try {
    return inflate(bytes)
  } catch {
    return 'unreadable'
  }
}

function read(text: string | undefined): unknown {
  try {
    return /^[[{]/.test(text ?? '') ? JSON.parse(text ?? '') : (text ?? null)
  } catch {
    return text
  }
}

/**
 * Puts an item in the place of the one that was read, if that is still there as it was: by its revision, or where it has
 * none, not there at all. False where somebody wrote meanwhile.
 */
export async function putInPlaceOf(stored: Item | undefined, due: Item): Promise<boolean> {
  const revision = stored?.['revision']?.N
  const condition =
    stored === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : revision === undefined
        ? { ConditionExpression: 'attribute_not_exists(revision)' }
        : {
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': number(Number(revision)) },
          }
  return isWritten(new PutItemCommand({ TableName: tableName(), Item: due, ...condition }))
}

/** Where a walk over all subjects has come to, as JSON. */
export type Place = Readonly<Record<string, string>>

/** Of so many items, in the table's order, whatever has a history, and where to go on. */
export async function readSubjects(
  after: Place | undefined,
  page: number,
): Promise<{ readonly ids: readonly string[]; readonly next?: Place }> {
  const { Items = [], LastEvaluatedKey } = await dynamo().send(
    new ScanCommand({
      TableName: tableName(),
      ConsistentRead: true,
      ProjectionExpression: 'pk',
      FilterExpression: 'sk = :first',
      ExpressionAttributeValues: { ':first': { S: historyKey('', 1).sk } },
      Limit: page,
      ...(after && { ExclusiveStartKey: placeAsKey(after) }),
    }),
  )
  return {
    ids: Items.map((item) => subjectOfPk(item['pk']?.S ?? '')),
    ...(LastEvaluatedKey && { next: keyAsPlace(LastEvaluatedKey) }),
  }
}

const placeAsKey = (place: Place): Item =>
  Object.fromEntries(Object.entries(place).map(([name, value]) => [name, { S: value }]))
const keyAsPlace = (key: Item): Place =>
  Object.fromEntries(Object.entries(key).map(([name, { S = '' }]) => [name, S]))
