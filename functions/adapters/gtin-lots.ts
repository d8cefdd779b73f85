import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb'
import type { GtinLot } from '../../shared/domain/gs1/lot.ts'
import { dynamo, tableName } from './client.ts'
import { gtinHoldingIn } from './gtin-holdings.ts'
import { keyOf, number, stringIn, text, type Item } from './items.ts'
import { GTIN_LOTS, gtinLotKey, gtinLotPk } from './keys.ts'
import { readItem } from './read.ts'

/**
 * Product lots by GTIN and lot number. The item is put in the transaction that gives a batch its GTIN, on condition that
 * no other has the pair, and is never removed: a pair is given once. It says all that a redirect or a linkset needs, so
 * that a code is resolved by one read.
 */
export function gtinLotItem({ gtin, lot, batch, madeBy, name, units, certified, isVoid }: GtinLot): Item {
  return {
    ...keyOf(gtinLotKey(gtin, lot)),
    batch: text(batch),
    madeBy: text(madeBy),
    name: text(name),
    units: number(units),
    certified: { BOOL: certified },
    isVoid: { BOOL: isVoid },
  }
}

export function gtinLotIn(item: Item): GtinLot {
  return {
    gtin: stringIn(item, 'pk').slice(gtinLotPk('').length),
    lot: stringIn(item, 'sk').slice(GTIN_LOTS.length),
    batch: stringIn(item, 'batch'),
    madeBy: stringIn(item, 'madeBy'),
    name: stringIn(item, 'name'),
    units: Number(item['units']?.N),
    certified: item['certified']?.BOOL ?? false,
    isVoid: item['isVoid']?.BOOL ?? false,
  }
}

export async function findGtinLot(
  gtin: string,
  lot: string,
  consistency: 'strong' | 'eventual' = 'strong',
): Promise<GtinLot | undefined> {
  const item = await readItem(gtinLotKey(gtin, lot), consistency)
  return item && gtinLotIn(item)
}

const MOST_AT_ONCE = 250

/** Lots of a GTIN that are offered to those who ask for it, and whose never are. */
export interface OfferedLots {
  readonly lots: readonly GtinLot[]
  readonly unlisted: readonly string[]
}

/**
 * Up to `limit` lots of a GTIN, those first whose lot number comes last: as most are numbered, the newest. Not offered are
 * those that were declared a mistake, and those of organisations that should not have had the GTIN.
 */
export async function readGtinLots(gtin: string, limit: number): Promise<OfferedLots> {
  const lots: GtinLot[] = []
  let unlisted: readonly string[] = []
  let from: Item | undefined
  do {
    const page: QueryCommandOutput = await dynamo().send(
      new QueryCommand({
        TableName: tableName(),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': text(gtinLotPk(gtin)) },
        ScanIndexForward: false,
        // Who may make them comes first. Where many are not offered, there is no going on in small steps.
        Limit: from ? MOST_AT_ONCE : limit + 1,
        ...(from && { ExclusiveStartKey: from }),
      }),
    )
    for (const item of page.Items ?? []) {
      if (item['sk']?.S?.startsWith(GTIN_LOTS)) lots.push(...[gtinLotIn(item)].filter(isOffered))
      else unlisted = gtinHoldingIn(item).holding.unlisted
    }
    from = page.LastEvaluatedKey
  } while (from && lots.length < limit)
  return { lots: lots.slice(0, limit), unlisted }

  function isOffered({ isVoid, madeBy }: GtinLot): boolean {
    return !isVoid && !unlisted.includes(madeBy)
  }
}
