import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
} from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'

/** A bucket that nobody reaches from outside, encrypted, over TLS 1.2 or newer only. */
export function privateBucket(scope: Construct, id: string, props: BucketProps): IBucket {
  const bucket: unknown = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    ...props,
  })
  if (!isBucket(bucket)) throw new Error(`a bucket was made at '${id}' that is none`)
  return bucket
}

/** Under exactOptionalPropertyTypes CDK's Bucket is not its own IBucket, since its optional getters return undefined. */
const isBucket = (made: unknown): made is IBucket => made instanceof Bucket
