import { QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Part } from '../../shared/domain/privacy/sealed.ts'
import { dynamo, tableName } from './client.ts'
import { stringIn, text, type Item, type People } from './items.ts'
import { eventKey, eventOfPersonSk, PERSON_INDEXES, personPk } from './keys.ts'
import { openedIn, type Opened } from './openings.ts'
import { readItems } from './read.ts'

/** The entries that somebody is named in, whatever it is that they did there. */
export interface Entry extends Opened {
  readonly part: Part
  readonly item: Item
}

export type Capacity = keyof People

export interface EntryPage {
  readonly entries: readonly Entry[]
  /** Where to go on from in this index; absent at its end. */
  readonly next?: string
}

/**
 * One page of those in which a person is named in one capacity, oldest first. The indexes follow the table within a second
 * or so, so an entry of a moment ago may be missing; what they show is read from the table strongly, and what does not
 * name the person any more is left out.
 */
export async function readEntries(
  capacity: Capacity,
  person: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<EntryPage> {
  const { name, pk, sk } = PERSON_INDEXES[capacity]
  const { Items = [], LastEvaluatedKey } = await dynamo().send(
    new QueryCommand({
      TableName: tableName(),
      IndexName: name,
      KeyConditionExpression: after === undefined ? '#pk = :person' : '#pk = :person AND #sk > :after',
      ExpressionAttributeNames: { '#pk': pk, ...(after !== undefined && { '#sk': sk }) },
      ExpressionAttributeValues: {
        ':person': text(personPk(person)),
        ...(after !== undefined && { ':after': text(after) }),
      },
      Limit: limit,
    }),
  )
  const positions = Items.map((item) => stringIn(item, sk))
  const last = positions.at(-1)
  return {
    entries: await loadEntriesOf(person, positions.map(eventOfPersonSk)),
    ...(LastEvaluatedKey && last !== undefined && { next: last }),
  }
}

/** Events in their order, as they are now, of those that name the person. */
export async function loadEntriesOf(person: string, events: readonly string[]): Promise<Entry[]> {
  const items = await readItems(events.map(eventKey))
  const entries = new Map(
    items.flatMap((item) => {
      const entry = entryIn(item, person)
      return entry ? [[entry.event.id, entry]] : []
    }),
  )
  return events.flatMap((event) => entries.get(event) ?? [])
}

function entryIn(item: Item, person: string): Entry | undefined {
  const names = (capacity: Capacity): boolean => item[PERSON_INDEXES[capacity].pk]?.S === personPk(person)
  const opened = openedIn(item)
  if (!opened) return undefined
  const [isPerson, isSecond] = [names('person'), names('weigher')]
  const isLoad = opened.event.type === 'BatchShipped'
  const part = { isPerson, isWeigher: isSecond && !isLoad, isVehicle: isSecond && isLoad }
  return isPerson || isSecond ? { ...opened, part, item } : undefined
}
