import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda'
import type { Organisation } from '../../shared/domain/organisation.ts'
import type { Certificate } from '../../shared/domain/state/certificate.ts'
import type { Subject } from '../../shared/domain/state/fold.ts'
import { isWritten } from './conditional.ts'
import { dynamo, tableName } from './client.ts'
import { keyOf, number, stringIn, text } from './items.ts'
import {
  ANEW,
  anewKey,
  eventOfJournalSk,
  journalPk,
  LISTS,
  organisationKey,
  SITE_INDEX,
  stateKey,
} from './keys.ts'
import { unpackedRecord } from './packed.ts'

/**
 * How what a passport shows besides its batch reaches it: the maker's contact, and that a certificate was withdrawn.
 * When the stream shows such a change, an item says what is to be made anew and how far that has come. Every write of it
 * is a record in the stream again, upon which the next page of the journals of its sites is gone through. So it goes on
 * by itself, however much there is, in steps of which each may fail, come twice, and begin again: a batch is touched so
 * that its passport is made anew as at any other change, from what stands in the table by then.
 */
export interface Anew {
  readonly org: string
  /** Its contact, or the id of its certificate. */
  readonly why: string
  /** Sites whose journals are still to be gone through; the first of them from here on. */
  readonly sites: readonly string[]
  readonly from: string
  /** Where the others begin. */
  readonly begin: string
  readonly step: number
}

export const OF_CONTACT = 'contact'

/** What a stream record asks for: to begin with something, or to go on with it. Undefined for a record of all else. */
export function anewIn(record: DynamoDBRecord): { readonly begin: boolean; readonly anew: Anew } | undefined {
  const { Keys, NewImage, OldImage } = record.dynamodb ?? {}
  const sk = Keys?.['sk']?.S ?? ''
  if (sk.startsWith(ANEW)) {
    const goingOn = NewImage?.['anew']?.S
    if (goingOn === undefined) return undefined
    const anew: Anew = JSON.parse(goingOn)
    return { begin: false, anew }
  }
  const begun =
    sk === organisationKey('').sk ? newContact(OldImage, NewImage) : newlyWithdrawn(sk, OldImage, NewImage)
  return begun && { begin: true, anew: begun }
}

type Image = Readonly<Record<string, AttributeValue>>

function newContact(before: Image | undefined, now: Image | undefined): Anew | undefined {
  const [old, organisation] = [before, now].map(organisationIn)
  if (!old || !organisation || old.contact === organisation.contact) return undefined
  const sites = organisation.sites.map(({ id }) => id)
  return { org: organisation.id, why: OF_CONTACT, sites, from: FIRST, begin: FIRST, step: 0 }
}

function organisationIn(image: Image | undefined): Organisation | undefined {
  const written = unpackedRecord(image?.['organisation'])
  if (written === undefined) return undefined
  const organisation: Organisation = JSON.parse(written)
  return organisation
}

function newlyWithdrawn(sk: string, before: Image | undefined, now: Image | undefined): Anew | undefined {
  if (!sk.startsWith(LISTS.certificates)) return undefined
  const [old, certificate] = [before, now].map(certificateIn)
  if (!certificate || old?.withdrawnAt === certificate.withdrawnAt) return undefined
  const { org, id, sites, validFrom } = certificate
  return { org, why: id, sites, from: validFrom, begin: validFrom, step: 0 }
}

function certificateIn(image: Image | undefined): Certificate | undefined {
  const written = unpackedRecord(image?.['state'])
  const subject: Subject | undefined = written === undefined ? undefined : JSON.parse(written)
  return subject?.kind === 'certificate' ? subject : undefined
}

/** Before all times. */
const FIRST = '0'

/** Begins, or begins again where the same is under way: what had come so far may have been made from what was before. */
export async function beginAnew(anew: Anew): Promise<void> {
  await dynamo().send(
    new PutItemCommand({
      TableName: tableName(),
      Item: {
        ...keyOf(anewKey(anew.org, anew.why)),
        anew: text(JSON.stringify(anew)),
        step: number(anew.step),
      },
    }),
  )
}

/** Notes how far it has come. Does nothing where somebody else has gone on from the same step, or has begun again. */
export async function goOnAnew(anew: Anew, next: Pick<Anew, 'sites' | 'from'>): Promise<void> {
  const step = anew.step + 1
  await isWritten(
    new UpdateItemCommand({
      TableName: tableName(),
      Key: keyOf(anewKey(anew.org, anew.why)),
      UpdateExpression: 'SET anew = :next, step = :step',
      ConditionExpression: 'anew = :anew',
      ExpressionAttributeValues: {
        ':anew': text(JSON.stringify(anew)),
        ':next': text(JSON.stringify({ ...anew, ...next, step })),
        ':step': number(step),
      },
    }),
  )
}

/** Up to so many events of a site's journal after a place in it, and the place to go on from, if there may be more. */
export async function readJournalIds(
  org: string,
  site: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ readonly ids: readonly string[]; readonly next?: string }> {
  const { Items = [], LastEvaluatedKey } = await dynamo().send(
    new QueryCommand({
      TableName: tableName(),
      IndexName: SITE_INDEX,
      KeyConditionExpression: 'gsi1pk = :journal AND gsi1sk > :after',
      ExpressionAttributeValues: { ':journal': text(journalPk(org, site)), ':after': text(after) },
      Limit: limit,
    }),
  )
  const last = Items.at(-1)
  return {
    ids: Items.map((item) => eventOfJournalSk(stringIn(item, 'gsi1sk'))),
    ...(LastEvaluatedKey && last && { next: stringIn(last, 'gsi1sk') }),
  }
}

/** Has a batch's passport made anew. It raises the revision, as whatever changes a passport does. */
export async function touchBatch(batch: string): Promise<void> {
  await isWritten(
    new UpdateItemCommand({
      TableName: tableName(),
      Key: keyOf(stateKey(batch)),
      UpdateExpression: 'SET revision = revision + :one',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':one': number(1) },
    }),
  )
}
