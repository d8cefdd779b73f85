import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Grant, PolicyStatement, type IGrantable, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { FunctionSpec } from '../../shared/contract/functions.ts'
import { GRANTED, TABLE } from '../table.ts'

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
    { actions: ['dynamodb:GetItem'], partitions: [GRANTED.logPrefix] },
  ],
  resolve: [{ actions: ['dynamodb:GetItem', 'dynamodb:Query'], partitions: GRANTED.gtinPrefixes }],
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
