import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Grant, PolicyStatement, type IGrantable, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { FunctionSpec } from '../../shared/contract/functions.ts'
import { GRANTED, TABLE } from '../table.ts'

type Access = Exclude<FunctionSpec['table'], 'none'>

/**
 * What the adapters ask of the table, action by action. A transaction has no permission of its own: IAM checks each
 * action inside it: puts and, of what is counted, updates. Nothing is ever deleted but what was known of the photos of
 * somebody who was erased.
 */
const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']
const ACTIONS: Readonly<Record<Access, readonly string[]>> = {
  identify: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  public: ['dynamodb:GetItem'],
  read: READ,
  append: [...READ, 'dynamodb:PutItem'],
  disclose: READ,
  erase: READ,
  project: ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
}

/**
 * What narrows the two that anybody can reach. Partitions begin with the letter of what is in them, and what is sealed
 * is an attribute that the public has no business with. "All attributes" is no list, hence the condition on `Select`.
 */
const CONDITIONS: Readonly<Partial<Record<Access, PolicyStatementProps['conditions']>>> = {
  identify: {
    'ForAllValues:StringLike': {
      'dynamodb:LeadingKeys': GRANTED.identityPrefixes.map((prefix) => `${prefix}*`),
    },
  },
  public: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${GRANTED.batchPrefix}*`] },
    'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...GRANTED.publicAttributes] },
    StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
  },
}

/** What an access may do besides, to some partitions or attributes only. */
const NARROWED: Readonly<Partial<Record<Access, readonly Narrowed[]>>> = {
  append: [{ actions: ['dynamodb:UpdateItem'], partitions: GRANTED.tallyPrefixes }],
  disclose: [{ actions: ['dynamodb:PutItem'], partitions: GRANTED.accessPrefixes }],
  erase: [
    { actions: ['dynamodb:PutItem'], partitions: GRANTED.erasure.written },
    {
      actions: ['dynamodb:UpdateItem'],
      partitions: GRANTED.erasure.changed,
      attributes: GRANTED.erasure.attributes,
    },
    { actions: ['dynamodb:DeleteItem'], partitions: GRANTED.erasure.deleted },
  ],
}

interface Narrowed {
  readonly actions: readonly string[]
  /** What the partition keys begin with. */
  readonly partitions: readonly string[]
  /** What may be named of an item, all others being out of reach, also by having the item returned. */
  readonly attributes?: readonly string[]
}

function conditionsOf({ partitions, attributes }: Narrowed): PolicyStatementProps['conditions'] {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.map((prefix) => `${prefix}*`) },
    ...(attributes && {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
    }),
  }
}

/** Who finds out who calls also reads one attribute of organisations: whether they are suspended. */
const STANDING: NonNullable<PolicyStatementProps['conditions']> = {
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${GRANTED.organisationPrefix}*`] },
  'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...GRANTED.standingAttributes] },
  StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
}

/** Lets a function do to the table what its entry in the function table says. */
export function grantTable(
  grantee: IGrantable,
  { table: access, index }: Pick<FunctionSpec, 'table' | 'index'>,
  table: TableV2,
): void {
  if (access === 'none') return
  const conditions = CONDITIONS[access]
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: [...ACTIONS[access]],
      resources: [table.tableArn],
      ...(conditions && { conditions }),
    }),
  )
  if (access === 'identify') {
    const resources = [table.tableArn]
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['dynamodb:GetItem'], resources, conditions: STANDING }),
    )
  }
  for (const narrowed of NARROWED[access] ?? []) {
    const statement = { actions: [...narrowed.actions], resources: [table.tableArn] }
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ ...statement, conditions: conditionsOf(narrowed) ?? {} }),
    )
  }
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
