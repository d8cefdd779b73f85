import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Batch } from '../../shared/domain/batch.ts'
import type { HashedEvent, Subject } from '../../shared/domain/fold.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'
import type { Opening } from '../../shared/ledger/seal.ts'
import { historyKey, siteIndexPk, siteIndexSk, stateKey, type Key } from './keys.ts'

/**
 * How things look in the table. Facts are kept as the JSON text that was hashed or folded; beside it stand only the
 * attributes that conditions and the index need. The text is the truth, the attributes repeat it.
 */
export type Item = Record<string, AttributeValue>

export const text = (value: string): AttributeValue => ({ S: value })
export const number = (value: number): AttributeValue => ({ N: String(value) })
export const keyOf = ({ pk, sk }: Key): Item => ({ pk: text(pk), sk: text(sk) })

/** What an event's item carries beside the event: for the first of a command, what makes a resend answerable. */
export interface Beside {
  readonly openings?: Readonly<Record<string, Opening>>
  readonly requestHash?: string
  readonly answer?: string
}

export function eventItem(sequence: number, { event, hash }: HashedEvent, beside: Beside): Item {
  return {
    ...keyOf(historyKey(event.home, sequence)),
    event: text(canonicalJson(event)),
    hash: text(hash),
    ...(beside.openings && { sealed: text(JSON.stringify(beside.openings)) }),
    ...(beside.requestHash !== undefined && { requestHash: text(beside.requestHash) }),
    ...(beside.answer !== undefined && { answer: text(beside.answer) }),
  }
}

export function linkItem(subject: string, sequence: number, eventId: string): Item {
  return { ...keyOf(historyKey(subject, sequence)), at: text(eventId) }
}

export function stateItem(subject: Subject): Item {
  return {
    ...keyOf(stateKey(subject.id)),
    state: text(JSON.stringify(subject)),
    version: number(subject.version),
    head: text(subject.head),
    ...(subject.kind === 'batch' && batchAttributes(subject)),
  }
}

function batchAttributes(batch: Batch): Item {
  return {
    stage: text(batch.stage),
    status: text(batch.status),
    custodian: text(batch.custodian),
    remainingGrams: number(batch.remainingGrams),
    gsi1pk: text(siteIndexPk(batch.custodian, batch.site)),
    gsi1sk: text(siteIndexSk(batch.recordedAt, batch.id)),
  }
}

/** The string in an attribute; throws where it is missing, because then the table holds what we never wrote. */
export function stringIn(item: Item, attribute: string): string {
  const value = item[attribute]?.S
  if (value === undefined) throw new Error(`an item has no ${attribute}`)
  return value
}

/** The folded state in a state item. What we wrote is trusted to be what we read. */
export function subjectIn(item: Item): Subject {
  const subject: Subject = JSON.parse(stringIn(item, 'state'))
  return subject
}

export function hashedEventIn(item: Item): HashedEvent {
  const event: HashedEvent['event'] = JSON.parse(stringIn(item, 'event'))
  return { event, hash: stringIn(item, 'hash') }
}
