import { Duration } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  Stats,
  TreatMissingData,
  type IMetric,
  type MathExpression,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import type { Measures } from './measures.ts'

/** Sections of the runbook, by their anchors. A test holds them to its headings. */
export type Section =
  | 'callers-are-answered-with-5xx'
  | 'answers-are-slow'
  | 'calls-are-turned-away'
  | 'a-stream-is-behind'
  | 'a-poisoned-stream-record'
  | 'the-log-is-behind'
  | 'a-log-mismatch'
  | 'the-log-was-not-compared'

export const RUNBOOK = 'infra/aws/runbook.md'

interface Watched {
  readonly id: string
  readonly what: string
  readonly section: Section
  readonly metric: Metric | MathExpression
  readonly period?: Duration
  readonly threshold: number
  readonly below?: boolean
  /** So many of so many periods in a row. */
  readonly of: readonly [number, number]
  /** Whether hearing nothing is bad news. */
  readonly silence?: TreatMissingData
}

/** What somebody has to look at, each with where to read on. */
function watchedOf(measures: Measures): Watched[] {
  const { ofApi, ofFunction, failures, findings, throttles, logAge } = measures
  const day = { period: Duration.hours(6), of: [6, 6] } as const
  return [
    {
      id: 'callers-failed',
      what: 'the API answers with 5xx',
      section: 'callers-are-answered-with-5xx',
      metric: ofApi('5xx', Stats.SUM),
      threshold: 5,
      of: [2, 5],
    },
    {
      id: 'answers-slow',
      what: 'one answer in a hundred takes longer than three seconds',
      section: 'answers-are-slow',
      metric: ofApi('Latency', Stats.percentile(99)),
      threshold: 3000,
      of: [10, 15],
    },
    {
      id: 'throttled',
      what: 'functions or the table turn calls away',
      section: 'calls-are-turned-away',
      metric: throttles,
      threshold: 1,
      of: [3, 5],
    },
    {
      id: 'projector-behind',
      what: 'passports and holds are more than a minute behind',
      section: 'a-stream-is-behind',
      metric: ofFunction('projector', 'IteratorAge', Stats.MAXIMUM),
      threshold: 60_000,
      of: [3, 5],
    },
    ...(['projector', 'sequencer'] as const).map((name): Watched => ({
      id: `${name}-gave-up`,
      what: `the ${name} has given up on records of the stream`,
      section: 'a-poisoned-stream-record',
      metric: failures(name),
      threshold: 1,
      of: [1, 1],
    })),
    {
      id: 'log-behind',
      what: 'events come, and the newest checkpoint is older than 60 seconds',
      section: 'the-log-is-behind',
      metric: logAge,
      threshold: 60,
      of: [2, 3],
    },
    {
      id: 'log-does-not-hold',
      what: 'the log is not what the events say, or was changed',
      section: 'a-log-mismatch',
      metric: findings,
      period: Duration.hours(1),
      threshold: 1,
      of: [1, 1],
    },
    {
      id: 'log-comparison-failed',
      what: 'the log could not be compared with the events',
      section: 'the-log-was-not-compared',
      metric: ofFunction('monitor', 'Errors', Stats.SUM),
      period: Duration.hours(1),
      threshold: 1,
      of: [1, 1],
    },
    {
      id: 'log-not-compared',
      what: 'the log was not compared with the events for a day and a half',
      section: 'the-log-was-not-compared',
      metric: ofFunction('monitor', 'Invocations', Stats.SUM),
      ...day,
      threshold: 1,
      below: true,
      silence: TreatMissingData.BREACHING,
    },
  ]
}

export const alarmsOf = (scope: Construct, measures: Measures): Alarm[] =>
  watchedOf(measures).map((watched) => alarmOf(scope, watched))

function alarmOf(
  scope: Construct,
  { metric, period, of: [datapoints, periods], ...watched }: Watched,
): Alarm {
  const measured: IMetric = period ? metric.with({ period }) : metric
  return new Alarm(scope, watched.id, {
    alarmDescription: `Tidemark: ${watched.what}. See ${RUNBOOK}#${watched.section}`,
    metric: measured,
    threshold: watched.threshold,
    datapointsToAlarm: datapoints,
    evaluationPeriods: periods,
    comparisonOperator: watched.below
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: watched.silence ?? TreatMissingData.NOT_BREACHING,
    // Of few answers the slowest hundredth is one of them, and a cold start.
    ...('statistic' in metric &&
      metric.statistic.startsWith('p') && { evaluateLowSampleCountPercentile: 'ignore' }),
  })
}
