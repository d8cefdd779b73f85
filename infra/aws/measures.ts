import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { METRIC_DIMENSION, METRIC_NAMESPACE, type MetricName } from '../../shared/contract/metrics.ts'
import type { FunctionName } from '../../shared/contract/functions.ts'
import { findingsNameOf } from './comparison.ts'
import { functionNameOf } from './function.ts'
import type { Stage } from './stage.ts'
import { failuresNameOf } from './stream.ts'

/** What is measured, by the names that the parts of a deployment have; alarms and dashboard are made of it. */
export interface Measures {
  readonly business: (name: MetricName, statistic: string) => Metric
  readonly ofApi: (name: 'Count' | '4xx' | '5xx' | 'Latency', statistic: string) => Metric
  readonly ofFunction: (name: FunctionName, metric: FunctionMetric, statistic: string) => Metric
  readonly failures: (name: FunctionName) => Metric
  readonly findings: Metric
  /** Calls of functions and requests to the table that were turned away for being too many. */
  readonly throttles: MathExpression
  /** Seconds that the log is behind. */
  readonly logAge: MathExpression
}

type FunctionMetric = 'Invocations' | 'Errors' | 'IteratorAge' | 'Duration'

interface Measured {
  readonly stage: Stage
  readonly apiId: string
  readonly tableName: string
}

const MINUTE = Duration.minutes(1)

export function measuresOf({ stage, apiId, tableName }: Measured): Measures {
  const business: Measures['business'] = (metricName, statistic) =>
    metric(METRIC_NAMESPACE, metricName, { [METRIC_DIMENSION]: stage.name }, statistic)
  const ofFunction: Measures['ofFunction'] = (name, metricName, statistic) =>
    metric('AWS/Lambda', metricName, { FunctionName: functionNameOf(stage, name) }, statistic)
  const ofTable = (metricName: string) =>
    metric('AWS/DynamoDB', metricName, { TableName: tableName }, Stats.SUM)
  return {
    business,
    ofFunction,
    ofApi: (metricName, statistic) => metric('AWS/ApiGateway', metricName, { ApiId: apiId }, statistic),
    failures: (name) =>
      metric(
        'AWS/SQS',
        'ApproximateNumberOfMessagesVisible',
        { QueueName: failuresNameOf(stage, name) },
        Stats.MAXIMUM,
      ),
    findings: metric(METRIC_NAMESPACE, findingsNameOf(stage), {}, Stats.SUM),
    throttles: new MathExpression({
      label: 'throttled',
      expression: 'FILL(calls, 0) + FILL(reads, 0) + FILL(writes, 0)',
      period: MINUTE,
      usingMetrics: {
        // Of all functions of the account, which share what they may run at once.
        calls: metric('AWS/Lambda', 'Throttles', {}, Stats.SUM),
        reads: ofTable('ReadThrottleEvents'),
        writes: ofTable('WriteThrottleEvents'),
      },
    }),
    logAge: logAgeOf(business, ofFunction),
  }
}

/**
 * How far the log is behind, while events come: the time from recording to checkpoint of what was signed, or the age of what
 * the sequencer has in hand and cannot finish. If it is not called at all while the projector is, which is fed by the same
 * stream, the log stands still.
 */
function logAgeOf(business: Measures['business'], ofFunction: Measures['ofFunction']): MathExpression {
  return new MathExpression({
    label: 'seconds behind',
    expression:
      'IF(FILL(projected, 0) > 0 AND FILL(sequenced, 0) == 0, 3600, MAX([FILL(lag, 0), FILL(age, 0) / 1000]))',
    period: MINUTE,
    usingMetrics: {
      lag: business('LogLagSeconds', Stats.MAXIMUM),
      age: ofFunction('sequencer', 'IteratorAge', Stats.MAXIMUM),
      sequenced: ofFunction('sequencer', 'Invocations', Stats.SUM),
      projected: ofFunction('projector', 'Invocations', Stats.SUM),
    },
  })
}

const metric = (
  namespace: string,
  metricName: string,
  dimensionsMap: Readonly<Record<string, string>>,
  statistic: string,
): Metric => new Metric({ namespace, metricName, dimensionsMap, statistic, period: MINUTE })
