import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Batch } from '../../shared/domain/state/batch.ts'
import { countsAt } from '../../shared/domain/events/envelope.ts'
import { eventFromText } from '../../shared/domain/events/upcasting.ts'
import type { HashedEvent, Subject } from '../../shared/domain/state/fold.ts'
import type { LinkedEvent } from '../../shared/ledger/link.ts'
import type { Opening } from '../../shared/ledger/seal.ts'
import {
  historyKey,
  journalPk,
  journalSk,
  listKey,
  onceKey,
  PERSON_INDEXES,
  personPk,
  personSk,
  siteIndexPk,
  siteIndexSk,
  stateKey,
  type Key,
} from './keys.ts'
import { packed, unpacked } from './packed.ts'

/**
 * How things look in the table. Facts are kept as the JSON text that was hashed or folded; beside it stand only the
 * attributes that conditions and the index need. The text is the truth, the attributes repeat it. Long texts are packed.
 */
export type Item = Record<string, AttributeValue>

export const text = (value: string): AttributeValue => ({ S: value })
export const number = (value: number): AttributeValue => ({ N: String(value) })
export const keyOf = ({ pk, sk }: Key): Item => ({ pk: text(pk), sk: text(sk) })

/** Whom an entry is about, each as a hash of their name; see people.ts. */
export type People = Readonly<Partial<Record<keyof typeof PERSON_INDEXES, string>>>

/** What an event's item carries beside the event: for the first of a command, what makes a resend answerable. */
export interface Beside {
  readonly openings?: Readonly<Record<string, Opening>>
  readonly people?: People
  /** Where the hash of a request stands that named people, if not in the same item: it is erased with them. */
  readonly askedIn?: string
  readonly requestHash?: string
  readonly answer?: string
}

export function eventItem(
  sequence: number,
  { event, hash, text: canonical }: LinkedEvent,
  beside: Beside,
): Item {
  return {
    ...keyOf(historyKey(event.home, sequence)),
    ...journalAttributes(event, event.home, event),
    event: packed(canonical),
    hash: text(hash),
    ...(beside.openings && { sealed: text(JSON.stringify(beside.openings)) }),
    ...personAttributes(event, beside.people ?? {}),
    ...(beside.askedIn !== undefined && { askedIn: text(beside.askedIn) }),
    ...firstAnswerAttributes(beside),
  }
}

function personAttributes({ recordedAt, id }: HashedEvent['event'], people: People): Item {
  const indexed = (capacity: keyof People): Item => {
    const person = people[capacity]
    const { pk, sk } = PERSON_INDEXES[capacity]
    return person === undefined ? {} : { [pk]: text(personPk(person)), [sk]: text(personSk(recordedAt, id)) }
  }
  return { ...indexed('person'), ...indexed('weigher') }
}

/** What makes a resend answerable; for a command on what was there already, an item of its own. */
export function onceItem(commandHash: string, beside: Beside): Item {
  return { ...keyOf(onceKey(commandHash)), ...firstAnswerAttributes(beside) }
}

function firstAnswerAttributes({ requestHash, answer }: Beside): Item {
  return {
    ...(requestHash !== undefined && { requestHash: text(requestHash) }),
    ...(answer !== undefined && { answer: packed(answer) }),
  }
}

/** A link to an event; in the journal of the site where the subject lay, if that is not the event's own. */
export function linkItem(
  subject: string,
  sequence: number,
  event: HashedEvent['event'],
  lay: { readonly org: string; readonly site: string } | undefined,
): Item {
  const isElsewhere = lay !== undefined && (lay.org !== event.org || lay.site !== event.site)
  return {
    ...keyOf(historyKey(subject, sequence)),
    ...(isElsewhere && journalAttributes(lay, subject, event)),
    at: text(event.id),
  }
}

function journalAttributes(
  { org, site }: { readonly org: string; readonly site: string },
  subject: string,
  event: HashedEvent['event'],
): Item {
  // What happens at no site is in no site's books.
  if (site === '') return {}
  return {
    gsi1pk: text(journalPk(org, site)),
    gsi1sk: text(journalSk(countsAt(event), event.id, subject)),
  }
}

/** A subject as loaded: what its events say, and what stands beside because others' events put it there. */
export interface Loaded {
  readonly subject: Subject
  /** Ids of the BatchHeld events that rest on it. */
  readonly holds: readonly string[]
  /** Counts every write of the item, so that one can be made conditional on nothing having changed. */
  readonly revision: number
}

export function stateItem({ subject, holds, revision }: Loaded): Item {
  return {
    ...keyOf(stateKey(subject.id)),
    state: packed(JSON.stringify(subject)),
    version: number(subject.version),
    head: text(subject.head),
    revision: number(revision),
    ...(holds.length > 0 && { holds: { SS: [...holds] } }),
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

/** Entries in organisations' lists: written with the first state of a subject, or whole with every one. */
export function listItems(subject: Subject, isNew: boolean): Item[] {
  switch (subject.kind) {
    case 'run':
      return isNew ? [keyOf(listKey(subject.org, 'runs', subject.recordedAt, subject.id))] : []
    case 'shipment':
      return isNew
        ? [
            keyOf(listKey(subject.from.org, 'outgoing', subject.recordedAt, subject.id)),
            keyOf(listKey(subject.to.org, 'incoming', subject.recordedAt, subject.id)),
          ]
        : []
    case 'certificate': {
      const key = listKey(subject.org, 'certificates', '', subject.id)
      return [{ ...keyOf(key), state: packed(JSON.stringify(subject)) }]
    }
    case 'period': {
      const key = listKey(subject.org, 'closes', `${subject.site}#${subject.to}`, subject.id)
      return [{ ...keyOf(key), state: packed(JSON.stringify(subject)) }]
    }
    case 'batch':
    case 'erasure':
      return []
  }
}

/** The text in an attribute, unpacked if need be; throws where it is missing, because then the table holds what we never wrote. */
export function stringIn(item: Item, attribute: string): string {
  const value = unpacked(item[attribute])
  if (value === undefined) throw new Error(`an item has no ${attribute}`)
  return value
}

/** The folded state in a state item. What we wrote is trusted to be what we read. */
export function subjectIn(item: Item): Subject {
  const subject: Subject = JSON.parse(stringIn(item, 'state'))
  return subject
}

export function loadedIn(item: Item): Loaded {
  return {
    subject: subjectIn(item),
    holds: [...(item['holds']?.SS ?? [])].sort(),
    revision: Number(item['revision']?.N ?? 0),
  }
}

export function hashedEventIn(item: Item): HashedEvent {
  return { event: eventFromText(stringIn(item, 'event')), hash: stringIn(item, 'hash') }
}
