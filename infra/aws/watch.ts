import { RemovalPolicy, Stack, Validations, type Environment } from 'aws-cdk-lib'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { alarmsOf } from './alarms.ts'
import { dashboardOf } from './dashboard.ts'
import { measuresOf } from './measures.ts'
import type { Stage } from './stage.ts'

export interface WatchProps {
  readonly stage: Stage
  readonly env: Environment
  readonly apiId: string
  readonly table: TableV2
}

/**
 * What tells the people who run a deployment how it goes: a dashboard, alarms, and where alarms are sent to. A stack of its
 * own, above the others, so that a release that fails leaves what watches it alone.
 */
export class Watch extends Stack {
  constructor(scope: Construct, id: string, { stage, env, apiId, table }: WatchProps) {
    super(scope, id, { description: 'Tidemark: dashboard, alarms, and whom they are sent to', env })
    const topic = topicOf(this, stage)
    const measures = measuresOf({ stage, apiId, tableName: table.tableName })
    const told = new SnsAction(topic)
    const alarms = alarmsOf(this, measures)
    for (const alarm of alarms) {
      alarm.addAlarmAction(told)
      alarm.addOkAction(told)
    }
    dashboardOf(this, { stage, measures, alarms })
    if (stage.keepsData) budgetOf(this, stage, topic)
  }
}

/** Who sends to the topic, besides what CloudWatch does for the account itself. */
const SENDERS = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com']

function topicOf(scope: Stack, stage: Stage): Topic {
  const topic = new Topic(scope, 'Alerts', {
    topicName: `tidemark-${stage.name}-alerts`,
    displayName: `Tidemark ${stage.name}`,
    enforceSSL: true,
    ...(stage.keepsData && { masterKey: keyOf(scope) }),
  })
  if (!stage.keepsData)
    Validations.of(topic).acknowledge({
      id: 'AwsSolutions-SNS2',
      reason:
        'Alarms name nobody, and a key costs more a month than all the rest of a stage that is only tried out.',
    })
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: SENDERS.map((sender) => new ServicePrincipal(sender)),
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': scope.account } },
    }),
  )
  const { email } = stage.alerts
  if (email !== undefined) tellByMail(scope, topic, email)
  return topic
}

/** AWS asks that address first whether it wants to be told. */
const tellByMail = (scope: Construct, { topicArn }: Topic, endpoint: string): CfnSubscription =>
  new CfnSubscription(scope, 'AlertEmail', { protocol: 'email', endpoint, topicArn })

/** CloudWatch may not use the key that SNS has of its own, so there is one for alarms alone. It is renewed every year. */
function keyOf(scope: Stack): Key {
  const key = new Key(scope, 'AlertsKey', {
    description: 'Tidemark: alarms on their way',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: SENDERS.map((sender) => new ServicePrincipal(sender)),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': scope.account } },
    }),
  )
  return key
}

/** Says when four fifths of a month's money are spent, and when it will not last. It stops nothing. */
function budgetOf(scope: Construct, { name, alerts }: Stage, { topicArn }: Topic): CfnBudget {
  const sent = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: {
      notificationType,
      threshold,
      comparisonOperator: 'GREATER_THAN',
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [{ subscriptionType: 'SNS', address: topicArn }],
  })
  return new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: `tidemark-${name}`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: alerts.budgetUsd, unit: 'USD' },
    },
    notificationsWithSubscribers: [sent('ACTUAL', 80), sent('FORECASTED', 100)],
  })
}
