import { Duration, Validations } from 'aws-cdk-lib'
import { ComparisonOperator, Metric, TreatMissingData, type Alarm } from 'aws-cdk-lib/aws-cloudwatch'
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  type ILambdaDeploymentConfig,
} from 'aws-cdk-lib/aws-codedeploy'
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Alias, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { FUNCTIONS, type FunctionName, type FunctionSpec } from '../../shared/contract/functions.ts'
import { versionOf } from './live.ts'
import type { Stage } from './stage.ts'

/** What routes, streams and the clock call: the version that is live. */
export const LIVE = 'live'

export interface Releasing {
  readonly stage: Stage
  readonly apiId: string
}

/** Ten minutes in which one call in ten is answered by the new version, then all of them. */
const CANARY = LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES

/** Ten failures in a minute are no accident, and few enough that a tenth of the calls of a quiet hour tells. */
const MOST_FAILURES = 10

/**
 * Gives every function its alias. With a canary, CloudFormation has CodeDeploy move each alias, and moves all of them back
 * where one of the alarms goes off meanwhile: the API answers with 5xx, or a stream is not worked off. A version that does
 * not even load is among the first. What the clock calls has no share of calls to try a version on.
 */
export function releaseAll(
  scope: Construct,
  functions: ReadonlyMap<FunctionName, LambdaFunction>,
  releasing: Releasing,
): Map<FunctionName, Alias> {
  const aliases = new Map(
    [...functions].map(([name, made]) => [
      name,
      new Alias(scope, `${name}-${LIVE}`, { aliasName: LIVE, version: versionOf(made) }),
    ]),
  )
  if (releasing.stage.hasCanary) watchReleases(scope, aliases, releasing)
  return aliases
}

function watchReleases(
  scope: Construct,
  aliases: ReadonlyMap<FunctionName, Alias>,
  { stage, apiId }: Releasing,
): void {
  const application = new LambdaApplication(scope, 'releases', { applicationName: `tidemark-${stage.name}` })
  const role = new Role(scope, 'releases-role', {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    managedPolicies: [
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited'),
    ],
  })
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
    reason: 'AWS wrote this policy for exactly this and keeps it up; only CodeDeploy can take the role.',
  })
  const alarms = alarmsOf(scope, aliases, apiId)
  for (const [name, alias] of aliases) {
    if (triggerOf(name) === 'schedule') continue
    groupOf(scope, name, { application, role, alias, alarms, deploymentConfig: CANARY })
  }
}

interface Group {
  readonly application: LambdaApplication
  readonly role: Role
  readonly alias: Alias
  readonly alarms: Alarm[]
  readonly deploymentConfig: ILambdaDeploymentConfig
}

function groupOf(scope: Construct, name: FunctionName, group: Group): LambdaDeploymentGroup {
  return new LambdaDeploymentGroup(scope, `${name}-release`, {
    ...group,
    autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
  })
}

function alarmsOf(scope: Construct, aliases: ReadonlyMap<FunctionName, Alias>, apiId: string): Alarm[] {
  const failures = new Metric({
    namespace: 'AWS/ApiGateway',
    metricName: '5xx',
    dimensionsMap: { ApiId: apiId },
    statistic: 'Sum',
    period: Duration.minutes(1),
  })
  const ofApi = alarmOf(scope, 'release-fails-callers', failures, MOST_FAILURES)
  const ofStreams = [...aliases].flatMap(([name, alias]) =>
    triggerOf(name) === 'stream'
      ? [alarmOf(scope, `release-fails-${name}`, alias.metricErrors({ period: Duration.minutes(1) }), 3)]
      : [],
  )
  return [ofApi, ...ofStreams]
}

const alarmOf = (scope: Construct, id: string, metric: Metric, threshold: number): Alarm =>
  metric.createAlarm(scope, id, {
    alarmDescription: 'Tidemark: a release that is under way does harm; it is rolled back by itself',
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  })

const triggerOf = (name: FunctionName): FunctionSpec['trigger'] => FUNCTIONS[name].trigger
