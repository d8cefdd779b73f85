import type { Template } from 'aws-cdk-lib/assertions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STATEFUL_IDS, STATEFUL_TYPES } from './stateful.ts'
import { synthesise, type Synthesis } from './synth.ts'

let prod: Synthesis
beforeAll(async () => {
  prod = await synthesise('prod', 'empty')
})
afterAll(async () => prod.remove())

const stateful = (template: Template) =>
  Object.entries<{ Type: string; DeletionPolicy?: string }>(template.toJSON()['Resources']).filter(
    ([, { Type }]) => STATEFUL_TYPES.has(Type),
  )

describe('logical ids', () => {
  it.each(Object.keys(STATEFUL_IDS))(
    'of what %s holds never change, or CloudFormation would make it anew, and empty',
    (stack) => {
      const found = Object.entries(prod.template).find(([name]) => name === stack)
      if (!found) throw new Error(`there is no stack ${stack}`)
      const ids = Object.fromEntries(stateful(found[1]).map(([id, { Type }]) => [id, Type]))
      expect(ids).toEqual(Object.entries(STATEFUL_IDS).find(([name]) => name === stack)?.[1])
    },
  )

  it('are listed of every stack that holds anything', () => {
    const holding = Object.entries(prod.template).filter(([, template]) => stateful(template).length > 0)
    expect(holding.map(([name]) => name).sort()).toEqual(Object.keys(STATEFUL_IDS).sort())
  })
})

describe('what holds data', () => {
  it("stays when production's stack of data is deleted", () => {
    const kept = stateful(prod.template.data).filter(([, { Type }]) => KEPT.has(Type))
    expect(kept.length).toBeGreaterThan(5)
    for (const [id, { DeletionPolicy }] of kept) expect([id, DeletionPolicy]).toEqual([id, 'Retain'])
  })
})

const KEPT = new Set([
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
  'AWS::Cognito::UserPool',
  'AWS::Backup::BackupVault',
])
