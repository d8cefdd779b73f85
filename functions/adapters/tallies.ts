import {
  ConditionalCheckFailedException,
  TransactionConflictException,
  UpdateItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb'
import { claimIn, weekOf } from '../../shared/domain/decide/resting.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import { partOf } from '../../shared/domain/ids.ts'
import type { Subjects } from '../../shared/domain/state/fold.ts'
import { dynamo, tableName } from './client.ts'
import { keyOf, number, text, type Item } from './items.ts'
import { tallyKey } from './keys.ts'
import { pauseBeforeRetry } from './pause.ts'

/**
 * How it is made sure that no claim ever stands without a certificate in force at its date, whatever races.
 *
 * Invariant: whoever claims under a certificate adds one to a tally of it, in the transaction that makes the claim and on
 * condition that the certificate was not withdrawn from that date or before; and a withdrawal is written only if no tally
 * has changed since all that was counted has been seen.
 *
 * So of two that race, one comes second and fails. A claim that does, reads the certificates afresh and is decided
 * again. A withdrawal reads the tallies first, then the journal. Where the journal shows fewer claims than were counted
 * the index lags, and it looks again. Where it shows all, each one that still stands refuses the withdrawal; and where
 * none does, its transaction sets the date in all tallies, on condition of their counts. Claims are counted by weeks of
 * their dates, so that only the journal since then has to be read.
 *
 * A withdrawal on which a claim comes in every few milliseconds would never be written. Therefore it first bars the
 * tallies: claims dated since then wait for it. This is a courtesy and nothing rests on it; a bar that was left behind
 * ends by itself.
 *
 * There are {@link TALLIES} of each certificate, in partitions of their own, since DynamoDB cancels one of two
 * transactions on one item: a claim takes one by the id of its home, which is a hash.
 */
export const TALLIES = 16

/** Longer than any request that withdraws may take. */
const BARRED_MS = 30_000

export interface Tally {
  readonly shard: number
  /** Claims that were ever made under it. */
  readonly claims: number
  /** The same by weeks of their dates. */
  readonly byWeek: ReadonlyMap<number, number>
}

/** The claims dated in a week or later that some tallies have counted. */
export const countedSince = (tallies: readonly Tally[], week: number): number =>
  tallies
    .flatMap(({ byWeek }) => [...byWeek])
    .reduce((sum, [counted, claims]) => (counted >= week ? sum + claims : sum), 0)

/**
 * What the claims of some events add to a transaction. Requires that they make at most one claim, as every command does,
 * and for what is said instead of a pickup, its batch in `before`.
 */
export function claimItems(events: readonly DomainEvent[], before: Subjects): TransactWriteItem[] {
  return events.flatMap((event) => {
    const claim = claimIn(event)
    if (!claim) return []
    const at = dateOf(event, before)
    return claim.certificates.map((certificate) => ({
      Update: {
        TableName: tableName(),
        Key: keyOf(tallyKey(certificate, partOf(event.home, TALLIES))),
        UpdateExpression: 'ADD claims :one, #week :one',
        ConditionExpression:
          'attribute_not_exists(withdrawnFrom) OR withdrawnFrom > :at OR barredUntil < :now',
        ExpressionAttributeNames: { '#week': `${WEEK}${weekOf(at)}` },
        ExpressionAttributeValues: { ':one': number(1), ':at': text(at), ':now': text(event.recordedAt) },
      },
    }))
  })
}

function dateOf(event: DomainEvent, before: Subjects): string {
  if (event.type !== 'EventCorrected') return event.occurredAt
  const pickup = before.get(event.home)
  if (pickup?.kind !== 'batch') throw new Error('what is said instead of a pickup is about its batch')
  return pickup.occurredAt
}

/**
 * What the withdrawal of a certificate adds to a transaction. Requires all its tallies, as they were when everything was
 * seen that they had counted.
 */
export function withdrawalItems(
  events: readonly DomainEvent[],
  tallies: readonly Tally[],
): TransactWriteItem[] {
  return events.flatMap((event) => {
    const undo = event.type === 'EventCorrected' ? event.data.undo : undefined
    if (undo?.of !== 'CertificateRegistered') return []
    if (tallies.length !== TALLIES) throw new Error('a certificate is withdrawn without its tallies')
    return tallies.map(({ shard, claims }) => ({
      Update: {
        TableName: tableName(),
        Key: keyOf(tallyKey(undo.certificate, shard)),
        UpdateExpression: 'SET withdrawnFrom = :from REMOVE barredUntil',
        ConditionExpression: claims === 0 ? 'attribute_not_exists(claims)' : 'claims = :claims',
        ExpressionAttributeValues: {
          ':from': text(event.occurredAt),
          ...(claims > 0 && { ':claims': number(claims) }),
        },
      },
    }))
  })
}

/** Tallies as they are counted again from events, by certificate and shard; see {@link countAgain}. */
export type CountedAgain = Map<string, { readonly counts: Map<string, number>; withdrawnFrom?: string }>

/**
 * Counts the claim of an event again, or notes the withdrawal that it is. Requires the batch of what is said instead of a
 * pickup in `before`. The order of events does not matter.
 */
export function countAgain(counted: CountedAgain, event: DomainEvent, before: Subjects): void {
  const tallyOf = (certificate: string, shard: number) => {
    const { pk } = tallyKey(certificate, shard)
    const found = counted.get(pk) ?? { counts: new Map<string, number>() }
    counted.set(pk, found)
    return found
  }
  const claim = claimIn(event)
  for (const certificate of claim?.certificates ?? []) {
    const { counts } = tallyOf(certificate, partOf(event.home, TALLIES))
    for (const name of ['claims', `${WEEK}${weekOf(dateOf(event, before))}`])
      counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const undo = event.type === 'EventCorrected' ? event.data.undo : undefined
  if (undo?.of !== 'CertificateRegistered') return
  for (let shard = 0; shard < TALLIES; shard++)
    tallyOf(undo.certificate, shard).withdrawnFrom = event.occurredAt
}

/** The items of tallies that were counted again. */
export const tallyItems = (counted: CountedAgain): Item[] =>
  [...counted].map(([pk, { counts, withdrawnFrom }]) => ({
    ...keyOf({ pk, sk: tallyKey('', 0).sk }),
    ...Object.fromEntries([...counts].map(([name, count]) => [name, number(count)])),
    ...(withdrawnFrom !== undefined && { withdrawnFrom: text(withdrawnFrom) }),
  }))

/** Bars claims dated `from` or later for a while, and reads all tallies of a certificate as they are then. */
export async function barClaims(certificate: string, from: string): Promise<Tally[]> {
  const barred = await updateAll(certificate, {
    UpdateExpression: 'SET withdrawnFrom = :from, barredUntil = :until',
    ConditionExpression: 'attribute_not_exists(withdrawnFrom) OR attribute_exists(barredUntil)',
    ExpressionAttributeValues: {
      ':from': text(from),
      ':until': text(new Date(Date.now() + BARRED_MS).toISOString()),
    },
  })
  return barred.map(tallyIn)
}

/** Takes bars away; does nothing to a certificate that is withdrawn. */
export async function unbarClaims(certificate: string): Promise<void> {
  await updateAll(certificate, {
    UpdateExpression: 'REMOVE withdrawnFrom, barredUntil',
    ConditionExpression: 'attribute_exists(barredUntil)',
  })
}

interface Change {
  readonly UpdateExpression: string
  readonly ConditionExpression: string
  readonly ExpressionAttributeValues?: Item
}

/** Changes the tallies whose condition holds; gives what each then is, nothing for the others. */
const updateAll = (certificate: string, change: Change): Promise<Item[]> =>
  Promise.all(Array.from({ length: TALLIES }, (_, shard) => update(certificate, shard, change)))

async function update(certificate: string, shard: number, change: Change): Promise<Item> {
  for (let attempt = 0; ; attempt++) {
    try {
      const { Attributes } = await dynamo().send(
        new UpdateItemCommand({
          TableName: tableName(),
          Key: keyOf(tallyKey(certificate, shard)),
          ReturnValues: 'ALL_NEW',
          ...change,
        }),
      )
      return Attributes ?? {}
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return {}
      if (!(error instanceof TransactionConflictException) || attempt === MOST_CONFLICTS) throw error
      await pauseBeforeRetry(attempt)
    }
  }
}

const MOST_CONFLICTS = 10
const WEEK = 'week'

/** One that was never counted in is all nothing. */
export function tallyIn(item: Item, shard: number): Tally {
  const weeks = Object.entries(item).filter(([attribute]) => attribute.startsWith(WEEK))
  return {
    shard,
    claims: Number(item['claims']?.N ?? 0),
    byWeek: new Map(weeks.map(([attribute, { N }]) => [Number(attribute.slice(WEEK.length)), Number(N)])),
  }
}
