import { QueryCommand } from '@aws-sdk/client-dynamodb'
import { eventId } from '../../shared/domain/ids.ts'
import { dynamo, tableName } from './client.ts'
import { stringIn, text, type Item } from './items.ts'
import { eventKey, historyKey, sequenceOf, stateKey, subjectOfPk } from './keys.ts'
import { projectionOf, readItems } from './read.ts'
import { unpacked } from './packed.ts'

/**
 * Histories as anybody may read them, for proofs: the texts of events and the links between them. Every read names its
 * attributes, so that whoever reads for the public needs no permission for what opens a commitment.
 */
const ATTRIBUTES = ['pk', 'sk', 'event', 'hash', 'at'] as const

/** An event as it was hashed: its canonical JSON, and the hash of that. */
export interface EventText {
  readonly id: string
  readonly text: string
  readonly hash: string
}

/** The nth entry in a subject's history; `own` where the event is at home here, else it is elsewhere, under its id. */
export interface Entry {
  readonly sequence: number
  readonly event: string
  readonly own?: EventText
}

/** Where the history of a batch stands: how many entries it has, and the hash of the last event. Strongly read. */
export interface Tip {
  readonly version: number
  readonly head: string
}

export async function readTip(batch: string): Promise<Tip | undefined> {
  const [item] = await readItems([stateKey(batch)], 'strong', ['pk', 'sk', 'version', 'head'])
  return item && { version: Number(item['version']?.N ?? 0), head: stringIn(item, 'head') }
}

/** Up to `limit` entries of a history after a sequence number (0 for all), oldest first; fewer only where there are no more. */
export async function readEntriesAfter(
  subject: string,
  after: number,
  limit: number,
  consistency: 'strong' | 'eventual' = 'eventual',
): Promise<Entry[]> {
  const entries: Entry[] = []
  let from: Item | undefined
  do {
    const { pk, sk } = historyKey(subject, after + 1)
    const { ProjectionExpression, ExpressionAttributeNames } = projectionOf(ATTRIBUTES)
    const { Items = [], LastEvaluatedKey } = await dynamo().send(
      new QueryCommand({
        TableName: tableName(),
        KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': text(pk), ':from': text(sk), ':to': text('H#:') },
        ProjectionExpression,
        ExpressionAttributeNames,
        ConsistentRead: consistency === 'strong',
        Limit: Math.min(limit - entries.length, MOST_AT_ONCE),
        ...(from && { ExclusiveStartKey: from }),
      }),
    )
    entries.push(...Items.map(entryIn))
    from = LastEvaluatedKey
  } while (from && entries.length < limit)
  return entries
}

const MOST_AT_ONCE = 1000

/** How the history of a batch begins, with a pickup at home in it or with the end of the run that made it, and how long it is. */
export interface Beginning {
  readonly first: Entry
  readonly length: number
}

export async function readBeginnings(batches: readonly string[]): Promise<Map<string, Beginning>> {
  const keys = batches.flatMap((batch) => [eventKey(eventId(batch, 1)), stateKey(batch)])
  const items = await readItems(keys, 'eventual', [...ATTRIBUTES, 'version'])
  const lengths = new Map(
    items.flatMap((item) => (item['version'] ? [[subjectOf(item), Number(item['version'].N)]] : [])),
  )
  const entries = items.flatMap((item) => (item['version'] ? [] : [entryOf(item)]))
  const missing = batches.filter((batch) => !entries.some(([subject]) => subject === batch))
  const surely = await readItems(
    missing.map((batch) => eventKey(eventId(batch, 1))),
    'strong',
    ATTRIBUTES,
  )
  return new Map(
    [...entries, ...surely.map(entryOf)].map(([batch, first]) => [
      batch,
      { first, length: lengths.get(batch) ?? 0 },
    ]),
  )
}

const entryOf = (item: Item): [string, Entry] => [subjectOf(item), entryIn(item)]

/** The texts of events by their ids. Those that are not there are left out. */
export async function readTexts(events: readonly string[]): Promise<Map<string, EventText>> {
  const items = await readSurely(events)
  return new Map(items.flatMap((item) => (item['event'] ? [[entryIn(item).event, textIn(item)]] : [])))
}

/**
 * Half the price, for history does not change; what was written a moment ago may be missing from such a read, and is
 * asked for again strongly.
 */
async function readSurely(events: readonly string[]): Promise<Item[]> {
  const wanted = [...new Set(events)]
  const found = await readItems(wanted.map(eventKey), 'eventual', ATTRIBUTES)
  if (found.length === wanted.length) return found
  const known = new Set(found.map((item) => placeOf(item)))
  const missing = wanted.filter((event) => !known.has(event))
  return [...found, ...(await readItems(missing.map(eventKey), 'strong', ATTRIBUTES))]
}

const subjectOf = (item: Item): string => subjectOfPk(stringIn(item, 'pk'))
const placeOf = (item: Item): string => eventId(subjectOf(item), sequenceOf(stringIn(item, 'sk')))

function entryIn(item: Item): Entry {
  const sequence = sequenceOf(stringIn(item, 'sk'))
  if (!item['event']) return { sequence, event: stringIn(item, 'at') }
  return { sequence, event: placeOf(item), own: textIn(item) }
}

function textIn(item: Item): EventText {
  return { id: placeOf(item), text: unpacked(item['event']) ?? '', hash: stringIn(item, 'hash') }
}
