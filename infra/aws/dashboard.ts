import { Duration } from 'aws-cdk-lib'
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  MathExpression,
  Stats,
  TextWidget,
  type Alarm,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { METRICS, type MetricName } from '../../shared/contract/metrics.ts'
import { RUNBOOK } from './alarms.ts'
import type { Measures } from './measures.ts'
import type { Stage } from './stage.ts'

interface Shown {
  readonly stage: Stage
  readonly measures: Measures
  readonly alarms: Alarm[]
}

const WHOLE = 24
const THIRD = 8

/** One page: whether all is well, what the co-op does, how callers are answered, and how far the streams are. */
export function dashboardOf(scope: Construct, { stage, measures, alarms }: Shown): void {
  const { business, ofApi, ofFunction, failures, throttles, logAge } = measures
  const kg = (name: MetricName): name is MetricName => name.endsWith('Kg') && name !== 'UnaccountedKg'
  const hourly = (name: MetricName): IMetric =>
    business(name, Stats.SUM).with({ period: Duration.hours(1), label: name })
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: `Tidemark-${stage.name}`,
    defaultInterval: Duration.days(1),
  })
  dashboard.addWidgets(
    new TextWidget({
      markdown: `Tidemark ${stage.name}. What to do: \`${RUNBOOK}\`.`,
      width: WHOLE,
      height: 1,
    }),
  )
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: WHOLE, height: 3 }))
  dashboard.addWidgets(
    graph('Pickups and reviews, by the hour', [hourly('Pickups'), hourly('Reviews')]),
    graph('Mass of new batches, kg by the hour', namesOf(METRICS).filter(kg).map(hourly)),
    graph('Unaccounted for, kg by the hour', [hourly('UnaccountedKg')]),
  )
  dashboard.addWidgets(
    graph('Requests and refusals', [
      ofApi('Count', Stats.SUM),
      ofApi('4xx', Stats.SUM),
      ofApi('5xx', Stats.SUM),
    ]),
    graph('Answers, ms', [ofApi('Latency', Stats.percentile(50)), ofApi('Latency', Stats.percentile(99))]),
    graph('Turned away', [throttles]),
  )
  dashboard.addWidgets(
    graph('The log is behind, s', [logAge]),
    graph('The stream is behind, ms', [
      ofFunction('projector', 'IteratorAge', Stats.MAXIMUM),
      ofFunction('sequencer', 'IteratorAge', Stats.MAXIMUM),
    ]),
    graph('Given up on', [failures('projector'), failures('sequencer')]),
  )
  dashboard.addWidgets(
    graph('Calls by function', [ofAll(stage, 'Invocations', 'Sum')]),
    graph('Errors by function', [ofAll(stage, 'Errors', 'Sum')]),
    graph('Time by function, p99, ms', [ofAll(stage, 'Duration', 'p99')]),
  )
}

const graph = (title: string, left: IMetric[]): IWidget =>
  new GraphWidget({ title, left, width: THIRD, height: 6, leftYAxis: { min: 0 } })

/** All functions of the stage, whichever there are when somebody looks. */
const ofAll = ({ name }: Stage, metric: string, statistic: string): IMetric =>
  new MathExpression({
    expression: `SEARCH('{AWS/Lambda,FunctionName} tidemark ${name} MetricName="${metric}"', '${statistic}', 300)`,
    label: '',
    usingMetrics: {},
    period: Duration.minutes(5),
  })

const namesOf = (metrics: typeof METRICS): MetricName[] => {
  const names: MetricName[] = []
  for (const name in metrics) if (isName(name)) names.push(name)
  return names
}
const isName = (name: string): name is MetricName => Object.hasOwn(METRICS, name)
