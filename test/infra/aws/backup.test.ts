import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

describe('copies of the table', () => {
  it('are made every week for five weeks and every month for a year, of the table and nothing else', () => {
    const [plan] = resourcesOf(prod.template.data, 'AWS::Backup::BackupPlan')
    expect(plan?.properties.BackupPlan.BackupPlanRule).toMatchObject([
      { RuleName: 'weekly', Lifecycle: { DeleteAfterDays: 35 } },
      { RuleName: 'monthly', Lifecycle: { DeleteAfterDays: 400, MoveToColdStorageAfterDays: 8 } },
    ])
    const [selection] = resourcesOf(prod.template.data, 'AWS::Backup::BackupSelection')
    expect(selection?.properties.BackupSelection.Resources).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^Table/), 'Arn'] },
    ])
  })

  it('lie in a vault where nobody ends one within five weeks', () => {
    const vaults = Object.values(prod.template.data.findResources('AWS::Backup::BackupVault'))
    expect(vaults).toMatchObject([
      { DeletionPolicy: 'Retain', Properties: { LockConfiguration: { MinRetentionDays: 35 } } },
    ])
  })

  it('are not made in development', () => {
    expect(resourcesOf(dev.template.data, 'AWS::Backup::BackupVault')).toEqual([])
  })
})

describe('photos', () => {
  it('lie where keeping is cheap and looking is not, from 90 days on', () => {
    const photos = resourcesOf(prod.template.data, 'AWS::S3::Bucket').find(({ id }) =>
      id.startsWith('Photos'),
    )
    expect(photos?.properties.LifecycleConfiguration.Rules).toContainEqual(
      expect.objectContaining({ Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }] }),
    )
  })
})
