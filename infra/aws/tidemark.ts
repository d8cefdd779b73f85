import { Tags, Validations, type App } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import type { Assets } from './assets.ts'
import { Data } from './data.ts'
import { Edge } from './edge.ts'
import { Front } from './front.ts'
import { Service } from './service.ts'
import { Watch } from './watch.ts'
import { FIREWALL_REGION, type Place, type Stage } from './stage.ts'

export interface Stacks {
  /** Only where the stage has a firewall. */
  readonly edge: Edge | undefined
  readonly front: Front
  readonly data: Data
  readonly service: Service
  readonly watch: Watch
}

/**
 * CDK's newer behaviours that we want. They are set in code and not in cdk.json, so that tests see what is deployed.
 * Logs are let into their bucket by a policy instead of an ACL; a policy's statements that say the same become one; and
 * what another stack uses cannot be deleted under it, be it the table or the address on the codes. What CloudFormation's own
 * validator finds against the schemas of resources, which come with CDK, stops a synthesis.
 */
export const FLAGS = {
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  '@aws-cdk/core:validateAgainstDefaultRules': true,
} as const

/**
 * One deployment: its stacks, each needing those before it, and the rules of AWS Solutions over all of them, which stop
 * a synthesis that breaks one. No account is named, so any can take it.
 */
export function addTidemark(app: App, stage: Stage, assets: Assets, place: Place): Stacks {
  const prefix = `Tidemark-${stage.name}`
  const env = stage.hasFirewall ? place : {}
  const edge = stage.hasFirewall
    ? new Edge(app, `${prefix}-Edge`, { stage, env: { ...env, region: FIREWALL_REGION } })
    : undefined
  const front = new Front(app, `${prefix}-Front`, { stage, env, webAclArn: edge?.webAclArn })
  const data = new Data(app, `${prefix}-Data`, { stage, env, siteUrl: front.publicUrl })
  const service = new Service(app, `${prefix}-Service`, { stage, env, assets, front, data })
  const watch = new Watch(app, `${prefix}-Watch`, { stage, env, apiId: front.api.apiId, table: data.table })
  // What is watched has names that are known before it is there, so nothing else says which comes first.
  watch.addStackDependency(service)
  Tags.of(app).add('tidemark:stage', stage.name)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { edge, front, data, service, watch }
}
