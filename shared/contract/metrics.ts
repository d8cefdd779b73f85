/**
 * What the functions count as they work, for dashboard and alarms: what happens in the business, and how far the log is
 * behind it. All of it is counted where events are appended to the log, each event once; a record that is delivered twice
 * after a crash may count twice, so these are figures to watch and none to account by. Each costs by the month.
 */
export const METRIC_NAMESPACE = 'Tidemark'

/** The one dimension. */
export const METRIC_DIMENSION = 'Stage'

export const METRICS = {
  Pickups: 'Count',
  /** Mass of new batches, by what they are; CloudWatch knows no unit of mass. */
  CollectedKg: 'None',
  SortedKg: 'None',
  CleanedKg: 'None',
  PelletizedKg: 'None',
  ProductKg: 'None',
  /** Of closed runs, what nobody could account for. */
  UnaccountedKg: 'None',
  /** Checks that want an auditor to look. */
  Reviews: 'Count',
  /** From an event's recording to the signed checkpoint that has it; of a call, the longest. */
  LogLagSeconds: 'Seconds',
} as const satisfies Record<string, 'Count' | 'None' | 'Seconds'>

export type MetricName = keyof typeof METRICS
export type MetricValues = Readonly<Partial<Record<MetricName, number>>>
