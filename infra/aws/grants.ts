import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Grant, PolicyStatement, type IGrantable, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { FunctionSpec } from '../../shared/contract/functions.ts'
import { GRANTED, TABLE } from '../table.ts'

type Access = Exclude<FunctionSpec['table'], 'none'>

/**
 * What the adapters ask of the table, action by action. A transaction has no permission of its own: IAM checks each
 * action inside it, and what we put in one are puts. Nothing is ever deleted.
 */
const ACTIONS: Readonly<Record<Access, readonly string[]>> = {
  identify: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  public: ['dynamodb:GetItem'],
  read: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
  append: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
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
  if (!index) return
  const resourceArns = TABLE.indexes.map(({ name }) => `${table.tableArn}/index/${name}`)
  Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns })
}

/** The part of the photo bucket that upload links may point into. */
export const PHOTO_OBJECTS = 'photos/*'

/** Lets a function sign links that put photos; a link can do no more than who signed it. */
export function grantPhotos(grantee: IGrantable, access: FunctionSpec['photos'], photos: IBucket): void {
  if (access === 'none') return
  Grant.addToPrincipal({
    grantee,
    actions: ['s3:PutObject'],
    resourceArns: [photos.arnForObjects(PHOTO_OBJECTS)],
  })
}
