import { Template } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks } from 'cdk-nag'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemOf } from '../../../shared/contract/problem.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

/** The firewall has to be in us-east-1; here everything else is elsewhere, and in the first region itself too. */
describe.each(['ap-southeast-1', 'us-east-1'])('the firewall of a deployment in %s', (region) => {
  let synthesis: Synthesis
  let edge: Template
  beforeAll(async () => {
    synthesis = await synthesise('prod', 'empty', { region })
    if (!synthesis.stacks.edge) throw new Error('prod has a firewall')
    edge = Template.fromStack(synthesis.stacks.edge)
  })
  afterAll(async () => synthesis.remove())

  it('stands in us-east-1 and before the CDN', () => {
    expect(synthesis.stacks.edge?.region).toBe('us-east-1')
    const [distribution] = resourcesOf(synthesis.template.front, 'AWS::CloudFront::Distribution')
    expect(JSON.stringify(distribution?.properties.DistributionConfig.WebACLId)).toContain('Firewall')
  })

  it('refuses an address that asks too often as the local gateway does', () => {
    const [acl] = resourcesOf(edge, 'AWS::WAFv2::WebACL')
    const [rate] = acl?.properties.Rules ?? []
    expect(rate.Statement.RateBasedStatement).toMatchObject({ AggregateKeyType: 'IP', Limit: 30_000 })
    const { ResponseCode, ResponseHeaders, CustomResponseBodyKey } = rate.Action.Block.CustomResponse
    expect(ResponseCode).toBe(429)
    expect(ResponseHeaders).toEqual([{ Name: 'retry-after', Value: '60' }])
    const told: unknown = JSON.parse(acl?.properties.CustomResponseBodies[CustomResponseBodyKey].Content)
    expect(told).toMatchObject(problemOf({ code: 'too-many-requests', detail: expect.any(String) }))
  })

  it('keeps no samples of requests, which carry keys', () => {
    const text = JSON.stringify(edge.toJSON())
    expect(text).toContain('"SampledRequestsEnabled":false')
    expect(text).not.toContain('"SampledRequestsEnabled":true')
  })

  it('breaks no rule of AWS Solutions', () => {
    expect(new AwsSolutionsChecks().validateScope(synthesis.app).violations).toEqual([])
  })
})

it('is not there in a stage that is only tried out', async () => {
  const synthesis = await synthesise('dev', 'empty')
  expect(synthesis.stacks.edge).toBeUndefined()
  await synthesis.remove()
})
