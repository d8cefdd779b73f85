import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { ObjectOwnership, type IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { privateBucket } from './bucket.ts'
import type { Stage } from './stage.ts'

/** A log group with a name people can find and an end to what it keeps. */
export function logGroupOf(scope: Construct, id: string, name: string, stage: Stage): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName: name,
    retention: stage.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  })
}

/**
 * A bucket for the access logs of other buckets and of the CDN. It stays behind when its stack is deleted, since
 * CloudFormation cannot delete a bucket with something in it, and then empties itself by its lifecycle rule.
 */
export function accessLogBucket(
  scope: Construct,
  stage: Stage,
  ownership: ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
): IBucket {
  const bucket = privateBucket(scope, 'AccessLogs', {
    objectOwnership: ownership,
    lifecycleRules: [{ expiration: stage.accessLogRetention }],
    removalPolicy: RemovalPolicy.RETAIN,
  })
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'This bucket holds access logs; logging access to it would write to it without end.',
  })
  return bucket
}
