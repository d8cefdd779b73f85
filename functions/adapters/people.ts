import { createHmac, randomBytes } from 'node:crypto'
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { normalisedName, type Names } from '../../shared/domain/privacy/person.ts'
import { dynamo, tableName } from './client.ts'
import { keyOf, stringIn, text, type People } from './items.ts'
import { personSecretKey } from './keys.ts'
import { keeper } from './kept.ts'
import { readItem } from './read.ts'

/**
 * Under what entries are found by the person that they are about: a hash of the name, keyed with a secret that the
 * organisation has for nothing else. So the index names nobody, and the same name in two organisations is two people.
 */
const KEPT_MS = 15_000
const SECRET_BYTES = 32

const secrets = keeper<string>(KEPT_MS)

/** Hashes of those named; nothing is read where nobody is. */
export async function peopleOf(org: string, { person, weigher }: Names): Promise<People> {
  if (person === undefined && weigher === undefined) return {}
  const secret = await secretOf(org)
  return {
    ...(person !== undefined && { person: hashOf(person, secret) }),
    ...(weigher !== undefined && { weigher: hashOf(weigher, secret) }),
  }
}

/** The hash of a name in an organisation; undefined where no entry of it has ever named anybody. */
export async function findPerson(org: string, name: string): Promise<string | undefined> {
  const secret = await secrets.get(org, () => readSecret(org))
  return secret === undefined ? undefined : hashOf(name, secret)
}

const hashOf = (name: string, secret: string): string =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(normalisedName(name)).digest('hex')

async function readSecret(org: string): Promise<string | undefined> {
  const item = await readItem(personSecretKey(org))
  return item && stringIn(item, 'secret')
}

/** Drawn when somebody is first named; of several that do so at once, one is first. */
async function secretOf(org: string): Promise<string> {
  const secret = await secrets.get(org, async () => (await readSecret(org)) ?? (await drawSecret(org)))
  if (secret === undefined) throw new Error(`${org} has no secret to hash names with`)
  return secret
}

async function drawSecret(org: string): Promise<string | undefined> {
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  try {
    await dynamo().send(
      new PutItemCommand({
        TableName: tableName(),
        Item: { ...keyOf(personSecretKey(org)), secret: text(secret) },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    )
    return secret
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return readSecret(org)
    throw error
  }
}
