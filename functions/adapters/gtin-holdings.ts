import type { GtinHolding } from '../../shared/domain/gs1/holding.ts'
import { keyOf, number, stringIn, text, type Item } from './items.ts'
import { gtinHoldingKey, gtinLotPk, listKey } from './keys.ts'
import { readItem, readItems } from './read.ts'
import type { Standing } from './transaction.ts'

/**
 * Who may make lots with a GTIN: one item beside its lots. The first lot puts it, on condition that there is none; every
 * other is written on condition that its maker is in it. Only whoever runs the service changes it.
 */
export interface StoredHolding {
  readonly holding: GtinHolding
  readonly revision: number
}

/** Sets of DynamoDB are never empty: none is no attribute. */
const setOf = (name: string, ids: readonly string[]): Item =>
  ids.length > 0 ? { [name]: { SS: [...ids] } } : {}

export function gtinHoldingItem({ gtin, makers, unlisted, decidedAt }: GtinHolding, revision = 1): Item {
  return {
    ...keyOf(gtinHoldingKey(gtin)),
    ...setOf('makers', makers),
    ...setOf('unlisted', unlisted),
    ...(decidedAt !== undefined && { decidedAt: text(decidedAt) }),
    revision: number(revision),
  }
}

export function gtinHoldingIn(item: Item): StoredHolding {
  const decidedAt = item['decidedAt']?.S
  const holding = {
    gtin: stringIn(item, 'pk').slice(gtinLotPk('').length),
    makers: (item['makers']?.SS ?? []).toSorted(),
    unlisted: (item['unlisted']?.SS ?? []).toSorted(),
    ...(decidedAt !== undefined && { decidedAt }),
  }
  return { holding, revision: Number(item['revision']?.N ?? 0) }
}

export async function readGtinHolding(gtin: string): Promise<StoredHolding | undefined> {
  const item = await readItem(gtinHoldingKey(gtin))
  return item && gtinHoldingIn(item)
}

/** Those of these GTINs that anybody holds, in the order in which they are named. */
export async function readGtinHoldings(gtins: readonly string[]): Promise<GtinHolding[]> {
  const items = await readItems(gtins.map(gtinHoldingKey))
  const found = new Map(items.map(gtinHoldingIn).map(({ holding }) => [holding.gtin, holding]))
  return gtins.flatMap((gtin) => found.get(gtin) ?? [])
}

/** That an organisation still is among those who may make lots with a GTIN. */
export const stillMakes = (gtin: string, org: string): Standing => ({
  key: gtinHoldingKey(gtin),
  attribute: 'makers',
  contains: org,
})

/** The entry of a GTIN in the list of those that whoever runs the service has decided on. */
export const gtinListItem = (host: string, gtin: string, decidedAt: string): Item =>
  keyOf(listKey(host, 'gtins', decidedAt, gtin))
