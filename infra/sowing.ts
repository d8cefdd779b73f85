import { createHash } from 'node:crypto'
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from '../functions/adapters/client.ts'
import { listItem, recordItem } from '../functions/adapters/identities.ts'
import { organisationItem } from '../functions/adapters/registry.ts'
import { refOfSecret, wholeKey } from '../functions/callers/keys.ts'
import { idFromBytes } from '../shared/domain/ids.ts'
import type { Organisation } from '../shared/domain/organisation.ts'

/**
 * The first of everything: an organisation, and a key of its operator with which all others are made through the API.
 * Sowing the same again changes nothing but what the organisation says of itself.
 */
export async function sowOrganisation(organisation: Organisation, operatorSecret: string): Promise<void> {
  const ref = refOfSecret(operatorSecret)
  const record = wholeKey({
    id: idFromBytes('key', createHash('sha256').update(ref).digest()),
    org: organisation.id,
    role: 'operator',
    name: 'First key',
    madeAt: new Date().toISOString(),
  })
  const items = [
    organisationItem(organisation),
    recordItem('key', { ref, record, revision: 1 }),
    listItem('key', ref, record),
  ]
  for (const Item of items) await dynamo().send(new PutItemCommand({ TableName: tableName(), Item }))
}
