import {
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb'
import type { Batch } from '../../shared/domain/state/batch.ts'
import type { World } from '../../shared/domain/state/world.ts'
import { dynamo } from './client.ts'
import { loadedIn, onceItem, type Beside, type Item, type Loaded } from './items.ts'
import { historyKey, onceKey, stateKey } from './keys.ts'
import { unpacked } from './packed.ts'
import { readItem, readItems } from './read.ts'
import { putGuarded, putNew, transactionOf, type Append, type Once, type Put } from './transaction.ts'

/** The ledger in DynamoDB: loads folded state, and appends events and the state they lead to in one transaction. */

/** What a decision rests on, as it was loaded: strongly, and with what makes a write conditional on nothing changing. */
export interface LoadedWorld extends World {
  readonly loaded: ReadonlyMap<string, Loaded>
}

export const NOTHING_LOADED: LoadedWorld = worldOf([])

export async function loadWorld(ids: readonly string[]): Promise<LoadedWorld> {
  return worldOf(await loadMany(ids))
}

function worldOf(loaded: readonly Loaded[]): LoadedWorld {
  return {
    loaded: new Map(loaded.map((one) => [one.subject.id, one])),
    subjects: new Map(loaded.map(({ subject }) => [subject.id, subject])),
    holds: new Map(loaded.map(({ subject, holds }) => [subject.id, holds])),
  }
}

/** Subjects with what holds them, in no order; those that are not there are left out. */
export async function loadMany(
  ids: readonly string[],
  consistency: 'strong' | 'eventual' = 'strong',
): Promise<Loaded[]> {
  return (await readItems([...new Set(ids)].map(stateKey), consistency)).map(loadedIn)
}

/** The batches among what was loaded. */
export const batchesIn = (loaded: readonly Loaded[]): Batch[] =>
  loaded.flatMap(({ subject }) => (subject.kind === 'batch' ? [subject] : []))

export async function loadOne(id: string): Promise<Loaded | undefined> {
  const item = await readItem(stateKey(id))
  return item && loadedIn(item)
}

/** The first answer to a command, if the command was carried out. */
export interface FirstAnswer {
  /** Gone where somebody whom the request named was erased: whoever has a name could have tried it against the hash. */
  readonly requestHash: string | undefined
  readonly answer: string
}

export async function loadFirstAnswer(once: Once): Promise<FirstAnswer | undefined> {
  const item = await readItem('home' in once ? historyKey(once.home, 1) : onceKey(once.commandHash))
  return item && firstAnswerIn(item)
}

function firstAnswerIn(item: Item): FirstAnswer {
  return { requestHash: item['requestHash']?.S, answer: unpacked(item['answer']) ?? '' }
}

/**
 * `stored`: all of it is there. `exists`: the command was carried out before; nothing changed. `stale`: something that
 * was loaded has changed since, or another transaction was in the way; nothing changed, load and decide again.
 * `too-large`: more items than a transaction may have, which only a run of many charges under many certificates has;
 * nothing changed.
 */
export type Outcome =
  | { readonly result: 'stored' }
  | { readonly result: 'exists'; readonly first: FirstAnswer }
  | { readonly result: 'stale' }
  | { readonly result: 'too-large'; readonly items: number }

/** DynamoDB's own limit. */
export const MOST_ITEMS = 100

/** Reasons for which DynamoDB cancels a transaction that may well pass when tried again. */
export const PASSING_REASONS = new Set([
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
])

/** Appends in exactly one TransactWriteItems. Throws what is neither stored, exists nor stale. */
export async function append(change: Append): Promise<Outcome> {
  const items = transactionOf(change)
  return items.length > MOST_ITEMS ? { result: 'too-large', items: items.length } : write(items)
}

/** Puts records of who may do what, once: the same transaction, without events. */
export async function putOnce(commandHash: string, beside: Beside, puts: readonly Put[]): Promise<Outcome> {
  return write([putNew(onceItem(commandHash, beside), true), ...puts.map(putGuarded)])
}

/** The first of the items says whether it was done before. */
async function write(TransactItems: TransactWriteItem[]): Promise<Outcome> {
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems }))
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

export type { Append, Once, Put } from './transaction.ts'
