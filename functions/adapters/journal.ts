import { QueryCommand } from '@aws-sdk/client-dynamodb'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import type { Place } from '../../shared/domain/report/lines.ts'
import { dynamo, tableName } from './client.ts'
import { readEvents } from './history.ts'
import { stringIn, text, type Item } from './items.ts'
import { eventOfJournalSk, journalPk, SITE_INDEX } from './keys.ts'

/**
 * The journal of a site: every event that concerns it, by the time from which it counts. It is an index, so it follows
 * the table, usually within a second: what was recorded a moment ago may be missing. The events themselves are read
 * from the table, many at a time.
 */
const PAGE = 1_000

/**
 * Events that count from `from` (from the beginning, without it) up to but without `to`, page by page, each once.
 * Throws where the index shows an event that the table does not have.
 */
export async function* readJournal(
  place: Place,
  { from, to }: { readonly from: string | undefined; readonly to: string },
  page = PAGE,
): AsyncGenerator<DomainEvent[]> {
  let last = ''
  for await (const items of queryPages(place, { from: from ?? '0', to, page })) {
    // A batch of a large load has an entry of its own; entries of one event stand side by side.
    const ids = items.flatMap((item) => {
      const id = eventOfJournalSk(stringIn(item, 'gsi1sk'))
      if (id === last) return []
      last = id
      return [id]
    })
    yield await readAll(ids)
  }
}

async function* queryPages(
  { org, site }: Place,
  { from, to, page }: { readonly from: string; readonly to: string; readonly page: number },
): AsyncGenerator<Item[]> {
  let startKey: Item | undefined
  do {
    const { Items = [], LastEvaluatedKey } = await dynamo().send(
      new QueryCommand({
        TableName: tableName(),
        IndexName: SITE_INDEX,
        KeyConditionExpression: 'gsi1pk = :journal AND gsi1sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':journal': text(journalPk(org, site)),
          ':from': text(from),
          // A key at this very instant goes on after it, and so lies beyond.
          ':to': text(to),
        },
        Limit: page,
        ...(startKey && { ExclusiveStartKey: startKey }),
      }),
    )
    yield Items
    startKey = LastEvaluatedKey
  } while (startKey)
}

/** Events never change, so any copy of one will do; only one that a copy lacks is asked for strongly. */
async function readAll(ids: readonly string[]): Promise<DomainEvent[]> {
  const found = await readEvents(ids, 'eventual')
  const missing = ids.filter((id) => !found.has(id))
  const late = await readEvents(missing)
  return ids.map((id) => {
    const event = (found.get(id) ?? late.get(id))?.event
    if (!event) throw new Error(`the journal names ${id}, which is not in the table`)
    return event
  })
}
