import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { FunctionSpec } from '../../shared/contract/functions.ts'
import { TABLE } from '../table.ts'

/** A transaction has no permission of its own: IAM checks each action inside it. Nothing is ever deleted. */
const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']
const WRITE = [...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem']

/** Lets a function do to the table what its entry in the function table says, action by action. */
export function grantTable(grantee: IGrantable, access: FunctionSpec['table'], table: TableV2): void {
  if (access === 'none') return
  const actions = access === 'write' ? WRITE : READ
  Grant.addToPrincipal({ grantee, actions, resourceArns: [table.tableArn] })
  const indexes = TABLE.indexes.map((index) => `${table.tableArn}/index/${index.name}`)
  Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns: indexes })
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
