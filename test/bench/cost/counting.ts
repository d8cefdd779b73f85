import { Template } from 'aws-cdk-lib/assertions'
import type { Stacks } from '../../../infra/aws/tidemark.ts'
import type { Fixed, StageName } from '../../../infra/cost/fixed.ts'
import { resourcesOf, synthesise } from '../../infra/aws/synth.ts'

/** Metrics that functions write in their logs; a template does not name them. */
const WRITTEN_METRICS = 0

export async function countFixed(stage: StageName): Promise<Fixed> {
  const { stacks, remove } = await synthesise(stage, 'empty')
  try {
    return fixedIn(stacks)
  } finally {
    await remove()
  }
}

/** What the templates of a stage have that costs by the month alone. */
export function fixedIn({ edge, front, data, service }: Stacks): Fixed {
  const templates = [edge, front, data, service].flatMap((stack) =>
    stack ? [Template.fromStack(stack)] : [],
  )
  const all = (type: string) => templates.flatMap((template) => resourcesOf(template, type))
  const firewalls = all('AWS::WAFv2::WebACL')
  return {
    firewalls: firewalls.length,
    firewallRules: firewalls.reduce((sum, { properties }) => sum + properties.Rules.length, 0),
    kmsKeys: all('AWS::KMS::Key').length,
    alarms: all('AWS::CloudWatch::Alarm').length,
    dashboards: all('AWS::CloudWatch::Dashboard').length,
    metrics: all('AWS::Logs::MetricFilter').length + WRITTEN_METRICS,
  }
}
