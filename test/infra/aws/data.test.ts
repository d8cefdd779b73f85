import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TABLE } from '../../../infra/table.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

let prod: Synthesis
let dev: Synthesis
beforeAll(async () => {
  prod = await synthesise('prod', 'empty')
  dev = await synthesise('dev', 'empty')
})
afterAll(async () => {
  await Promise.all([prod.remove(), dev.remove()])
})

describe('the table', () => {
  it('has the keys and the indexes of its definition, and pays by request', () => {
    expect(tableOf(prod)['Properties']).toMatchObject({
      AttributeDefinitions: TABLE.attributes.map(({ name, type }) => ({
        AttributeName: name,
        AttributeType: type,
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'bySite',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['stage'] },
        },
        {
          IndexName: 'byPerson',
          KeySchema: [
            { AttributeName: 'gsi2pk', KeyType: 'HASH' },
            { AttributeName: 'gsi2sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'byWeigher',
          KeySchema: [
            { AttributeName: 'gsi3pk', KeyType: 'HASH' },
            { AttributeName: 'gsi3sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    })
  })

  it('in production recovers to any second, streams its changes, and survives mistakes', () => {
    expect(tableOf(prod)).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'endsAt', Enabled: true },
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    })
    expect(prod.stacks.data.terminationProtection).toBe(true)
    expect(prod.stacks.front.terminationProtection).toBe(true)
  })

  it('in development goes with its stack', () => {
    expect(tableOf(dev)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { Replicas: [{ DeletionProtectionEnabled: false }] },
    })
    expect(dev.stacks.data.terminationProtection).toBe(false)
  })
})

describe("people's accounts", () => {
  const poolOf = ({ template }: Synthesis) =>
    Object.values(template.data.findResources('AWS::Cognito::UserPool'))

  it('in production outlive their stack and are not deleted by mistake; in development they go', () => {
    expect(poolOf(prod)).toMatchObject([
      {
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { DeletionProtection: 'ACTIVE' },
      },
    ])
    expect(poolOf(dev)).toMatchObject([
      { DeletionPolicy: 'Delete', Properties: { DeletionProtection: 'INACTIVE' } },
    ])
  })
})

describe('buckets', () => {
  const templates = () => Object.values(prod.template)
  const buckets = () => templates().flatMap((template) => resourcesOf(template, 'AWS::S3::Bucket'))

  it('are closed to the public and encrypted', () => {
    expect(buckets()).toHaveLength(5)
    for (const { properties } of buckets())
      expect(properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: { ServerSideEncryptionConfiguration: expect.anything() },
      })
  })

  it('refuse everything that does not come over TLS 1.2 or newer', () => {
    const policies = templates().flatMap((template) => resourcesOf(template, 'AWS::S3::BucketPolicy'))
    expect(policies).toHaveLength(buckets().length)
    for (const { properties } of policies) {
      const denied = properties.PolicyDocument.Statement.filter(
        ({ Effect }: { Effect: string }) => Effect === 'Deny',
      )
      expect(denied.map(({ Condition }: { Condition: unknown }) => Condition)).toEqual([
        { Bool: { 'aws:SecureTransport': 'false' } },
        { NumericLessThan: { 's3:TlsVersion': 1.2 } },
      ])
    }
  })

  it('take photos from the site and from no other page, with the headers that are signed', () => {
    const photos = buckets().find(({ id }) => id.startsWith('Photos'))
    expect(photos?.properties).toMatchObject({
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedMethods: ['PUT'],
            AllowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
            AllowedOrigins: [
              {
                'Fn::Join': [
                  '',
                  ['https://', { 'Fn::ImportValue': expect.stringMatching(/Front:.*Cdn.*DomainName/) }],
                ],
              },
            ],
          },
        ],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { LogFilePrefix: 'photos/' },
    })
  })

  it('keep access logs for 90 days', () => {
    const logs = buckets().filter(({ id }) => id.startsWith('AccessLogs'))
    expect(logs.map(({ properties }) => properties.LifecycleConfiguration.Rules[0].ExpirationInDays)).toEqual(
      [90, 90],
    )
  })
})

function tableOf({ template }: Synthesis): { readonly [key: string]: unknown } {
  const [table, ...others] = Object.values(template.data.findResources('AWS::DynamoDB::GlobalTable'))
  if (!table || others.length > 0) throw new Error('the template does not hold exactly one table')
  return table
}
