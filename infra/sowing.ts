import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { dynamo, tableName } from '../functions/adapters/client.ts'
import { listItem, recordItem } from '../functions/adapters/identities.ts'
import type { Item } from '../functions/adapters/items.ts'
import { hostedItem, organisationItem } from '../functions/adapters/registry.ts'
import { newSecret, wholeKey } from '../functions/callers/keys.ts'
import { refOf } from '../functions/callers/secrets.ts'
import { organisationBody } from '../shared/contract/requests/identity.ts'
import { idFromBytes } from '../shared/domain/ids.ts'
import type { Organisation } from '../shared/domain/organisation.ts'

/**
 * The first of everything: an organisation, and a key of its operator with which all others are made through the API.
 * The one that is sown with `isHost` runs the deployment; whatever else is sown names it as its `host`. Sowing again
 * changes nothing that is there: sites that were added since stay, and a key that was revoked stays so.
 */
export async function sowOrganisation(
  organisation: Organisation,
  operatorSecret: string,
  host?: string,
): Promise<void> {
  const ref = refOf(operatorSecret)
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
    ...(host === undefined ? [] : [hostedItem(host, organisation.id)]),
  ]
  for (const item of items) await putUnlessThere(item)
}

/** Lists' entries have no revision; put again they are the same. */
async function putUnlessThere(Item: Item): Promise<void> {
  const put = { TableName: tableName(), Item, ConditionExpression: 'attribute_not_exists(revision)' }
  try {
    await dynamo().send(new PutItemCommand(put))
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
}

/** `npm run sow -- host.json`: sows the host of a deployment and prints its first key, or, sown already, one key more. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file] = process.argv
  if (file === undefined) throw new Error('Name a file with the organisation: npm run sow -- host.json')
  const { id, name, sites, contact } = organisationBody.parse(JSON.parse(await readFile(file, 'utf8')))
  const secret = newSecret('operator')
  await sowOrganisation({ id, name, sites, isHost: true, ...(contact !== undefined && { contact }) }, secret)
  process.stdout.write(`${id} is there. A key of its operator, shown this once: ${secret}\n`)
}
