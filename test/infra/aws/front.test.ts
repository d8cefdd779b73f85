import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VIEWER_REQUEST } from '../../../infra/aws/viewer.ts'
import { siteHeaders } from '../../../infra/headers.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

let synthesis: Synthesis
beforeAll(async () => {
  synthesis = await synthesise('prod', 'empty')
})
afterAll(async () => synthesis.remove())

describe('the CDN', () => {
  it('reads the site by origin access control, which nobody else can', () => {
    const { front } = synthesis.template
    const controls = resourcesOf(front, 'AWS::CloudFront::OriginAccessControl').map(({ id }) => id)
    expect(controls).toHaveLength(1)
    const origin = distribution(synthesis).Origins.find((found: Config) => found.S3OriginConfig)
    expect(origin.OriginAccessControlId).toEqual({ 'Fn::GetAtt': [controls[0], 'Id'] })
    const policy = resourcesOf(front, 'AWS::S3::BucketPolicy').find(({ id }) => id.startsWith('Site'))
    const allowed = policy?.properties.PolicyDocument.Statement.filter(
      (statement: Config) => statement.Effect === 'Allow',
    )
    expect(allowed).toEqual([
      expect.objectContaining({
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ])
  })

  it('asks the API over TLS 1.2 only, sends viewers to https, and compresses everything', () => {
    const config = distribution(synthesis)
    expect(config.Origins.find((origin: Config) => origin.CustomOriginConfig)).toMatchObject({
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    })
    for (const behaviour of [config.DefaultCacheBehavior, ...config.CacheBehaviors])
      expect(behaviour).toMatchObject({ ViewerProtocolPolicy: 'redirect-to-https', Compress: true })
  })

  it('takes changes on /v1 alone, and leads nothing else but codes, what describes their resolver, the log, and health to the API', () => {
    const methods = distribution(synthesis).CacheBehaviors.map((behaviour: Config) => [
      behaviour.PathPattern,
      behaviour.AllowedMethods.includes('POST'),
    ])
    expect(Object.fromEntries(methods)).toEqual({
      '/v1/*': true,
      '/b/*': false,
      '/01/*': false,
      '/.well-known/*': false,
      '/log/*': false,
      '/healthz': false,
    })
  })

  it('lets browsers ask by OPTIONS for what pages of other sites may read', () => {
    const asked = distribution(synthesis).CacheBehaviors.filter((behaviour: Config) =>
      behaviour.AllowedMethods.includes('OPTIONS'),
    )
    const patterns: string[] = asked.map(({ PathPattern }: Config) => PathPattern)
    expect(patterns.toSorted()).toEqual(['/.well-known/*', '/01/*', '/b/*', '/log/*', '/v1/*'])
  })

  it('keeps an answer no longer than its function says, and never for another caller', () => {
    const [cache] = resourcesOf(synthesis.template.front, 'AWS::CloudFront::CachePolicy')
    expect(cache?.properties.CachePolicyConfig).toMatchObject({
      DefaultTTL: 0,
      MinTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { Headers: ['Accept', 'Accept-Language', 'Authorization'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    })
    const errors = distribution(synthesis).CustomErrorResponses
    expect(errors).toContainEqual({ ErrorCode: 404, ErrorCachingMinTTL: 0 })
    expect(errors).toContainEqual({ ErrorCode: 503, ErrorCachingMinTTL: 0 })
  })

  it('sets on static files the headers that the local runtime sets, and strict transport', () => {
    const policies = resourcesOf(synthesis.template.front, 'AWS::CloudFront::ResponseHeadersPolicy')
    const site = policies.find(({ id }) => id.startsWith('Site'))
    const { SecurityHeadersConfig: headers, CustomHeadersConfig: others } =
      site?.properties.ResponseHeadersPolicyConfig ?? {}
    const csp = headers.ContentSecurityPolicy.ContentSecurityPolicy
    const photos = csp['Fn::Join'][1].map((part: Config) => (typeof part === 'string' ? part : '*')).join('')
    expect({
      ...Object.fromEntries(others.Items.map(({ Header, Value }: Config) => [Header, Value])),
      'content-security-policy': photos,
      'referrer-policy': headers.ReferrerPolicy.ReferrerPolicy,
      'x-content-type-options': headers.ContentTypeOptions.Override ? 'nosniff' : undefined,
    }).toEqual(
      siteHeaders(['https://*.s3.us-east-1.*', 'https://tidemark-prod-*.auth.us-east-1.amazoncognito.com']),
    )
    expect(headers.StrictTransportSecurity.AccessControlMaxAgeSec).toBe(31_536_000)
  })
})

describe('the files of the site', () => {
  const deployments = () => resourcesOf(synthesis.template.service, 'Custom::CDKBucketDeployment')
  const of = (part: string) => deployments().find(({ id }) => id.startsWith(part))?.properties

  it('are kept for good when their name carries a hash, and stay for pages that still name them', () => {
    expect(of('sitehashed')).toMatchObject({
      Exclude: ['*'],
      Include: ['*assets/*'],
      Prune: false,
      SystemMetadata: { 'cache-control': 'max-age=31536000, public, immutable' },
    })
  })

  it('are asked for each time when they are pages, of which the CDN forgets the old ones', () => {
    expect(of('sitepages')).toMatchObject({
      Exclude: ['*assets/*'],
      SystemMetadata: { 'cache-control': 'public, max-age=0, s-maxage=86400, must-revalidate' },
      DistributionPaths: ['/*'],
    })
  })

  it('arrive before the pages that name them', () => {
    const all = synthesis.template.service.findResources('Custom::CDKBucketDeployment')
    const pages = Object.entries(all).find(([id]) => id.startsWith('sitepages'))?.[1]
    expect(pages?.['DependsOn']).toEqual(
      expect.arrayContaining(deployments().flatMap(({ id }) => (id.startsWith('sitehashed') ? [id] : []))),
    )
  })
})

describe('a request for the site', () => {
  const at = (uri: string) =>
    runInNewContext(`${VIEWER_REQUEST}; handler(event)`, { event: { request: { uri } } })

  it('gets the index page of a folder', () => {
    expect(at('/')).toEqual({ uri: '/index.html' })
    expect(at('/collect/')).toEqual({ uri: '/collect/index.html' })
  })

  it('gets a file as it is', () => {
    expect(at('/collect/main.js')).toEqual({ uri: '/collect/main.js' })
  })

  it('is sent to the folder when its slash is missing', () => {
    expect(at('/collect')).toMatchObject({ statusCode: 308, headers: { location: { value: '/collect/' } } })
  })

  it.each(['//elsewhere', String.raw`/\elsewhere`, String.raw`\/elsewhere`])(
    'is never sent to another site: %s',
    (uri) => {
      expect(at(uri)).toMatchObject({ headers: { location: { value: '/elsewhere/' } } })
    },
  )
})

type Config = ReturnType<typeof distribution>

function distribution({ template }: Synthesis) {
  const [found] = resourcesOf(template.front, 'AWS::CloudFront::Distribution')
  return found?.properties.DistributionConfig
}
