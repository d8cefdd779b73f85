import {
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { HASH_BYTES } from '../../shared/ledger/merkle/tree.ts'
import { fromBase64, toBase64 } from '../../shared/ledger/base64.ts'
import { concat } from '../../shared/ledger/bytes.ts'
import { emptyHead, type Entry, type Head, type TreeHead } from '../log/store.ts'
import { isWritten } from './conditional.ts'
import { dynamo, tableName } from './client.ts'
import { keyOf, number, stringIn, text, type Item } from './items.ts'
import { leafKey, LOG_CHECKPOINT, LOG_HEAD, LOG_KEYS, logKey } from './keys.ts'
import { readItem, readItems } from './read.ts'

/** What of the log is in the table: its head, a leaf item for each event, its newest checkpoint, and who has signed it. */

export async function readHead(): Promise<Head> {
  const item = await readItem(LOG_HEAD)
  return item ? headIn(item) : emptyHead()
}

/** Replaces the head and puts the leaves in one transaction; see LogStore. */
export async function commitHead(head: Head, entries: readonly Entry[]): Promise<'committed' | 'stale'> {
  const TableName = tableName()
  const Put = { TableName, Item: headItem(head), ...followingOn(head) }
  const leaves = entries.map((entry, at) => ({
    Put: {
      TableName,
      Item: leafItem(entry, head.base.size + BigInt(at)),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }))
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems: [{ Put }, ...leaves] }))
    return 'committed'
  } catch (error) {
    if (isRace(error)) return 'stale'
    throw error
  }
}

/** The revision alone would do; the root is what must never be gone back on, so the table itself checks that too. */
const followingOn = ({ revision, base }: Head): Partial<Condition> =>
  revision === 1
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'revision = :before AND #root = :root',
        ExpressionAttributeNames: { '#root': 'root' },
        ExpressionAttributeValues: { ':before': number(revision - 1), ':root': text(toBase64(base.root)) },
      }

type Condition = Pick<
  PutItemCommand['input'],
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>

const isRace = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(
    ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
  )

export function headItem({ revision, base, leaves, size, root }: Head): Item {
  return {
    ...keyOf(LOG_HEAD),
    revision: number(revision),
    baseSize: { N: String(base.size) },
    baseRoot: text(toBase64(base.root)),
    leaves: text(toBase64(concat(...leaves))),
    size: { N: String(size) },
    root: text(toBase64(root)),
  }
}

export function headIn(item: Item): Head {
  const leaves = bytesIn(item, 'leaves')
  return {
    revision: Number(item['revision']?.N),
    base: { size: sizeIn(item, 'baseSize'), root: bytesIn(item, 'baseRoot') },
    leaves: Array.from({ length: leaves.length / HASH_BYTES }, (_, at) =>
      leaves.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
    ),
    size: sizeIn(item, 'size'),
    root: bytesIn(item, 'root'),
  }
}

const sizeIn = (item: Item, attribute: string): bigint => BigInt(item[attribute]?.N ?? '0')

const bytesIn = (item: Item, attribute: string): Uint8Array => {
  const bytes = fromBase64(stringIn(item, attribute))
  if (!bytes) throw new Error(`the head of the log has a ${attribute} that is not base64`)
  return bytes
}

export interface Leaf {
  readonly hash: string
  readonly index: bigint
  readonly event: string
}

export const leafItem = ({ hash, event }: Pick<Entry, 'hash' | 'event'>, index: bigint): Item => ({
  ...keyOf(leafKey(hash)),
  at: { N: String(index) },
  of: text(event),
})

/** The leaf in an item; undefined for an item of anything else. */
export function leafIn(item: Item): Leaf | undefined {
  const hash = item['pk']?.S?.slice(leafKey('').pk.length) ?? ''
  if (item['sk']?.S !== leafKey('').sk || item['pk']?.S !== leafKey(hash).pk) return undefined
  return { hash, index: sizeIn(item, 'at'), event: stringIn(item, 'of') }
}

/** Those of the hashes that are in the log. One that is not in it may be by the time of the answer. */
export async function findLogged(hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const items = await readItems([...new Set(hashes)].map(leafKey))
  return new Set(items.flatMap((item) => leafIn(item)?.hash ?? []))
}

/** The place of an event in the log, by its hash; undefined while it is not in it. */
export async function findLeafIndex(hash: string): Promise<bigint | undefined> {
  const item = await readItem(leafKey(hash), 'eventual')
  return item && leafIn(item)?.index
}

/** The newest checkpoint, a signed note; undefined before anything was appended. */
export async function readLatestCheckpoint(): Promise<string | undefined> {
  const item = await readItem(LOG_CHECKPOINT, 'eventual')
  return item && stringIn(item, 'note')
}

/** The same, as it is now and not as it was a moment ago. */
export async function readNewestNow(): Promise<string | undefined> {
  const item = await readItem(LOG_CHECKPOINT)
  return item && stringIn(item, 'note')
}

/** Nobody puts a smaller one in the place of a larger, not even a sequencer that was asleep. */
export async function offerNewest(size: TreeHead['size'], note: string): Promise<void> {
  await putIf(
    { ...keyOf(LOG_CHECKPOINT), size: { N: String(size) }, note: text(note) },
    {
      ConditionExpression: 'attribute_not_exists(pk) OR #size < :size',
      ExpressionAttributeNames: { '#size': 'size' },
      ExpressionAttributeValues: { ':size': { N: String(size) } },
    },
  )
}

/** Remembers a verifier key for good, from before it first signs. */
export async function rememberKey(id: string, verifierKey: string): Promise<void> {
  await putIf(
    { ...keyOf(logKey(id)), key: text(verifierKey), since: text(new Date().toISOString()) },
    { ConditionExpression: 'attribute_not_exists(pk)' },
  )
}

export interface LogKey {
  readonly key: string
  readonly since: string
}

/** All keys that sign the log or have ever done so, the oldest first. */
export async function readLogKeys(): Promise<LogKey[]> {
  const { Items = [] } = await dynamo().send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :keys)',
      ExpressionAttributeValues: { ':pk': text(logKey('').pk), ':keys': text(LOG_KEYS) },
    }),
  )
  const keys = Items.map((item) => ({ key: stringIn(item, 'key'), since: stringIn(item, 'since') }))
  return keys.toSorted((a, b) => (a.since < b.since ? -1 : 1))
}

async function putIf(Item: Item, condition: Partial<Condition>): Promise<void> {
  await isWritten(new PutItemCommand({ TableName: tableName(), Item, ...condition }))
}
