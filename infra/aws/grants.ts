import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import {
  Effect,
  Grant,
  PolicyStatement,
  type IGrantable,
  type PolicyStatementProps,
} from 'aws-cdk-lib/aws-iam'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { FunctionSpec } from '../../shared/contract/functions.ts'
import { GRANTED, TABLE } from '../table.ts'
import type { Evidence } from './evidence.ts'

type Access = Exclude<FunctionSpec['table'], 'none'>

/**
 * What the adapters ask of the table, action by action. A transaction has no permission of its own: IAM checks each
 * action inside it: puts, of what is counted updates, and of who may use a GTIN a condition. Nothing is ever deleted but what was known of the photos of
 * somebody who was erased.
 */
const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']

/** On all items alike. */
const WHOLE: Readonly<Partial<Record<Access, readonly string[]>>> = {
  read: READ,
  append: [...READ, 'dynamodb:PutItem'],
  disclose: READ,
  erase: READ,
  project: ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  audit: ['dynamodb:Scan'],
}

interface Narrowed {
  readonly actions: readonly string[]
  /** What the partition keys begin with: the letter of what is in them. */
  readonly partitions: readonly string[]
  /** What may be named of an item, all others being out of reach, also by having the item returned. */
  readonly attributes?: readonly string[]
}

/** On some partitions or attributes only. Who finds out who calls reads of organisations whether they are suspended. */
const NARROWED: Readonly<Partial<Record<Access, readonly Narrowed[]>>> = {
  identify: [
    { actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], partitions: GRANTED.identityPrefixes },
    {
      actions: ['dynamodb:GetItem'],
      partitions: [GRANTED.organisationPrefix],
      attributes: GRANTED.standingAttributes,
    },
    { actions: ['dynamodb:PutItem'], partitions: [GRANTED.usedTokenPrefix] },
  ],
  public: [
    {
      actions: ['dynamodb:GetItem'],
      partitions: [GRANTED.batchPrefix],
      attributes: GRANTED.publicAttributes,
    },
  ],
  evidence: [
    {
      actions: READ,
      partitions: GRANTED.evidencePrefixes,
      attributes: GRANTED.evidenceAttributes,
    },
    { actions: ['dynamodb:GetItem'], partitions: GRANTED.logPrefixes },
  ],
  resolve: [{ actions: ['dynamodb:GetItem', 'dynamodb:Query'], partitions: GRANTED.gtinPrefixes }],
  log: [{ actions: ['dynamodb:GetItem', 'dynamodb:Query'], partitions: GRANTED.logPrefixes }],
  sequence: [
    {
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
      partitions: GRANTED.logPrefixes,
    },
  ],
  audit: [{ actions: ['dynamodb:GetItem'], partitions: GRANTED.logPrefixes }],
  append: [
    { actions: ['dynamodb:UpdateItem'], partitions: GRANTED.tallyPrefixes },
    { actions: ['dynamodb:ConditionCheckItem'], partitions: GRANTED.gtinPrefixes },
  ],
  disclose: [{ actions: ['dynamodb:PutItem'], partitions: GRANTED.accessPrefixes }],
  erase: [
    { actions: ['dynamodb:PutItem'], partitions: GRANTED.erasure.written },
    {
      actions: ['dynamodb:UpdateItem'],
      partitions: GRANTED.erasure.changed,
      attributes: GRANTED.erasure.attributes,
    },
    {
      actions: ['dynamodb:UpdateItem'],
      partitions: GRANTED.erasure.labelled,
      attributes: GRANTED.erasure.recordAttributes,
    },
    { actions: ['dynamodb:DeleteItem'], partitions: GRANTED.erasure.deleted },
  ],
}

/** "All attributes" is no list, neither of what is read nor of what is returned: hence the conditions on both. */
function conditionsOf({ actions, partitions, attributes }: Narrowed): Conditions {
  const whole = actions.includes('dynamodb:UpdateItem')
    ? { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] }
    : { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' }
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.map((prefix) => `${prefix}*`) },
    ...(attributes && {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] },
      StringEqualsIfExists: whole,
    }),
  }
}

type Conditions = NonNullable<PolicyStatementProps['conditions']>

/** Who may put any item may still not put those of the log, which the sequencer alone keeps. */
const notTheLog = (table: TableV2): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.DENY,
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    resources: [table.tableArn],
    conditions: {
      'ForAnyValue:StringLike': {
        'dynamodb:LeadingKeys': GRANTED.logPrefixes.map((prefix) => `${prefix}*`),
      },
    },
  })

/** Lets a function do to the table what its entry in the function table says. */
export function grantTable(
  grantee: IGrantable,
  { table: access, index }: Pick<FunctionSpec, 'table' | 'index'>,
  table: TableV2,
): void {
  if (access === 'none') return
  const allow = (actions: readonly string[], conditions?: Conditions): void => {
    const statement = {
      actions: [...actions],
      resources: [table.tableArn],
      ...(conditions && { conditions }),
    }
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement(statement))
  }
  const whole = WHOLE[access]
  if (whole) allow(whole)
  if (access === 'append' || access === 'project')
    grantee.grantPrincipal.addToPrincipalPolicy(notTheLog(table))
  for (const narrowed of NARROWED[access] ?? []) allow(narrowed.actions, conditionsOf(narrowed))
  if (index === undefined) return
  const resourceArns = TABLE.indexes
    .filter(({ of }) => of === index)
    .map(({ name }) => `${table.tableArn}/index/${name}`)
  Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns })
}

/** The part of the photo bucket that links may point into. */
export const PHOTO_OBJECTS = 'photos/*'

const PHOTO_ACTIONS = { put: ['s3:PutObject'], get: ['s3:GetObject'], delete: ['s3:DeleteObject'] } as const

/** Lets a function sign links to photos; a link can do no more than who signed it. */
export function grantPhotos(grantee: IGrantable, access: FunctionSpec['photos'], photos: IBucket): void {
  if (access === 'none') return
  Grant.addToPrincipal({
    grantee,
    actions: [...PHOTO_ACTIONS[access]],
    resourceArns: [photos.arnForObjects(PHOTO_OBJECTS)],
  })
}

/** The parts of the log's bucket, and what may be put into each. */
export const LOG_OBJECTS = { tiles: 'tile/*', checkpoints: 'checkpoint/*', monitor: 'monitor/*' } as const

type LogAccess = NonNullable<FunctionSpec['log']>
type LogPart = keyof typeof LOG_OBJECTS

const PUT = ['s3:PutObject', 's3:PutObjectTagging']
/** Putting what is locked: whoever may do that can make a lock longer, and never shorter. */
const PUT_LOCKED = [...PUT, 's3:PutObjectRetention']

const LOG_ACTIONS: Readonly<Record<LogAccess, Readonly<Partial<Record<LogPart, readonly string[]>>>>> = {
  read: { tiles: ['s3:GetObject'] },
  sign: { tiles: ['s3:GetObject', ...PUT_LOCKED], checkpoints: PUT_LOCKED },
  keep: { tiles: ['s3:GetObject', ...PUT], monitor: ['s3:GetObject', 's3:PutObject'] },
}

const KEY_ACTIONS: Readonly<Record<LogAccess, readonly string[]>> = {
  read: [],
  sign: ['kms:Sign', 'kms:GetPublicKey'],
  keep: ['kms:GetPublicKey'],
}

/** Lets a function do to the log's files and keys what its entry says. Nobody may remove anything. */
export function grantLog(grantee: IGrantable, access: LogAccess, { bucket, signing }: Evidence): LogPart[] {
  const parts: LogPart[] = []
  for (const part of ['tiles', 'checkpoints', 'monitor'] as const) {
    const actions = LOG_ACTIONS[access][part]
    if (!actions) continue
    parts.push(part)
    const resourceArns = [bucket.arnForObjects(LOG_OBJECTS[part])]
    Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns })
  }
  // Without it S3 says of what is not there that it is forbidden.
  Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn] })
  const keys = KEY_ACTIONS[access]
  if (keys.length > 0)
    Grant.addToPrincipal({ grantee, actions: [...keys], resourceArns: signing.map(({ keyArn }) => keyArn) })
  return parts
}
