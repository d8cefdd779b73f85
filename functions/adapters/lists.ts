import { QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Certificate } from '../../shared/domain/state/certificate.ts'
import type { Period } from '../../shared/domain/state/period.ts'
import { dynamo, tableName } from './client.ts'
import { stringIn, subjectIn, text, type Item } from './items.ts'
import { idOfListSk, listKey, LISTS, organisationKey, type ListName } from './keys.ts'
import { readItems } from './read.ts'

/** An organisation's lists, each a part of its own partition, read strongly. */

export interface ListEntry {
  readonly position: string
  readonly id: string
}

/** Up to `limit` entries before a position, newest first. */
export async function readList(
  org: string,
  list: ListName,
  options: { readonly before: string | undefined; readonly limit: number },
): Promise<ListEntry[]> {
  const items = await query(org, LISTS[list], options)
  return items.map((item) => {
    const position = stringIn(item, 'sk')
    return { position, id: idOfListSk(position) }
  })
}

/** All certificates that an organisation ever had, the withdrawn ones too. */
export async function readCertificates(org: string): Promise<Certificate[]> {
  const subjects = (await query(org, LISTS.certificates, {})).map(subjectIn)
  return subjects.filter((subject) => subject.kind === 'certificate')
}

/** Certificates by their organisation and id, in batched reads; those that are not there are left out. */
export async function readNamedCertificates(
  named: readonly { readonly org: string; readonly id: string }[],
): Promise<Certificate[]> {
  const keys = new Map(named.map(({ org, id }) => [`${org} ${id}`, listKey(org, 'certificates', '', id)]))
  const subjects = (await readItems([...keys.values()])).map(subjectIn)
  return subjects.filter((subject) => subject.kind === 'certificate')
}

/** All closed periods of an organisation's sites, by site and then by time. */
export async function readCloses(org: string): Promise<Period[]> {
  const subjects = (await query(org, LISTS.closes, {})).map(subjectIn)
  return subjects.filter((subject) => subject.kind === 'period').toReversed()
}

/** Up to `limit` of what the sort keys of an organisation's partition say lies before one and not before another, newest first. */
export const readListRange = (
  org: string,
  { from, before, limit }: { readonly from: string; readonly before: string; readonly limit: number },
): Promise<Item[]> => query(org, from, { before, limit })

/** All items of an organisation's partition whose sort key begins so. */
export const readListItems = (org: string, prefix: string): Promise<Item[]> => query(org, prefix, {})

async function query(
  org: string,
  prefix: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit?: number },
): Promise<Item[]> {
  const found: Item[] = []
  let startKey: Item | undefined
  do {
    const page = await dynamo().send(
      new QueryCommand({
        TableName: tableName(),
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': text(organisationKey(org).pk),
          ':from': text(prefix),
          ':to': text(before ?? `${prefix}~`),
        },
        ConsistentRead: true,
        ScanIndexForward: false,
        ...(limit !== undefined && { Limit: limit + 1 }),
        ...(startKey && { ExclusiveStartKey: startKey }),
      }),
    )
    // BETWEEN takes both ends; the entry at `before` was on the page before.
    found.push(...(page.Items ?? []).filter((item) => item['sk']?.S !== before))
    startKey = page.LastEvaluatedKey
    if (limit !== undefined && found.length >= limit) return found.slice(0, limit)
  } while (startKey)
  return found
}
