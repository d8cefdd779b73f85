import { Stack, type Environment } from 'aws-cdk-lib'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { ADDRESS_LIMIT } from '../../shared/contract/limits.ts'
import { problemOf } from '../../shared/contract/problem.ts'
import { limitFrom } from '../../shared/domain/identity/limit.ts'
import type { Stage } from './stage.ts'

export interface EdgeProps {
  readonly stage: Stage
  readonly env: Environment
}

const WINDOW_SECONDS = 300
const RETRY_SECONDS = 60

/**
 * The firewall before the CDN: how often one address may ask, and what AWS knows to be attacks. AWS wants it in
 * us-east-1, wherever the rest is, so it is a stack of its own.
 */
export class Edge extends Stack {
  readonly webAclArn: string

  constructor(scope: Construct, id: string, { stage, env }: EdgeProps) {
    super(scope, id, {
      description: 'Tidemark: the firewall before the public address',
      env,
      crossRegionReferences: true,
      terminationProtection: stage.keepsData,
    })
    const acl = new CfnWebACL(this, 'Firewall', {
      name: `tidemark-${stage.name}`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: seenAs('firewall'),
      customResponseBodies: { 'too-many': { contentType: 'APPLICATION_JSON', content: TOO_MANY } },
      rules: [rateRule(0), managedRule(1, 'AmazonIpReputationList'), managedRule(2, 'KnownBadInputsRuleSet')],
    })
    this.webAclArn = acl.attrArn
  }
}

/** The problem document that the local gateway gives too. */
const TOO_MANY = JSON.stringify(
  problemOf({
    code: 'too-many-requests',
    detail: `Too many requests came from your address. Send the same request again in ${RETRY_SECONDS} s.`,
  }),
)

/** The firewall counts over five minutes: what an address may ask in that time, at the rate that it may go on with. */
function rateRule(priority: number): CfnWebACL.RuleProperty {
  const { perSecond } = limitFrom('ADDRESS_LIMIT', ADDRESS_LIMIT)
  return {
    name: 'address-rate',
    priority,
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'IP',
        limit: perSecond * WINDOW_SECONDS,
        evaluationWindowSec: WINDOW_SECONDS,
      },
    },
    action: {
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: 'too-many',
          responseHeaders: [{ name: 'retry-after', value: String(RETRY_SECONDS) }],
        },
      },
    },
    visibilityConfig: seenAs('address-rate'),
  }
}

function managedRule(priority: number, name: string): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    statement: {
      managedRuleGroupStatement: { vendorName: 'AWS', name: `AWSManagedRules${name}` },
    },
    overrideAction: { none: {} },
    visibilityConfig: seenAs(name),
  }
}

/** No samples: requests carry keys. */
const seenAs = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
})
