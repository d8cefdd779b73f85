import { App } from 'aws-cdk-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { functionNames } from '../../../infra/aws/assets.ts'
import { stageOf } from '../../../infra/aws/stage.ts'
import { FUNCTIONS, type FunctionSpec } from '../../../shared/contract/functions.ts'
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

const NAMES = functionNames()

describe('a release', () => {
  it('gives every function a version and an alias, and keeps old versions to go back to', () => {
    const versions = Object.values(prod.template.service.findResources('AWS::Lambda::Version'))
    expect(resourcesOf(prod.template.service, 'AWS::Lambda::Alias')).toHaveLength(NAMES.length)
    expect(versions).toHaveLength(NAMES.length)
    for (const { DeletionPolicy } of versions) expect(DeletionPolicy).toBe('Retain')
  })

  it('takes a tenth of the calls first in production, and goes back where callers or streams fail', () => {
    const alarms = resourcesOf(prod.template.service, 'AWS::CloudWatch::Alarm')
    expect(alarms.map(({ properties }) => properties.MetricName)).toEqual(['5xx', 'Errors', 'Errors'])
    const groups = resourcesOf(prod.template.service, 'AWS::CodeDeploy::DeploymentGroup')
    expect(groups).toHaveLength(NAMES.filter((name) => triggerOf(FUNCTIONS[name]) !== 'schedule').length)
    for (const { properties } of groups)
      expect(properties).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
        AlarmConfiguration: { Enabled: true, Alarms: alarms.map(({ id }) => ({ Name: { Ref: id } })) },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
      })
  })

  it('is there at once in development', () => {
    expect(resourcesOf(dev.template.service, 'AWS::CodeDeploy::DeploymentGroup')).toEqual([])
    expect(resourcesOf(dev.template.service, 'AWS::Lambda::Alias')).toHaveLength(NAMES.length)
  })

  it('has streams and the clock call what is live', () => {
    const aliases = new Set(resourcesOf(prod.template.service, 'AWS::Lambda::Alias').map(({ id }) => id))
    const mappings = resourcesOf(prod.template.service, 'AWS::Lambda::EventSourceMapping')
    const [rule] = resourcesOf(prod.template.service, 'AWS::Events::Rule')
    expect(aliases).toContain(rule?.properties.Targets[0].Arn.Ref)
    for (const { properties } of mappings) expect(JSON.stringify(properties.FunctionName)).toMatch(/live/)
  })
})

describe('concurrency', () => {
  it('is held back in production for what a burst could hurt, and in development for nothing', () => {
    const reserved = ({ template }: Synthesis) =>
      resourcesOf(template.service, 'AWS::Lambda::Function').flatMap(({ properties }) =>
        properties.ReservedConcurrentExecutions === undefined
          ? []
          : [[properties.FunctionName, properties.ReservedConcurrentExecutions]],
      )
    expect(Object.fromEntries(reserved(prod))).toEqual({
      'tidemark-prod-labels': 20,
      'tidemark-prod-serials': 10,
      'tidemark-prod-proof': 50,
      'tidemark-prod-sequencer': 10,
      'tidemark-prod-monitor': 1,
    })
    expect(reserved(dev)).toEqual([])
  })
})

describe('templates', () => {
  it('stay well below the 500 resources of a stack', () => {
    for (const template of Object.values(prod.template))
      expect(Object.keys(template.toJSON()['Resources']).length).toBeLessThan(450)
  })

  it('are the same, byte for byte, when nothing changed, so that deploying twice changes nothing', async () => {
    const again = await synthesise('prod', 'empty')
    for (const [name, template] of Object.entries(again.template)) {
      const before = Object.entries(prod.template).find(([other]) => other === name)?.[1]
      expect(JSON.stringify(template.toJSON())).toBe(JSON.stringify(before?.toJSON()))
    }
    await again.remove()
  })
})

describe('what is said by context', () => {
  const said = (context: Readonly<Record<string, string>>) => stageOf(new App({ context }).node)
  const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d'

  it('gives another address, with its certificate and TLS 1.2; the log keeps its name', async () => {
    const named = await synthesise('prod', 'empty', {}, { domain: 'trace.example.org', certificate })
    const [distribution] = resourcesOf(named.template.front, 'AWS::CloudFront::Distribution')
    expect(distribution?.properties.DistributionConfig).toMatchObject({
      Aliases: ['trace.example.org'],
      ViewerCertificate: { AcmCertificateArn: certificate, MinimumProtocolVersion: 'TLSv1.2_2021' },
    })
    expect(named.stacks.front.publicUrl).toBe('https://trace.example.org')
    expect(named.stacks.front.logOrigin).not.toContain('trace.example.org')
    await named.remove()
  })

  it('sets how much the API takes', () => {
    expect(said({ throttle: '4000/4500' }).throttle).toEqual({ rateLimit: 4000, burstLimit: 4500 })
  })

  it.each([
    [{ throttle: 'fast' }, 'throttle must be'],
    [{ budget: '1.5' }, 'budget must be whole US dollars'],
    [{ alertEmail: 'nobody' }, 'alertEmail must be an address'],
    [{ domain: 'trace.example.org' }, 'certificate must be the ARN'],
    [{ certificate }, 'domain must be a name'],
    [
      { domain: 'trace.example.org', certificate: certificate.replace('us-east-1', 'eu-west-1') },
      'us-east-1',
    ],
  ])('is refused where it is %j', (context, why) => {
    expect(() => said(Object.fromEntries(Object.entries(context)))).toThrow(why)
  })
})

const triggerOf = ({ trigger }: FunctionSpec): FunctionSpec['trigger'] => trigger
