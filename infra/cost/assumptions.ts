/**
 * What is neither measured nor priced but taken to be so, each with why. Change one here and all figures follow.
 */

/** How work on this machine becomes time on Lambda. */
export const LAMBDA = {
  memoryGb: 0.5,
  /** Lambda gives a whole processor at 1,769 MB, so at 512 MB CPU work takes that much longer. */
  slowdown: 1769 / 512,
  /** A request to DynamoDB from Lambda in the same region. */
  requestMs: 6,
  /** What the authorizer works besides its two requests. */
  authorizerCpuMs: 1,
  /** Start of an instance, billed since 2025-08-01, and how many calls begin with one where few come. */
  initMs: 400,
  coldShare: 0.01,
} as const

/** Bytes that each call leaves in CloudWatch: our line, Lambda's own three, and of calls of the API its access log. */
export const LOG_BYTES = { perInvocation: 600, perApiCall: 300 } as const

/** Bytes over the CDN besides pages: what a call of the API sends to the origin and is answered, with headers. */
export const CALL_BYTES = { up: 2_000, down: 2_500 } as const

/** As phones take them: the form keeps a picture as it was taken, and a thumbnail. */
export const PHOTO = { bytes: 1_800_000 + 25_000, files: 2 } as const

/**
 * The log, as it is built: one transaction of a head and of a leaf for each event, then tiles, then a signed checkpoint.
 * Each shard calls the sequencer at most once a second; so where few events come, each is a transaction of its own.
 */
export const LOG_SHAPE = {
  /** A DynamoDB transaction has 100 items, of which one is the head. */
  mostLeaves: 99,
  headBytes: 250,
  headBytesPerLeaf: 32,
  leafBytes: 200,
  checkpointBytes: 400,
  /** Earlier events that an event names and that are looked up, each one read unit. */
  lookupsPerEvent: 1,
  tilesPerCommit: 3,
  checkpointsPerCall: 1,
  signaturesPerCheckpoint: 1,
  cpuMsPerCommit: 5,
  /** One write of the transaction, three of tiles side by side, one signature, two of the checkpoint. */
  requestsPerCommit: 5,
  windowSeconds: 1,
  /** The monitor compares the log with all events once a day: it reads the whole table, strongly. */
  comparisons: 365 / 12,
  /** One after the other, since each replaces the head that it has read: some 50 ms for the transaction and the tiles. */
  mostCommitsPerSecond: 20,
} as const
export type LogShape = { readonly [Name in keyof typeof LOG_SHAPE]: number }

/** What happens in a month. */
export interface Month {
  readonly label: string
  readonly pickups: number
  /** Of the pickups, with a photo. */
  readonly photoShare: number
  /** Batches drawn into runs, every pickup once and every lot once more. */
  readonly charges: number
  readonly runs: number
  readonly shipments: number
  readonly products: number
  readonly scans: number
  /** Of the scans, answered by the CDN. A page is kept two seconds, so one that is scanned now and then never is. */
  readonly cachedShare: number
  /** Of the scans, of a GS1 Digital Link, which is resolved first. */
  readonly digitalLinkShare: number
  /** What people and their phones read besides: lists, batches, news. */
  readonly otherCalls: number
  readonly signedInUsers: number
  /** Shards of the table's stream: one for each partition, of which a new table has four. Each feeds the log by itself. */
  readonly shards: number
  /** For how long the same has been going on: what is stored adds up. */
  readonly monthsStored: number
}

/** One pickup a week of 10,000 vessels and 60,000 collectors: Blue Cycle as it was reported in 2023 and 2024. */
export const PARTICIPANTS = 70_000
const PICKUPS = Math.round((PARTICIPANTS * 52) / 12)
const RUNS = 5_000

export const TODAY: Month = {
  label: 'Blue Cycle today',
  pickups: PICKUPS,
  photoShare: 1,
  charges: PICKUPS + RUNS,
  runs: RUNS,
  shipments: 1_000,
  products: 200,
  scans: 1_000_000,
  cachedShare: 0,
  digitalLinkShare: 0.5,
  otherCalls: PICKUPS,
  signedInUsers: 500,
  shards: 4,
  monthsStored: 12,
}

/** What a storm leaves behind: partitions are split under load and never joined again (`npm run simulate`). */
const SHARDS_AFTER_STORMS = 156

/** The same month, so many times. */
export function times(month: Month, factor: number): Month {
  const { pickups, charges, runs, shipments, products, scans, otherCalls, signedInUsers } = month
  return {
    ...month,
    label: `${factor.toLocaleString('en-US')} times`,
    pickups: pickups * factor,
    charges: charges * factor,
    runs: runs * factor,
    shipments: shipments * factor,
    products: products * factor,
    scans: scans * factor,
    otherCalls: otherCalls * factor,
    signedInUsers: signedInUsers * factor,
    shards: Math.min(SHARDS_AFTER_STORMS, month.shards * factor),
  }
}

/** What one of the other calls reads. */
export const OTHER_CALL = { readUnits: 5, requests: 2, cpuMs: 3 } as const
