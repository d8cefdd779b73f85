import { Duration, Validations } from 'aws-cdk-lib'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Grant } from 'aws-cdk-lib/aws-iam'
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  StartingPosition,
  type Alias,
  type EventSourceMappingOptions,
} from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { FunctionName } from '../../shared/contract/functions.ts'
import { PROJECTED, SEQUENCED } from '../table.ts'
import { functionNameOf } from './function.ts'
import { callable } from './live.ts'
import type { Stage } from './stage.ts'

/** All four are asked for when the mapping is made, though only three are used. */
const READ_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
]

/** A function that the table's stream is given to. */
interface Fed {
  readonly name: FunctionName
  readonly live: Alias
  readonly stage: Stage
  readonly table: TableV2
}

/** The queue of the places in the stream that a function has given up on. */
export const failuresNameOf = (stage: Stage, name: FunctionName): string =>
  `${functionNameOf(stage, name)}-failures`

/**
 * Feeds the projector with the table's changed batches. One bad record must not hold up a shard, so a failing batch of
 * records is halved until the record is alone, tried five times, and its place in the stream put in a queue. Nothing is
 * lost by that: what the function makes can be made again from the events.
 */
export function feedProjector(scope: Construct, fed: Fed): void {
  feed(scope, fed, {
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
    retryAttempts: 5,
    // A stream keeps records for 24 hours; giving up before that leaves time to look.
    maxRecordAge: Duration.hours(12),
  })
}

/**
 * Feeds the sequencer with the events as they are recorded. They are gathered for a second, so that many share a
 * transaction and a signature. An event may wait for one of another shard, so it is not a number of tries that ends its
 * own, but time: then its place is put in a queue, and whatever rests on it waits, until it is appended by the monitor's
 * command.
 */
export function feedSequencer(scope: Construct, fed: Fed): void {
  feed(scope, fed, {
    batchSize: 500,
    maxBatchingWindow: Duration.seconds(1),
    // One call after the other for each shard: calls at the same time would only race for the head.
    parallelizationFactor: 1,
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: {
          Keys: { sk: { S: FilterRule.beginsWith(SEQUENCED.historyPrefix) } },
          NewImage: { [SEQUENCED.hash]: { S: FilterRule.exists() } },
        },
      }),
    ],
    maxRecordAge: Duration.hours(20),
  })
}

/** A mapping of which failing batches are halved, down to the record that fails, and what cannot be helped is kept. */
function feed(
  scope: Construct,
  { name, live: target, stage, table }: Fed,
  options: EventSourceMappingOptions,
): void {
  const id = `${name}-stream`
  const eventSourceArn = table.tableStreamArn
  if (eventSourceArn === undefined) throw new Error('the table has no stream')
  const failures = new Queue(scope, `${id}-failures`, {
    queueName: failuresNameOf(stage, name),
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
    ...options,
    target: callable(target),
    eventSourceArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    onFailure: new SqsDlq(failures),
  })
  // Lambda tries to read the stream when the mapping is made, and refuses to make it when it may not.
  allowed.applyBefore(mapping)
}

const stateOf = (prefix: string) => ({
  Keys: { pk: { S: FilterRule.beginsWith(prefix) }, sk: { S: FilterRule.isEqual(PROJECTED.sk) } },
})
