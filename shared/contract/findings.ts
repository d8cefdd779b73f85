/** What the monitor's log line says of each thing that it finds: the metric behind the alarm looks for it. */
export const LOG_FINDING = 'the log does not hold'
