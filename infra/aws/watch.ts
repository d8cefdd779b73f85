import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { LOG_FINDING } from '../../shared/contract/findings.ts'

/**
 * Has the monitor compare the log with the events once a day, and counts what it finds: one finding is an alarm, and so is
 * a run that failed. Whom an alarm is sent to is for who runs a deployment to say.
 */
export function watchLog(scope: Construct, monitor: LambdaFunction): void {
  const daily = new Rule(scope, 'monitor-daily', {
    description: 'Tidemark: has the log compared with the events',
    schedule: Schedule.rate(Duration.days(1)),
  })
  daily.addTarget(new LambdaTarget(monitor, { retryAttempts: 2, maxEventAge: Duration.hours(6) }))
  const findings = new MetricFilter(scope, 'log-findings', {
    logGroup: monitor.logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', LOG_FINDING),
    metricNamespace: 'Tidemark',
    metricName: `LogFindings-${monitor.node.path.split('/')[0]}`,
    metricValue: '1',
  })
  findings.metric({ statistic: 'Sum', period: Duration.hours(1) }).createAlarm(scope, 'log-does-not-hold', {
    alarmDescription: 'Tidemark: the log is not what the events say, or was changed',
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  })
  monitor.metricErrors({ period: Duration.days(1) }).createAlarm(scope, 'log-not-watched', {
    alarmDescription: 'Tidemark: the log could not be compared with the events',
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  })
}
