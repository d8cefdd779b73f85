import { Duration, Validations } from 'aws-cdk-lib'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Grant } from 'aws-cdk-lib/aws-iam'
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  StartingPosition,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { PROJECTED } from '../table.ts'

/** All four are asked for when the mapping is made, though only three are used. */
const READ_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
]

/**
 * Feeds a function with the table's changed batches. One bad record must not hold up a shard, so a failing batch of
 * records is halved until the record is alone, tried five times, and its place in the stream put in a queue. Nothing is
 * lost by that: what the function makes can be made again from the events.
 */
export function feedFromStream(scope: Construct, id: string, target: LambdaFunction, table: TableV2): void {
  const eventSourceArn = table.tableStreamArn
  if (eventSourceArn === undefined) throw new Error('the table has no stream')
  const failures = new Queue(scope, `${id}-failures`, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  })
  Validations.of(failures).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'This is the dead-letter queue of a stream; no function reads it, so it needs none itself.',
  })
  const allowed = Grant.addToPrincipal({
    grantee: target,
    actions: READ_STREAM,
    resourceArns: [eventSourceArn],
  })
  const mapping = new EventSourceMapping(scope, id, {
    target,
    eventSourceArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 50,
    // A recall changes thousands of items at once. Order is kept for each item, which is all that the projector needs.
    parallelizationFactor: 4,
    filters: [
      FilterCriteria.filter({ dynamodb: stateOf(PROJECTED.batchPrefix) }),
      ...['NewImage', 'OldImage'].map((image) =>
        FilterCriteria.filter({
          dynamodb: {
            ...stateOf(PROJECTED.runPrefix),
            [image]: { [PROJECTED.holds]: { SS: FilterRule.exists() } },
          },
        }),
      ),
      FilterCriteria.filter({
        dynamodb: {
          Keys: {
            pk: { S: FilterRule.beginsWith(PROJECTED.organisationPrefix) },
            sk: { S: PROJECTED.ofOrganisations.flatMap((prefix) => FilterRule.beginsWith(prefix)) },
          },
        },
      }),
    ],
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: 5,
    // A stream keeps records for 24 hours; giving up before that leaves time to look.
    maxRecordAge: Duration.hours(12),
    onFailure: new SqsDlq(failures),
  })
  // Lambda tries to read the stream when the mapping is made, and refuses to make it when it may not.
  allowed.applyBefore(mapping)
}

const stateOf = (prefix: string) => ({
  Keys: { pk: { S: FilterRule.beginsWith(prefix) }, sk: { S: FilterRule.isEqual(PROJECTED.sk) } },
})
