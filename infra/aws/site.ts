import { Duration, Stack, Validations } from 'aws-cdk-lib'
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import type { Construct } from 'constructs'
import type { Front } from './front.ts'
import { logGroupOf } from './logs.ts'
import { acknowledgeObjects } from './nag.ts'
import type { Stage } from './stage.ts'

export interface SiteProps {
  readonly stage: Stage
  /** Folder with the built site. */
  readonly folder: string
  readonly front: Front
}

/** Files whose names carry a hash of what is in them; every other file is a page that names some of these. */
const HASHED = '*assets/*'

/** A browser asks each time whether its page still holds; the CDN need not, because each deployment tells it. */
const PAGE_CACHING = 'public, max-age=0, s-maxage=86400, must-revalidate'

/**
 * Puts the built site into its bucket and makes the CDN forget the old pages. Hashed files go first and old ones stay,
 * so that no page, neither yesterday's in a browser nor one just uploaded, names a file that is not there.
 */
export function deploySite(scope: Construct, { stage, folder, front }: SiteProps): void {
  const archive = new Asset(scope, 'site-files', { path: folder })
  const role = new Role(scope, 'site-role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
  const logGroup = logGroupOf(scope, 'site-logs', `/tidemark/${stage.name}/site-deployment`, stage)
  const grants = [logGroup.grantWrite(role), ...grantDeployment(role, archive, front)]
  const both = {
    sources: [Source.bucket(archive.bucket, archive.s3ObjectKey)],
    destinationBucket: front.site,
    memoryLimit: 256,
    // What CDK would grant is every object of its own bucket and every distribution of the account.
    role: role.withoutPolicyUpdates(),
    logGroup,
  }
  const hashed = new BucketDeployment(scope, 'site-hashed', {
    ...both,
    exclude: ['*'],
    include: [HASHED],
    prune: false,
    cacheControl: [
      CacheControl.maxAge(Duration.days(365)),
      CacheControl.setPublic(),
      CacheControl.immutable(),
    ],
  })
  const pages = new BucketDeployment(scope, 'site-pages', {
    ...both,
    exclude: [HASHED],
    cacheControl: [CacheControl.fromString(PAGE_CACHING)],
    distribution: front.distribution,
    distributionPaths: ['/*'],
  })
  pages.node.addDependency(hashed)
  for (const grant of grants) grant.applyBefore(hashed, pages)
  acknowledgeRuntime(scope)
}

/** What the deployment does: fetch one archive, make the bucket like it, and tell one distribution. */
function grantDeployment(grantee: Role, archive: Asset, { site, distribution }: Front): Grant[] {
  acknowledgeObjects(
    grantee,
    site,
    '*',
    'A deployment writes every file of the site; the bucket holds no other.',
  )
  const allow = (actions: string[], resource: string): Grant =>
    Grant.addToPrincipal({ grantee, actions, resourceArns: [resource] })
  return [
    allow(['s3:GetObject'], archive.bucket.arnForObjects(archive.s3ObjectKey)),
    allow(['s3:ListBucket'], site.bucketArn),
    allow(['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], site.arnForObjects('*')),
    allow(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], distribution.distributionArn),
  ]
}

/** The function behind the deployment is made by CDK, once a stack and beside it, so it is found by its name. */
function acknowledgeRuntime(scope: Construct): void {
  const made = Stack.of(scope).node.children.find(({ node }) =>
    node.id.startsWith('Custom::CDKBucketDeployment'),
  )
  if (!made) throw new Error('the function that deploys the site is not where CDK used to put it')
  Validations.of(made).acknowledge({
    id: 'AwsSolutions-L1',
    reason:
      'CDK wrote this function and chooses the Python it is tested on; it runs only during a deployment.',
  })
}
