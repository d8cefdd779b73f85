import { QueryCommand } from '@aws-sdk/client-dynamodb'
import type { GtinLot } from '../../shared/domain/gs1/lot.ts'
import { dynamo, tableName } from './client.ts'
import { keyOf, number, stringIn, text, type Item } from './items.ts'
import { GTIN_LOTS, gtinLotKey, gtinLotPk } from './keys.ts'
import { readItem } from './read.ts'

/**
 * Product lots by GTIN and lot number. The item is put in the transaction that gives a batch its GTIN, on condition that
 * no other has the pair, and is never removed: a pair is given once. It says all that a redirect or a linkset needs, so
 * that a code is resolved by one read.
 */
export function gtinLotItem({ gtin, lot, batch, name, units, certified, isVoid }: GtinLot): Item {
  return {
    ...keyOf(gtinLotKey(gtin, lot)),
    batch: text(batch),
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

/** Up to `limit` lots of a GTIN, but for those that were declared a mistake; those first whose lot number comes last: as most are numbered, the newest. */
export async function readGtinLots(gtin: string, limit: number): Promise<GtinLot[]> {
  const { Items = [] } = await dynamo().send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :lots)',
      ExpressionAttributeValues: { ':pk': text(gtinLotPk(gtin)), ':lots': text(GTIN_LOTS) },
      ScanIndexForward: false,
      Limit: limit,
    }),
  )
  return Items.map(gtinLotIn).filter(({ isVoid }) => !isVoid)
}
