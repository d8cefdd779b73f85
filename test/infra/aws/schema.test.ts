import { App, CfnResource, CloudFormationValidatePlugin, Stack } from 'aws-cdk-lib'
import { afterAll, describe, expect, it } from 'vitest'
import { synthesise, type Synthesis } from './synth.ts'

/**
 * CloudFormation's own validator, which brings the schema of every type of resource, holds each template to them: known
 * properties, required ones, types, allowed values. CDK runs it at every synthesis too.
 */
const found = (app: App): { ruleName: string; description: string }[] => {
  const { stacks } = app.synth()
  const templatePaths = stacks.map(({ templateFullPath }) => templateFullPath)
  const stackTemplates = stacks.map(({ hierarchicalId, templateFullPath }) => ({
    stackConstructPath: hierarchicalId,
    templatePath: templateFullPath,
    accountId: undefined,
    region: undefined,
  }))
  const context = { templatePaths, stackTemplates, appConstruct: app }
  const { violations } = new CloudFormationValidatePlugin().validate(context)
  return violations.map(({ ruleName, description }) => ({ ruleName, description }))
}

/** The schemas are many, and a busy machine takes half a minute to read them. */
const READING_MS = 180_000

describe('templates', () => {
  const made: Synthesis[] = []
  afterAll(() => Promise.all(made.map(({ remove }) => remove())))

  it.each(['dev', 'prod'] as const)(
    'of %s have what the schemas of their resources want',
    async (stage) => {
      const synthesis = await synthesise(stage, 'empty')
      made.push(synthesis)
      expect(found(synthesis.app)).toEqual([])
    },
    READING_MS,
  )
})

describe('the validator', () => {
  it('would find a property that is not there and one that is missing', () => {
    const app = new App()
    const stack = new Stack(app, 'Careless')
    const queue = new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { Colour: 'red' } })
    expect(queue.ref).toBeDefined()
    expect(JSON.stringify(found(app))).toContain('Colour')
  })
})
