import { CfnOutput, Duration, RemovalPolicy, Stack, type Environment } from 'aws-cdk-lib'
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
  type Attribute,
} from 'aws-cdk-lib/aws-dynamodb'
import { HttpMethods, StorageClass, type IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { TABLE } from '../table.ts'
import { backUp } from './backup.ts'
import { privateBucket } from './bucket.ts'
import { evidenceOf, type Evidence } from './evidence.ts'
import { accessLogBucket } from './logs.ts'
import { peopleOf, type People } from './people.ts'
import type { Stage } from './stage.ts'

export interface DataProps {
  readonly stage: Stage
  readonly env: Environment
  /** The origin of the site, from which photos are uploaded, and where people come back to from having signed in. */
  readonly siteUrl: string
}

/**
 * What must never be lost: the table of events, the log of them and its keys, the photos, and people's accounts. Alone in its stack, so that a release of code never
 * touches it. The ids of its constructs are a contract: changing one replaces what it names.
 */
export class Data extends Stack {
  readonly table: TableV2
  readonly photos: IBucket
  readonly evidence: Evidence
  /** The table's name, which the first organisation is sown into. */
  readonly named: CfnOutput
  readonly people: People

  constructor(scope: Construct, id: string, props: DataProps) {
    super(scope, id, {
      description: "Tidemark: the table of events, their log, the photos and people's accounts",
      env: props.env,
      terminationProtection: props.stage.keepsData,
    })
    this.table = tableOf(this, props.stage)
    const accessLogs = accessLogBucket(this, props.stage)
    const removalPolicy = removal(props.stage)
    this.photos = photoBucketOf(this, props, accessLogs)
    this.evidence = evidenceOf(this, { stage: props.stage, accessLogs, removalPolicy })
    if (props.stage.hasBackups) backUp(this, this.table)
    this.named = new CfnOutput(this, 'TableName', { value: this.table.tableName })
    this.people = peopleOf(this, { ...props, removalPolicy })
  }
}

const removal = (stage: Stage): RemovalPolicy =>
  stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY

/**
 * A TableV2, because replicas in other regions can be added to one without replacing it. Recovery to any second of the
 * last 35 days is on in every stage: it costs by stored gigabyte, and a test table holds none.
 */
function tableOf(scope: Construct, stage: Stage): TableV2 {
  const { key, indexes } = TABLE
  return new TableV2(scope, 'Table', {
    partitionKey: attribute(key.partition),
    sortKey: attribute(key.sort),
    globalSecondaryIndexes: indexes.map((index) => ({
      indexName: index.name,
      partitionKey: attribute(index.key.partition),
      sortKey: attribute(index.key.sort),
      projectionType: ProjectionType[index.projection.type],
      ...('attributes' in index.projection && { nonKeyAttributes: [...index.projection.attributes] }),
    })),
    billing: Billing.onDemand(),
    dynamoStream: StreamViewType[TABLE.stream],
    timeToLiveAttribute: TABLE.timeToLive,
    // A key of our own would keep out nobody that IAM lets in, and whoever deletes one deletes the table for good. This
    // one AWS keeps and renews; so it is with the buckets and queues.
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: stage.keepsData,
    removalPolicy: removal(stage),
  })
}

/** An attribute of the table as CDK wants it, with the type the table's definition gives it. */
function attribute(name: string): Attribute {
  const found = TABLE.attributes.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`the table declares no attribute '${name}', but a key uses it`)
  return { name, type: ATTRIBUTE_TYPES[found.type] }
}

const ATTRIBUTE_TYPES = { S: AttributeType.STRING }

/**
 * Photos are evidence, yet may show people. Versions keep the first photo when a link is used to overwrite it; they end
 * after 30 days, so that erasing a photo on somebody's request becomes final by itself.
 */
function photoBucketOf(scope: Construct, { stage, siteUrl }: DataProps, accessLogs: IBucket): IBucket {
  return privateBucket(scope, 'Photos', {
    versioned: true,
    lifecycleRules: [
      {
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
      {
        // Looked at while its lot is new, and after that for an audit: then at once, but rarely. Thumbnails are below
        // the 128 KB from which on S3 moves anything.
        transitions: [
          { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) },
        ],
      },
    ],
    cors: [
      {
        allowedMethods: [HttpMethods.PUT],
        allowedOrigins: [siteUrl],
        // What an upload link is signed for; anything else would not pass the signature either.
        allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
        maxAge: Duration.hours(1).toSeconds(),
      },
    ],
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: 'photos/',
    removalPolicy: removal(stage),
  })
}
