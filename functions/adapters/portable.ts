import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Item } from './items.ts'
import {
  subjectOfPk,
  HISTORY,
  LISTS,
  leafKey,
  LOG_CHECKPOINT,
  LOG_HEAD,
  passportKey,
  stateKey,
  tallyKey,
  GTIN_LOTS,
} from './keys.ts'

/** How items leave the table and come back as JSON, and which of them need not, because events make them again. */

/** An attribute as JSON: DynamoDB's own form, bytes as base64. */
export type PortableValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly SS: readonly string[] }
export type PortableItem = Readonly<Record<string, PortableValue>>

export function portable(item: Item): PortableItem {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, portableValue(name, value)]))
}

function portableValue(name: string, { S, N, B, BOOL, SS }: AttributeValue): PortableValue {
  if (S !== undefined) return { S }
  if (N !== undefined) return { N }
  if (B !== undefined) return { B: Buffer.from(B).toString('base64') }
  if (BOOL !== undefined) return { BOOL }
  if (SS !== undefined) return { SS: SS.toSorted() }
  throw new Error(`the attribute ${name} is of a kind that we never write`)
}

export function itemFrom(values: PortableItem): Item {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, attributeFrom(value)]))
}

function attributeFrom(value: PortableValue): AttributeValue {
  if ('B' in value) return { B: Buffer.from(value.B, 'base64') }
  return 'SS' in value ? { SS: [...value.SS] } : value
}

export const isEventItem = (item: Item): boolean =>
  item['event'] !== undefined && item['sk']?.S?.startsWith(HISTORY) === true

/** What an event's item says besides the event, and what follows from that. */
export function besideEvent(item: Item): PortableItem {
  const { pk: _, sk: __, event: ___, hash: ____, gsi1pk: _____, gsi1sk: ______, ...beside } = item
  return portable(beside)
}

const DERIVED: ReadonlySet<string> = new Set([
  stateKey('B').sk,
  passportKey('B').sk,
  tallyKey('', 0).sk,
  leafKey('').sk,
])
const DERIVED_LISTS = [
  LISTS.certificates,
  LISTS.closes,
  LISTS.runs,
  LISTS.outgoing,
  LISTS.incoming,
  GTIN_LOTS,
  HISTORY,
]

/** Whether an item follows from events and the order of the log, or is the log's own account of where it stands. */
export function isDerived(item: Item): boolean {
  const { pk, sk } = { pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' }
  if (pk === LOG_HEAD.pk) return sk === LOG_HEAD.sk || sk === LOG_CHECKPOINT.sk
  return DERIVED.has(sk) || DERIVED_LISTS.some((prefix) => sk.startsWith(prefix))
}

/** Whose state an item is; undefined for an item of anything else. */
export const subjectOfState = (item: Item): string | undefined =>
  item['sk']?.S === stateKey('B').sk ? subjectOfPk(item['pk']?.S ?? '') : undefined
