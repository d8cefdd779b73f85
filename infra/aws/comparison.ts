import { Duration } from 'aws-cdk-lib'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets'
import type { Alias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { LOG_FINDING } from '../../shared/contract/findings.ts'
import { METRIC_NAMESPACE } from '../../shared/contract/metrics.ts'
import { callable } from './live.ts'
import type { Stage } from './stage.ts'

/** The metric that counts what the monitor finds. A filter gives its metric no dimension of its own, so the name says it. */
export const findingsNameOf = (stage: Stage): string => `LogFindings-${stage.name}`

interface Comparing {
  readonly monitor: LambdaFunction
  readonly live: Alias
  readonly stage: Stage
}

/** Has the monitor compare the log with the events once a day, and counts what it finds. */
export function compareDaily(scope: Construct, { monitor, live, stage }: Comparing): MetricFilter {
  const daily = new Rule(scope, 'monitor-daily', {
    description: 'Tidemark: has the log compared with the events',
    schedule: Schedule.rate(Duration.days(1)),
  })
  daily.addTarget(new LambdaTarget(callable(live), { retryAttempts: 2, maxEventAge: Duration.hours(6) }))
  return new MetricFilter(scope, 'log-findings', {
    logGroup: monitor.logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', LOG_FINDING),
    metricNamespace: METRIC_NAMESPACE,
    metricName: findingsNameOf(stage),
    metricValue: '1',
  })
}
