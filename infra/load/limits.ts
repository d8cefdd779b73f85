/**
 * What AWS gives, as its documentation says; what is a quota that can be raised is called one. Dates and sources are with
 * each, `from memory` where it was not looked up.
 */
export const LIMITS = {
  /** "Best practices for designing and using partition keys", Amazon DynamoDB Developer Guide, read 2026-11-25. */
  partitionWrites: 1_000,
  partitionReads: 3_000,
  /** A new on-demand table, "warm throughput", read 2026-11-23. Beyond, it doubles within half an hour. */
  newTableWrites: 4_000,
  newTableReads: 12_000,
  /** Quota of a table, and as much of each index; from memory. */
  tableWrites: 40_000,
  tableReads: 40_000,
  /** Quota of an account in a region; from memory. */
  concurrentFunctions: 1_000,
  /** What infra/aws/stage.ts lets through in prod; a test compares. */
  apiRequests: 3_000,
} as const

/** What infra/aws/stream.ts asks for, and what Lambda does with it; polls are from memory. */
export const STREAM = {
  recordsPerCall: 50,
  lanesPerShard: 4,
  pollsPerSecond: 4,
  /** As functions/projector.ts has it. */
  marksAtOnce: 25,
} as const

/** The sequencer (infra/cost/assumptions.ts has its shape): records that nobody took are gone after so long. */
export const RETENTION_HOURS = 20

/** What is kept in memory, in seconds: functions/adapters/kept.ts and registry.ts. */
export const KEPT_SECONDS = { caller: 1, organisation: 15 } as const

/** Partitions are split when they near their limit, so there are more than it would take if all were full. */
const HEADROOM = 1.5
const FEWEST = 4

/** How many partitions DynamoDB comes to have under such a load, once it has adapted. */
export const partitionsFor = (writes: number, reads: number): number =>
  Math.max(
    FEWEST,
    Math.ceil(HEADROOM * Math.max(writes / LIMITS.partitionWrites, reads / LIMITS.partitionReads)),
  )
