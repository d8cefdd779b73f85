import type { Item } from '../../functions/adapters/items.ts'

/**
 * The size of an item as DynamoDB counts it: attribute names and values in bytes, numbers at one byte for two digits
 * and one more (DynamoDB Developer Guide, "Item sizes and formats"). Only the types that we store.
 */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => {
    const text = value.S === undefined ? 0 : Buffer.byteLength(value.S)
    const number = value.N === undefined ? 0 : Math.ceil(value.N.length / 2) + 1
    return sum + Buffer.byteLength(name) + text + number + (value.B?.byteLength ?? 0)
  }, 0)
}
