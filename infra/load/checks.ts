import { LIMITS, RETENTION_HOURS } from './limits.ts'
import { PLACES } from './heat.ts'
import { ASCENDING } from './patterns.ts'
import type { Strain } from './simulate.ts'

/** What a load asks for beside what there is. */
export interface Check {
  readonly what: string
  readonly value: number
  readonly limit: number
  readonly unit: string
  /**
   * `holds`: as deployed. `tunes`: once DynamoDB has split or a quota or setting was raised, without touching the design.
   * `breaks`: no setting helps.
   */
  readonly verdict: 'holds' | 'tunes' | 'breaks'
  readonly why: string
}

type Kind = 'tunes' | 'breaks'

function check(
  what: string,
  [value, limit, unit]: readonly [number, number, string],
  beyond: Kind,
  why: string,
): Check {
  return { what, value, limit, unit, verdict: value <= limit ? 'holds' : beyond, why }
}

export function checksOf(strain: Strain): Check[] {
  const { heat } = strain
  return [
    ...PLACES.flatMap((place): Check[] => [
      check(
        `${place}: hottest key, ${shown(heat[place].writtenKey.name)}`,
        [heat[place].writtenKey.perSecond, LIMITS.partitionWrites, 'WCU/s'],
        'breaks',
        ASCENDING.has(place)
          ? 'its entries come in order, so all go to its newest end, which no split halves'
          : 'all of a key is in one partition',
      ),
      check(
        `${place}: hottest of ${heat[place].partitions} partitions`,
        [heat[place].writtenPartition, LIMITS.partitionWrites, 'WCU/s'],
        'tunes',
        'DynamoDB splits it, in minutes',
      ),
    ]),
    check(
      `table: most read key, ${shown(heat.table.readKey.name)}`,
      [heat.table.readKey.perSecond, LIMITS.partitionReads, 'RCU/s'],
      'breaks',
      'all of a key is in one partition',
    ),
    check(
      'table: record of the largest organisation',
      [strain.organisationReads * strain.organisationUnits, LIMITS.partitionReads, 'RCU/s'],
      'breaks',
      'one item, read whole by the authorizer each second and by the projector in each call',
    ),
    check(
      'table: what it has closed, after a year',
      [strain.closesReads * strain.closesUnits, LIMITS.partitionReads, 'RCU/s'],
      'tunes',
      `DynamoDB splits the list, but each read is ${strain.closesUnits} units and grows with every close`,
    ),
    ...totals(strain),
    ...streams(strain),
  ]
}

function totals({ heat, apiCalls, concurrent }: Strain): Check[] {
  const [table, index] = [heat.table, heat.bySite]
  return [
    check(
      'table: all writes, of a new table',
      [table.writes, LIMITS.newTableWrites, 'WCU/s'],
      'tunes',
      'warm it beforehand',
    ),
    check(
      'table: all writes, by quota',
      [table.writes, LIMITS.tableWrites, 'WCU/s'],
      'tunes',
      'raise the quota',
    ),
    check(
      'bySite: all writes, by quota',
      [index.writes, LIMITS.tableWrites, 'WCU/s'],
      'tunes',
      'raise the quota',
    ),
    check(
      'table: all reads, of a new table',
      [table.reads, LIMITS.newTableReads, 'RCU/s'],
      'tunes',
      'warm it beforehand',
    ),
    check(
      'API: calls',
      [apiCalls, LIMITS.apiRequests, '/s'],
      'tunes',
      'raise the throttle in infra/aws/stage.ts',
    ),
    check(
      'functions at once',
      [concurrent, LIMITS.concurrentFunctions, ''],
      'tunes',
      'raise the quota of the account',
    ),
  ]
}

function streams({ projected, projectable, shards, events, logPerSecond, logLagHours }: Strain): Check[] {
  return [
    check(
      `passports to make, ${shards} shards`,
      [projected, projectable, '/s'],
      'tunes',
      'raise parallelizationFactor in infra/aws/stream.ts',
    ),
    check('log: events', [events, logPerSecond, '/s'], 'tunes', 'it falls behind and catches up, see below'),
    check(
      'log: behind at worst',
      [logLagHours, RETENTION_HOURS, 'h'],
      'breaks',
      'records are gone from the stream before they are appended',
    ),
  ]
}

const MOST_SHOWN = 28
const shown = (key: string): string => (key.length > MOST_SHOWN ? `${key.slice(0, MOST_SHOWN - 1)}…` : key)
