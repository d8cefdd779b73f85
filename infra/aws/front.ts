import { Duration, RemovalPolicy, Stack, Validations, type Environment } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { HttpApi, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { Distribution, HttpVersion, PriceClass, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront'
import { ObjectOwnership, type IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { apiBehaviours, siteBehaviour } from './behaviours.ts'
import { privateBucket } from './bucket.ts'
import type { Domain } from './context.ts'
import { accessLogBucket, logGroupOf } from './logs.ts'
import type { Stage } from './stage.ts'

export interface FrontProps {
  readonly stage: Stage
  readonly env: Environment
  /** The firewall before the CDN, if there is one. */
  readonly webAclArn: string | undefined
}

/**
 * The address: CDN, API without routes, and the bucket of the static site. It is a stack of its own, below the others,
 * because both need the address: functions print it in QR codes and the photo bucket lets only it upload. A code on a
 * shelf lives longer than any release, so in production this stack is as protected as the data.
 */
export class Front extends Stack {
  readonly api: HttpApi
  readonly site: IBucket
  readonly distribution: Distribution
  /** `https://` and our domain, or else the distribution's; no slash at the end. */
  readonly publicUrl: string
  /** What the log is called (c2sp.org/tlog-checkpoint): its address without a scheme. */
  readonly logOrigin: string

  constructor(scope: Construct, id: string, { stage, env, webAclArn }: FrontProps) {
    super(scope, id, {
      description: 'Tidemark: the public address, its CDN, the API and the static site',
      env,
      crossRegionReferences: true,
      terminationProtection: stage.keepsData,
    })
    // CloudFront's standard logs are written under an ACL, which a bucket must be told to take.
    const logs = accessLogBucket(this, stage, ObjectOwnership.BUCKET_OWNER_PREFERRED)
    this.api = apiOf(this, stage)
    this.site = siteBucketOf(this, logs)
    this.distribution = distributionOf(this, { stage, webAclArn, api: this.api, site: this.site, logs })
    this.publicUrl = `https://${stage.domain?.name ?? this.distribution.distributionDomainName}`
    // For good, whatever domain is given to the deployment later: another name is another log.
    this.logOrigin = `${this.distribution.distributionDomainName}/log`
  }
}

/** No caller's address and no header: what is logged is the route and how it went. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTimeEpoch',
    route: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    ms: '$context.responseLatency',
    integrationMs: '$context.integrationLatency',
    integrationStatus: '$context.integrationStatus',
  }),
)

function apiOf(scope: Construct, stage: Stage): HttpApi {
  const api = new HttpApi(scope, 'Api', { apiName: `tidemark-${stage.name}`, createDefaultStage: false })
  // Under this prefix API Gateway may write without an entry in the account's log policy, whose size is limited.
  const name = `/aws/vendedlogs/tidemark/${stage.name}/api`
  api.addStage('Stage', {
    stageName: '$default',
    autoDeploy: true,
    throttle: stage.throttle,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logGroupOf(scope, 'ApiLogs', name, stage)),
      format: ACCESS_LOG,
    },
  })
  return api
}

/** Holds nothing that a build does not make again, so it is neither versioned nor kept. */
function siteBucketOf(scope: Construct, logs: IBucket): IBucket {
  return privateBucket(scope, 'Site', {
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 'site/',
    removalPolicy: RemovalPolicy.DESTROY,
  })
}

/** Answers that CloudFront would keep for ten seconds of its own accord, even those it is told not to. */
const ERRORS = [404, 405, 414, 500, 501, 502, 503, 504]

interface Behind {
  readonly stage: Stage
  readonly webAclArn: string | undefined
  readonly api: HttpApi
  readonly site: IBucket
  readonly logs: IBucket
}

function distributionOf(scope: Construct, { stage, webAclArn, api, site, logs }: Behind): Distribution {
  const distribution = new Distribution(scope, 'Cdn', {
    comment: `Tidemark ${stage.name}`,
    defaultBehavior: siteBehaviour(scope, site, stage),
    additionalBehaviors: apiBehaviours(scope, api),
    defaultRootObject: 'index.html',
    ...(webAclArn !== undefined && { webAclId: webAclArn }),
    ...(stage.domain && certified(scope, stage.domain)),
    // A passport that is still being made answers 503, and a batch just recorded 404: both are over in a second.
    errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    httpVersion: HttpVersion.HTTP2_AND_3,
    // Collectors and buyers are mostly in Asia, which the cheapest class leaves out.
    priceClass: PriceClass.PRICE_CLASS_200,
    logBucket: logs,
    logFilePrefix: 'cdn/',
  })
  Validations.of(distribution).acknowledge({
    id: 'AwsSolutions-CFR1',
    reason: 'Products are sold anywhere, and whoever holds one may check its story.',
  })
  if (!stage.domain)
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR4',
      reason:
        "Without a domain of our own, CloudFront's certificate fixes the viewers' minimum itself; origins are asked over TLS 1.2.",
    })
  if (webAclArn === undefined)
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR2',
      reason: 'A firewall costs more a month than all the rest of a stage that is only tried out.',
    })
  return distribution
}

/** Phones at sea are old, but all that run the form know TLS 1.2. */
const certified = (scope: Construct, { name, certificateArn }: Domain) => ({
  domainNames: [name],
  certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
  minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
})
