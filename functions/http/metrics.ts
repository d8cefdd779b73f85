import {
  METRIC_DIMENSION,
  METRIC_NAMESPACE,
  METRICS,
  type MetricName,
  type MetricValues,
} from '../../shared/contract/metrics.ts'

/**
 * Tells CloudWatch values of metrics by a line in the log, in its embedded metric format: no request, no wait. Elsewhere
 * than on AWS, where no stage is named, nobody would read it and nothing is written.
 */
export function count(values: MetricValues, fields: Readonly<Record<string, string | number>> = {}): void {
  const stage = process.env['STAGE']
  if (stage === undefined) return
  const told = Object.keys(values).filter(isMetric)
  const directive = {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [[METRIC_DIMENSION]],
    Metrics: told.map((name) => ({ Name: name, Unit: METRICS[name] })),
  }
  const line = {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
    level: 'info',
    ...fields,
    [METRIC_DIMENSION]: stage,
    ...values,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name)
