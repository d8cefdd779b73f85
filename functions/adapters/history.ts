import { QueryCommand } from '@aws-sdk/client-dynamodb'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import type { HashedEvent } from '../../shared/domain/state/fold.ts'
import type { Stage } from '../../shared/domain/material/stages.ts'
import { dynamo, tableName } from './client.ts'
import { hashedEventIn, stringIn, text, type Item, type Loaded } from './items.ts'
import { batchOfSiteIndexSk, eventKey, historyKey, sequenceOf, SITE_INDEX, siteIndexPk } from './keys.ts'
import { loadMany } from './ledger.ts'
import { readItems } from './read.ts'

/** Reads that return many: the history of a batch, the batches of a site. */

export interface HistoryPage {
  readonly events: readonly HashedEvent[]
  /** Sequence of the last entry returned, where there may be more. */
  readonly nextAfter?: number
}

/** Entries of a batch's history after a sequence number (0 for all), oldest first. */
export async function readHistory(batch: string, after: number, limit: number): Promise<HistoryPage> {
  const { items, ...next } = await readEventItems(batch, after, limit)
  return { events: items.map(hashedEventIn), ...next }
}

/** The same as items of events, with what stands beside them. */
export async function readEventItems(batch: string, after: number, limit: number): Promise<HistoryItems> {
  const { items, ...next } = await readHistoryItems(batch, after, limit)
  const linked = await readItems(
    items.flatMap((item) => (item['at'] ? [eventKey(stringIn(item, 'at'))] : [])),
  )
  const byId = new Map(linked.map((item) => [hashedEventIn(item).event.id, item]))
  const events = items.map((item) => (item['at'] ? byId.get(stringIn(item, 'at')) : item))
  return { items: events.filter((item) => item !== undefined), ...next }
}

export interface HistoryItems {
  readonly items: readonly Item[]
  /** Sequence of the last item returned, where there may be more. */
  readonly nextAfter?: number
}

/** The items of a subject's own history after a sequence number, oldest first: events, and links to those of others. */
export async function readHistoryItems(subject: string, after: number, limit: number): Promise<HistoryItems> {
  const from = historyKey(subject, after + 1)
  const { Items = [], LastEvaluatedKey } = await dynamo().send(
    new QueryCommand({
      TableName: tableName(),
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': text(from.pk), ':from': text(from.sk), ':to': text('H#:') },
      ConsistentRead: true,
      Limit: limit,
    }),
  )
  const last = Items.at(-1)
  return {
    items: Items,
    ...(LastEvaluatedKey && last && { nextAfter: sequenceOf(stringIn(last, 'sk')) }),
  }
}

/** The whole history of a subject, oldest first. For corrections, which are rare and must know all that followed. */
export async function readWholeHistory(subject: string): Promise<DomainEvent[]> {
  const events: DomainEvent[] = []
  for (let after = 0; ;) {
    const page = await readHistory(subject, after, HISTORY_PAGE)
    events.push(...page.events.map(({ event }) => event))
    if (page.nextAfter === undefined) return events
    after = page.nextAfter
  }
}

const HISTORY_PAGE = 500

/** Events by their ids, in any order; those that are not there are left out. */
export async function readEvents(
  ids: readonly string[],
  consistency: 'strong' | 'eventual' = 'strong',
): Promise<Map<string, HashedEvent>> {
  const items = await readItems([...new Set(ids)].map(eventKey), consistency)
  return new Map(items.map(eventById))
}

function eventById(item: Item): [string, HashedEvent] {
  const hashed = hashedEventIn(item)
  return [hashed.event.id, hashed]
}

/** One entry of the index of a site: enough to merge sites and to page on, not enough to decide anything. */
export interface SiteEntry {
  readonly position: string
  readonly batch: string
}

/**
 * Up to `limit` entries of one site before a position, newest first. The index is eventually consistent: a batch may
 * be missing for a moment, which is why states are always read from the table itself.
 */
export async function readSiteEntries(
  org: string,
  site: string,
  options: { readonly before: string | undefined; readonly stage: Stage | undefined; readonly limit: number },
): Promise<SiteEntry[]> {
  const { before, stage, limit } = options
  const entries: SiteEntry[] = []
  let startKey: Item | undefined
  do {
    const page = await dynamo().send(
      new QueryCommand({
        TableName: tableName(),
        IndexName: SITE_INDEX,
        KeyConditionExpression:
          before === undefined ? 'gsi1pk = :site' : 'gsi1pk = :site AND gsi1sk < :before',
        ...(stage !== undefined && { FilterExpression: 'stage = :stage' }),
        ExpressionAttributeValues: {
          ':site': text(siteIndexPk(org, site)),
          ...(before !== undefined && { ':before': text(before) }),
          ...(stage !== undefined && { ':stage': text(stage) }),
        },
        ScanIndexForward: false,
        ...(stage === undefined && { Limit: limit }),
        ...(startKey && { ExclusiveStartKey: startKey }),
      }),
    )
    for (const item of page.Items ?? []) {
      const position = stringIn(item, 'gsi1sk')
      entries.push({ position, batch: batchOfSiteIndexSk(position) })
    }
    startKey = page.LastEvaluatedKey
  } while (startKey && entries.length < limit)
  return entries.slice(0, limit)
}

/** What is behind entries of any list, in the entries' order, as it is now. */
export async function loadEntries(ids: readonly string[]): Promise<Loaded[]> {
  const loaded = new Map((await loadMany(ids)).map((one) => [one.subject.id, one]))
  return ids.flatMap((id) => loaded.get(id) ?? [])
}
