import { Stack, Validations } from 'aws-cdk-lib'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { IConstruct } from 'constructs'

/**
 * Lets a role of another stack have a permission on many objects of a bucket. cdk-nag wants such a finding by its full
 * name, and names the bucket as the template will: by the export that it comes through.
 */
export function acknowledgeObjects(role: IConstruct, bucket: IBucket, objects: string, reason: string): void {
  const owner = Stack.of(bucket)
  const imported: { 'Fn::ImportValue': string } = owner.resolve(owner.exportValue(bucket.bucketArn))
  const id = `AwsSolutions-IAM5[Resource::${imported['Fn::ImportValue']}/${objects}]`
  Validations.of(role).acknowledge({ id, reason })
}
