import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOG_FINDING } from '../../../shared/contract/findings.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

/** What keeps the log on AWS, and what feeds functions from the table's stream. */
let prod: Synthesis
beforeAll(async () => {
  prod = await synthesise('prod', 'empty')
})
afterAll(async () => prod.remove())

interface Statement {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Condition?: Record<string, Record<string, string[]>>
}

const inService = (type: string) => resourcesOf(prod.template.service, type)

describe('the log', () => {
  it('lies in a bucket where nobody can remove what is locked, and only partial tiles end', () => {
    const bucket = Object.values(prod.template.data.findResources('AWS::S3::Bucket')).find(
      ({ Properties }) => Properties.ObjectLockEnabled,
    )
    expect(bucket).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
    expect(bucket?.['Properties']).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [{ TagFilters: [{ Key: 'partial', Value: 'true' }], ExpirationInDays: 365 }],
      },
    })
    expect(bucket?.['Properties'].LifecycleConfiguration.Rules).toHaveLength(1)
  })

  it('is signed by an Ed25519 key that stays in KMS, and stays when the stack goes', () => {
    const keys = Object.values(prod.template.data.findResources('AWS::KMS::Key')).filter(
      ({ Properties }) => Properties.KeyUsage === 'SIGN_VERIFY',
    )
    expect(keys).toMatchObject([
      {
        DeletionPolicy: 'Retain',
        Properties: { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' },
      },
    ])
  })

  it('is compared with the events every day, and whatever is found is an alarm', () => {
    expect(inService('AWS::Events::Rule')).toMatchObject([
      { properties: { ScheduleExpression: 'rate(1 day)' } },
    ])
    expect(inService('AWS::Logs::MetricFilter')).toMatchObject([
      { properties: { FilterPattern: `{ $.message = "${LOG_FINDING}" }` } },
    ])
    const alarms = resourcesOf(prod.template.watch, 'AWS::CloudWatch::Alarm')
    expect(alarms.map(({ properties }) => properties.MetricName)).toContain('LogFindings-prod')
  })

  it('can be written by the sequencer alone, and no item outside of it by the sequencer', () => {
    const policies = inService('AWS::IAM::Policy').map(
      ({ properties }) => properties.PolicyDocument.Statement,
    )
    const isAllowed = ({ Effect, Condition }: Statement) =>
      Effect === 'Allow' && Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']?.[0] === 'Y#*'
    const narrowed = policies.flat().filter(isAllowed)
    expect(new Set(narrowed.map(({ Action }) => [Action].flat().join()))).toEqual(
      new Set([
        'dynamodb:GetItem,dynamodb:Query',
        'dynamodb:BatchGetItem,dynamodb:GetItem,dynamodb:PutItem',
        'dynamodb:GetItem',
      ]),
    )
    const puttingAnything = policies.filter((statements: Statement[]) =>
      statements.some(({ Action, Condition }) => !Condition && [Action].flat().includes('dynamodb:PutItem')),
    )
    expect(puttingAnything.length).toBeGreaterThan(5)
    for (const statements of puttingAnything)
      expect(statements).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
          Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['Y#*'] } },
        }),
      )
  })
})

describe('the stream', () => {
  const mappings = () => inService('AWS::Lambda::EventSourceMapping').map(({ properties }) => properties)
  const patternsOf = ({ FilterCriteria }: ReturnType<typeof mappings>[number]) =>
    FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern))

  it('feeds two functions, halves what fails and keeps what cannot be helped', () => {
    expect(mappings()).toHaveLength(2)
    for (const mapping of mappings())
      expect(mapping).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        StartingPosition: 'TRIM_HORIZON',
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      })
  })

  it('feeds the projector with changed batches', () => {
    const [mapping] = mappings()
    expect(mapping.MaximumRetryAttempts).toBe(5)
    const [first, , , last] = patternsOf(mapping)
    expect(first.dynamodb.Keys).toEqual({ pk: { S: [{ prefix: 'B#' }] }, sk: { S: ['STATE'] } })
    expect(last.dynamodb.Keys.sk.S).toEqual(['ORG', 'CERT#', 'ANEW#'].map((prefix) => ({ prefix })))
  })

  it('feeds the sequencer with events alone, in order, within a second, for as long as it takes', () => {
    const [, mapping] = mappings()
    expect(mapping).toMatchObject({ ParallelizationFactor: 1, MaximumBatchingWindowInSeconds: 1 })
    expect(mapping.MaximumRetryAttempts).toBeUndefined()
    expect(patternsOf(mapping)).toEqual([
      {
        eventName: ['INSERT'],
        dynamodb: {
          Keys: { sk: { S: [{ prefix: 'H#' }] } },
          NewImage: { hash: { S: [{ exists: true }] } },
        },
      },
    ])
  })
})
