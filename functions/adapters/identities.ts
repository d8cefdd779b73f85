import {
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Identities, IdentityKind } from '../../shared/domain/identity/identity.ts'
import { isWritten } from './conditional.ts'
import { dynamo, tableName } from './client.ts'
import { keyOf, number, stringIn, text, type Item } from './items.ts'
import { identityKey, identityListKey } from './keys.ts'
import { readListItems } from './lists.ts'
import { readItem, readItems } from './read.ts'

/**
 * Records of who may do what: keys and their like. Each is one item, replaced as a whole under a condition on its
 * revision, so that two who change it do not undo each other. `ref` is where it lies: the hash of a secret, or an id.
 */
export interface Stored<Kind extends IdentityKind> {
  readonly ref: string
  readonly record: Identities[Kind]
  readonly revision: number
  /** To within a few minutes; of keys and devices. */
  readonly lastUsedAt?: string
}

/** Stores a new record and its entry in the organisation's list; `exists` where there is one of that id or ref. */
export async function createIdentity<Kind extends IdentityKind>(
  kind: Kind,
  ref: string,
  record: Identities[Kind],
): Promise<'stored' | 'exists'> {
  const puts = [recordItem(kind, { ref, record, revision: 1 }), listItem(kind, ref, record)]
  const TransactItems = puts.map((Item) => ({
    Put: { TableName: tableName(), Item, ConditionExpression: 'attribute_not_exists(pk)' },
  }))
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems }))
    return 'stored'
  } catch (error) {
    if (isRefusedByCondition(error)) return 'exists'
    throw error
  }
}

function isRefusedByCondition(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed')
  )
}

export async function findIdentity<Kind extends IdentityKind>(
  kind: Kind,
  ref: string,
): Promise<Stored<Kind> | undefined> {
  const item = await readItem(identityKey(kind, ref))
  return item && storedIn<Kind>(item)
}

/** Replaces a record as it was read; false where somebody else has changed it since. */
export async function changeIdentity<Kind extends IdentityKind>(
  kind: Kind,
  found: Stored<Kind>,
  record: Identities[Kind],
): Promise<boolean> {
  return isWritten(
    new PutItemCommand({
      TableName: tableName(),
      Item: changedItem(kind, found, record),
      ConditionExpression: 'revision = :revision',
      ExpressionAttributeValues: { ':revision': number(found.revision) },
    }),
  )
}

/** Notes when it was last used. A record that is not there any more is left so. */
export async function noteUse(kind: IdentityKind, ref: string, now: string): Promise<void> {
  await isWritten(
    new UpdateItemCommand({
      TableName: tableName(),
      Key: keyOf(identityKey(kind, ref)),
      UpdateExpression: 'SET lastUsedAt = :now',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': text(now) },
    }),
  )
}

/** All of an organisation's, newest first. */
export async function listIdentities<Kind extends IdentityKind>(
  kind: Kind,
  org: string,
): Promise<Stored<Kind>[]> {
  const entries = await readListItems(org, identityListKey(kind, org, '').sk)
  return recordsOf(
    kind,
    entries.map((entry) => stringIn(entry, 'ref')),
  )
}

/** Where a record stands in its list: when it was made, and its id. */
export interface Listed {
  readonly position: string
  readonly ref: string
}

/** What {@link Listed.position} looks like. */
export const LISTED: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Z][0-9A-Z]{12}$/

/**
 * Where all of an organisation's stand, newest first: some hundred bytes each, so that a page of records costs its own
 * records and little else.
 */
export async function listedIdentities(kind: IdentityKind, org: string): Promise<Listed[]> {
  const prefix = identityListKey(kind, org, '').sk
  const entries = await readListItems(org, prefix)
  return entries
    .map((entry) => ({
      position: `${stringIn(entry, 'madeAt')}#${stringIn(entry, 'sk').slice(prefix.length)}`,
      ref: stringIn(entry, 'ref'),
    }))
    .sort((a, b) => (a.position < b.position ? 1 : -1))
}

/** Those that lie at these places, newest first. */
export async function recordsOf<Kind extends IdentityKind>(
  kind: Kind,
  refs: readonly string[],
): Promise<Stored<Kind>[]> {
  const items = await readItems(refs.map((ref) => identityKey(kind, ref)))
  return items
    .map((item) => storedIn<Kind>(item))
    .sort((a, b) => (a.record.madeAt < b.record.madeAt ? 1 : a.record.madeAt > b.record.madeAt ? -1 : 0))
}

/** One of an organisation's own by its id, as its list leads to it. */
export async function findOwnIdentity<Kind extends IdentityKind>(
  kind: Kind,
  org: string,
  id: string,
): Promise<Stored<Kind> | undefined> {
  const entry = await readItem(identityListKey(kind, org, id))
  return entry && findIdentity(kind, stringIn(entry, 'ref'))
}

/** The item of a record. For its first sowing; everything else is made by {@link createIdentity}. */
export function recordItem<Kind extends IdentityKind>(
  kind: Kind,
  { ref, record, revision, lastUsedAt }: Stored<Kind>,
): Item {
  return {
    ...keyOf(identityKey(kind, ref)),
    ref: text(ref),
    record: text(JSON.stringify(record)),
    revision: number(revision),
    ...(lastUsedAt !== undefined && { lastUsedAt: text(lastUsedAt) }),
  }
}

/** The item of a record that takes the place of the one that was found; when that was last used stays known. */
export function changedItem<Kind extends IdentityKind>(
  kind: Kind,
  { ref, revision, lastUsedAt }: Stored<Kind>,
  record: Identities[Kind],
): Item {
  const next = { ref, record, revision: revision + 1, ...(lastUsedAt !== undefined && { lastUsedAt }) }
  return recordItem(kind, next)
}

export function listItem<Kind extends IdentityKind>(
  kind: Kind,
  ref: string,
  { org, id, madeAt }: Identities[Kind],
): Item {
  return { ...keyOf(identityListKey(kind, org, id)), ref: text(ref), madeAt: text(madeAt) }
}

/** What we wrote is trusted to be what we read. */
function storedIn<Kind extends IdentityKind>(item: Item): Stored<Kind> {
  const record: Identities[Kind] = JSON.parse(stringIn(item, 'record'))
  const lastUsedAt = item['lastUsedAt']?.S
  return {
    ref: stringIn(item, 'ref'),
    record,
    revision: Number(item['revision']?.N ?? 0),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  }
}
