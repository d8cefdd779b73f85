import {
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb'
import type { Batch } from '../../shared/domain/batch.ts'
import { subjectsOf } from '../../shared/domain/events.ts'
import type { HashedEvent, Subject, Subjects } from '../../shared/domain/fold.ts'
import { dynamo, tableName } from './client.ts'
import { eventItem, linkItem, number, stateItem, subjectIn, text, type Beside, type Item } from './items.ts'
import { historyKey, stateKey } from './keys.ts'
import { readItem, readItems } from './read.ts'

/** The ledger in DynamoDB: loads folded state, and appends events and the state they lead to in one transaction. */

export async function loadSubjects(ids: readonly string[]): Promise<Map<string, Subject>> {
  const items = await readItems([...new Set(ids)].map(stateKey))
  return new Map(items.map(subjectIn).map((subject) => [subject.id, subject]))
}

export async function loadBatch(id: string): Promise<Batch | undefined> {
  const item = await readItem(stateKey(id))
  const subject = item && subjectIn(item)
  return subject?.kind === 'batch' ? subject : undefined
}

/** The first answer to a command, if the command was carried out: kept with the first event of its home. */
export interface FirstAnswer {
  readonly requestHash: string
  readonly answer: string
}

export async function loadFirstAnswer(home: string): Promise<FirstAnswer | undefined> {
  const item = await readItem(historyKey(home, 1))
  return item && firstAnswerIn(item)
}

function firstAnswerIn(item: Item): FirstAnswer {
  return { requestHash: item['requestHash']?.S ?? '', answer: item['answer']?.S ?? '' }
}

export interface Append {
  /** Linked events, the first of which begins a new home. */
  readonly events: readonly HashedEvent[]
  /** What they touch, as loaded and as folded. */
  readonly before: Subjects
  readonly after: Subjects
  /** Kept with the first event. */
  readonly beside: Beside
}

/**
 * `stored`: all of it is there. `exists`: the home is there already, so the command was carried out before; nothing
 * changed. `stale`: something that was loaded has changed since, or another transaction was in the way; nothing
 * changed, load and decide again.
 */
export type Outcome =
  | { readonly result: 'stored' }
  | { readonly result: 'exists'; readonly first: FirstAnswer }
  | { readonly result: 'stale' }

/** Reasons for which DynamoDB cancels a transaction that may well pass when tried again. */
const PASSING_REASONS = new Set([
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
])

/** Appends in exactly one TransactWriteItems. Throws what is neither stored, exists nor stale. */
export async function append(change: Append): Promise<Outcome> {
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems: transactionOf(change) }))
    return { result: 'stored' }
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error
    const [first, ...others] = error.CancellationReasons ?? []
    if (first?.Code === 'ConditionalCheckFailed' && first.Item) {
      return { result: 'exists', first: firstAnswerIn(first.Item) }
    }
    if ([first, ...others].some((reason) => PASSING_REASONS.has(reason?.Code ?? '')))
      return { result: 'stale' }
    throw error
  }
}

/** The first event comes first, so that its failed condition, if any, is the first cancellation reason. */
export function transactionOf({ events, before, after, beside }: Append): TransactWriteItem[] {
  const versions = new Map([...before].map(([id, subject]) => [id, subject.version]))
  const history = events.flatMap((hashed, index) =>
    subjectsOf(hashed.event).map((subject) => {
      const sequence = (versions.get(subject) ?? 0) + 1
      versions.set(subject, sequence)
      const item =
        subject === hashed.event.home
          ? eventItem(sequence, hashed, index === 0 ? beside : {})
          : linkItem(subject, sequence, hashed.event.id)
      return putNew(item, index === 0)
    }),
  )
  const touched = new Set(events.flatMap(({ event }) => subjectsOf(event)))
  const states = [...touched].flatMap((id) => {
    const now = after.get(id)
    return now ? [putState(now, before.get(id))] : []
  })
  return [...history, ...states]
}

function putNew(item: Item, returnExisting: boolean): TransactWriteItem {
  return {
    Put: {
      TableName: tableName(),
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
      ...(returnExisting && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    },
  }
}

/**
 * A state is replaced only if its head is still the one that was loaded: then nothing about it has changed, and the
 * new event's link names its true predecessor. For a batch the table itself also checks that it still has what is
 * drawn and that its custodian is who we think, so a mistake in our own arithmetic cannot create mass.
 */
function putState(now: Subject, before: Subject | undefined): TransactWriteItem {
  const item = stateItem(now)
  if (!before) return putNew(item, false)
  const unchanged = {
    TableName: tableName(),
    Item: item,
    ConditionExpression: 'head = :head',
    ExpressionAttributeValues: { ':head': text(before.head) },
  }
  if (now.kind !== 'batch' || before.kind !== 'batch') return { Put: unchanged }
  return {
    Put: {
      ...unchanged,
      ConditionExpression: 'head = :head AND remainingGrams >= :drawn AND custodian = :custodian',
      ExpressionAttributeValues: {
        ':head': text(before.head),
        ':drawn': number(before.remainingGrams - now.remainingGrams),
        ':custodian': text(before.custodian),
      },
    },
  }
}
