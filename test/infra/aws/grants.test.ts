import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { expect, it } from 'vitest'
import { grantTable } from '../../../infra/aws/grants.ts'
import { resourcesOf } from './synth.ts'

it.each([
  ['dynamodb:UpdateItem', 'T#*', 'tallies'],
  ['dynamodb:ConditionCheckItem', 'L#*', 'who may make lots with a GTIN'],
])('lets who appends use %s on %s alone: %s', (action, partition) => {
  const stack = new Stack(new App(), 'Test')
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
  const partitionKey = { name: 'pk', type: AttributeType.STRING }
  grantTable(role, { table: 'append' }, new TableV2(stack, 'Table', { partitionKey }))
  const [policy] = resourcesOf(Template.fromStack(stack), 'AWS::IAM::Policy')
  const statements = policy?.properties.PolicyDocument.Statement.filter(
    ({ Effect, Action }: { Effect: string; Action: unknown }) =>
      Effect === 'Allow' && [Action].flat().includes(action),
  )
  expect(statements).toMatchObject([
    { Action: action, Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partition] } } },
  ])
})
