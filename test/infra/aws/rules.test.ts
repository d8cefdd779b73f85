import { App, Stack } from 'aws-cdk-lib'
import { Annotations, Match } from 'aws-cdk-lib/assertions'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { AwsSolutionsChecks } from 'cdk-nag'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stageOf } from '../../../infra/aws/stage.ts'
import { synthesise, type Synthesis } from './synth.ts'

describe.each(['dev', 'prod'] as const)('the %s deployment', (stage) => {
  let synthesis: Synthesis
  beforeAll(async () => {
    synthesis = await synthesise(stage, 'empty')
  })
  afterAll(async () => synthesis.remove())

  it('breaks no rule of AWS Solutions without a reason written beside it', () => {
    expect(new AwsSolutionsChecks().validateScope(synthesis.app).violations).toEqual([])
  })

  it('gives CDK nothing to warn of', () => {
    for (const stack of stacksOf(synthesis)) {
      const annotations = Annotations.fromStack(stack)
      expect(annotations.findError('*', Match.anyValue())).toEqual([])
      expect(annotations.findWarning('*', Match.anyValue())).toEqual([])
    }
  })

  it('names no account, and a region only where the firewall must know it', () => {
    const region = stage === 'prod' ? 'us-east-1' : 'unknown-region'
    for (const stack of stacksOf(synthesis)) expect(stack.environment).toBe(`aws://unknown-account/${region}`)
  })
})

const stacksOf = ({ stacks }: Synthesis): Stack[] =>
  Object.values(stacks).filter((stack): stack is Stack => stack !== undefined)

describe('the rules', () => {
  it('would find a bucket that anyone may read in the clear', () => {
    const app = new App()
    expect(new Bucket(new Stack(app, 'Careless'), 'Open').bucketName).toBeDefined()
    const found = new AwsSolutionsChecks().validateScope(app).violations.map(({ ruleName }) => ruleName)
    expect(found).toEqual(expect.arrayContaining(['AwsSolutions-S1', 'AwsSolutions-S10']))
  })
})

describe('a stage', () => {
  it('is dev unless another is named', () => {
    expect(stageOf(new App().node).name).toBe('dev')
    expect(stageOf(new App({ context: { stage: 'prod' } }).node).name).toBe('prod')
  })

  it('fails when it is unknown, and says which are known', () => {
    const { node } = new App({ context: { stage: 'staging' } })
    expect(() => stageOf(node)).toThrow("unknown stage: got 'staging', expected one of dev, prod")
  })
})
