import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Grant, PolicyStatement, type IGrantable, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { FunctionSpec } from '../../shared/contract/functions.ts'
import { GRANTED, TABLE } from '../table.ts'

type Access = Exclude<FunctionSpec['table'], 'none'>

/**
 * What the adapters ask of the table, action by action. A transaction has no permission of its own: IAM checks each
 * action inside it: puts and, of what is counted, updates. Nothing is ever deleted.
 */
const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']
const ACTIONS: Readonly<Record<Access, readonly string[]>> = {
  identify: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  public: ['dynamodb:GetItem'],
  read: READ,
  append: [...READ, 'dynamodb:PutItem'],
  disclose: READ,
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
}

interface Narrowed {
  readonly actions: readonly string[]
  /** What the partition keys begin with. */
  readonly partitions: readonly string[]
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
  for (const { actions: narrowed, partitions } of NARROWED[access] ?? [])
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [...narrowed],
        resources: [table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.map((prefix) => `${prefix}*`) },
        },
      }),
    )
  if (index === undefined) return
  const resourceArns = TABLE.indexes
    .filter(({ of }) => of === index)
    .map(({ name }) => `${table.tableArn}/index/${name}`)
  Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns })
}

/** The part of the photo bucket that links may point into. */
export const PHOTO_OBJECTS = 'photos/*'

const PHOTO_ACTIONS = { put: ['s3:PutObject'], get: ['s3:GetObject'] } as const

/** Lets a function sign links to photos; a link can do no more than who signed it. */
export function grantPhotos(grantee: IGrantable, access: FunctionSpec['photos'], photos: IBucket): void {
  if (access === 'none') return
  Grant.addToPrincipal({
    grantee,
    actions: [...PHOTO_ACTIONS[access]],
    resourceArns: [photos.arnForObjects(PHOTO_OBJECTS)],
  })
}
