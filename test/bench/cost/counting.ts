import { Template } from 'aws-cdk-lib/assertions'
import { METRICS } from '../../../shared/contract/metrics.ts'
import type { Stacks } from '../../../infra/aws/tidemark.ts'
import type { Fixed, StageName } from '../../../infra/cost/fixed.ts'
import { resourcesOf, synthesise } from '../../infra/aws/synth.ts'

/** Metrics that functions write in their logs; a template does not name them. */
const WRITTEN_METRICS = Object.keys(METRICS).length

export async function countFixed(stage: StageName): Promise<Fixed> {
  const { stacks, remove } = await synthesise(stage, 'empty')
  try {
    return fixedIn(stacks)
  } finally {
    await remove()
  }
}

/** What the templates of a stage have that costs by the month alone. */
export function fixedIn({ edge, front, data, service, watch }: Stacks): Fixed {
  const templates = [edge, front, data, service, watch].flatMap((stack) =>
    stack ? [Template.fromStack(stack)] : [],
  )
  const all = (type: string) => templates.flatMap((template) => resourcesOf(template, type))
  const firewalls = all('AWS::WAFv2::WebACL')
  return {
    firewalls: firewalls.length,
    firewallRules: firewalls.reduce((sum, { properties }) => sum + properties.Rules.length, 0),
    kmsKeys: all('AWS::KMS::Key').length,
    alarms: all('AWS::CloudWatch::Alarm').reduce((sum, { properties }) => sum + metricsOf(properties), 0),
    dashboards: all('AWS::CloudWatch::Dashboard').length,
    metrics: all('AWS::Logs::MetricFilter').length + WRITTEN_METRICS,
  }
}

/** An alarm costs by the metrics that it looks at; those of a formula are listed. */
const metricsOf = ({ Metrics = [] }: { readonly Metrics?: readonly object[] }): number =>
  Math.max(1, Metrics.filter((metric) => 'MetricStat' in metric).length)
