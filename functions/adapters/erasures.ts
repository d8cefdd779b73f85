import {
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb'
import { eventId } from '../../shared/domain/ids.ts'
import { fieldsErasedFor } from '../../shared/domain/privacy/sealed.ts'
import type { Erasure } from '../../shared/domain/state/erasure.ts'
import type { LinkedEvent } from '../../shared/ledger/link.ts'
import { dynamo, tableName } from './client.ts'
import type { Entry } from './entries.ts'
import { eventItem, keyOf, number, stateItem, text, type Item, type Loaded } from './items.ts'
import { eventKey, identityKey, onceKey, PERSON_INDEXES, photoUseKey, type Key } from './keys.ts'
import { ERASED_LABEL, type Labelled } from './labels.ts'
import { PASSING_REASONS } from './ledger.ts'
import { filesOf } from './photos.ts'
import type { RemainingUses } from './photo-uses.ts'

/**
 * Removes values that open commitments, and records that it did, in one transaction. Of an event's item nothing is touched
 * but what is erasable: permissions name these attributes (infra/table.ts), so the event and its hash are out of reach.
 */
export interface ErasedPart {
  readonly entries: readonly Entry[]
  readonly photos: readonly RemainingUses[]
  readonly labels: readonly Labelled[]
  readonly event: LinkedEvent
  readonly before: Loaded
  readonly after: Erasure
}

/** DynamoDB takes 100; two are the event and the state, one what opens the commitment to the person. */
export const MOST_ACTIONS = 97

/** How many actions an entry takes at most; its photos, each once for all entries, included. */
export const actionsOf = ({ openings, item }: Entry): number =>
  1 + (item['askedIn'] ? 1 : 0) + filesOf(openings.photos?.value ?? []).length

/** `stale`: somebody else erased some of it meanwhile, or used a photo; nothing changed, look again. */
export async function eraseEntries(part: ErasedPart): Promise<'stored' | 'stale'> {
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems: transactionOf(part) }))
    return 'stored'
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error
    const reasons = error.CancellationReasons ?? []
    if (reasons.some(({ Code }) => PASSING_REASONS.has(Code ?? ''))) return 'stale'
    throw error
  }
}

function transactionOf({ entries, photos, labels, event, before, after }: ErasedPart): TransactWriteItem[] {
  const { subject, revision } = before
  return [
    put(eventItem(after.version, event, {}), 'attribute_not_exists(pk)'),
    put(
      stateItem({ subject: after, holds: [], revision: revision + 1 }),
      'head = :head AND revision = :seen',
      {
        ':head': text(subject.head),
        ':seen': number(revision),
      },
    ),
    ...(after.status === 'done' ? [update(eventKey(eventId(after.id, 1)), 'REMOVE sealed', EXISTS)] : []),
    ...entries.flatMap(removals),
    ...photos.map(forgetting),
    ...labels.map(unlabelling),
  ]
}

const EXISTS = 'attribute_exists(pk)'

/** The values of one entry that go, the hash of the request that told them, and under whom the entry was found. */
function removals({ event, openings, part, item }: Entry): TransactWriteItem[] {
  const gone = fieldsErasedFor(part, Object.keys(openings))
  const left = Object.entries(openings).filter(([field]) => !gone.includes(field))
  const { person, weigher } = PERSON_INDEXES
  const attributes = [
    'requestHash',
    ...(part.isPerson ? [person.pk, person.sk] : []),
    ...(part.isWeigher || part.isVehicle ? [weigher.pk, weigher.sk] : []),
    ...(left.length === 0 ? ['sealed'] : []),
  ]
  const kept = left.length === 0 ? undefined : text(JSON.stringify(Object.fromEntries(left)))
  const seen = item['sealed']
  const askedIn = item['askedIn']?.S
  return [
    update(
      eventKey(event.id),
      `${kept ? 'SET sealed = :kept ' : ''}REMOVE ${attributes.join(', ')}`,
      seen ? 'sealed = :seen' : EXISTS,
      { ...(kept && { ':kept': kept }), ...(seen && { ':seen': seen }) },
    ),
    ...(askedIn === undefined ? [] : [update(onceKey(askedIn), 'REMOVE requestHash', EXISTS)]),
  ]
}

/** That a photo was used for what is erased is forgotten, and the photo with its last use. */
function forgetting({ hash, seen, left }: RemainingUses): TransactWriteItem {
  const key = photoUseKey(hash)
  const values = { ':seen': text(seen) }
  if (left.length > 0) {
    const kept = { ...values, ':kept': text(JSON.stringify(left)) }
    return update(key, 'SET uses = :kept', 'uses = :seen', kept)
  }
  return {
    Delete: {
      TableName: tableName(),
      Key: keyOf(key),
      ConditionExpression: 'uses = :seen',
      ExpressionAttributeValues: values,
    },
  }
}

/** The record stays, of a phone or a member who has no name any more. */
function unlabelling({ kind, found, record }: Labelled): TransactWriteItem {
  const change = 'SET #record = :record, revision = revision + :one'
  return update(
    identityKey(kind, found.ref),
    change,
    'revision = :seen',
    {
      ':record': text(JSON.stringify({ ...record, label: ERASED_LABEL })),
      ':seen': number(found.revision),
      ':one': number(1),
    },
    { '#record': 'record' },
  )
}

function put(item: Item, condition: string, values?: Item): TransactWriteItem {
  return {
    Put: {
      TableName: tableName(),
      Item: item,
      ConditionExpression: condition,
      ...(values && { ExpressionAttributeValues: values }),
    },
  }
}

function update(
  key: Key,
  change: string,
  condition: string,
  values: Item = {},
  names?: Record<string, string>,
): TransactWriteItem {
  return {
    Update: {
      TableName: tableName(),
      Key: keyOf(key),
      UpdateExpression: change,
      ConditionExpression: condition,
      ...(names && { ExpressionAttributeNames: names }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
  }
}
