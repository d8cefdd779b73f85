import { createHash } from 'node:crypto'
import type { Place } from '../cost/measured.ts'
import { partitionsFor } from './limits.ts'
import type { Touch } from './patterns.ts'

/** Counts units second by second, and says where it got hottest. */

export const PLACES = ['table', 'bySite', 'byPerson', 'byWeigher'] as const satisfies readonly Place[]

export interface Hottest {
  readonly name: string
  readonly perSecond: number
}

/** Of the table or one of its indexes. */
export interface Heat {
  /** Averages of the whole. */
  readonly writes: number
  readonly reads: number
  /** The partition key with most in any one second. */
  readonly writtenKey: Hottest
  readonly readKey: Hottest
  /** As many partitions as it takes, and the one with most in any one second. */
  readonly partitions: number
  readonly writtenPartition: number
  readonly readPartition: number
}

interface Units {
  writes: number
  reads: number
}

const NONE: Hottest = { name: '', perSecond: 0 }

export interface HeatMeter {
  readonly nextSecond: () => void
  /** Counts what is touched in the second that is now. */
  readonly count: (touches: readonly Touch[]) => void
  readonly of: (place: Place) => Heat
}

type Second = Map<string, Units>

export function heatMeter(): HeatMeter {
  const secondsOf: Readonly<Record<Place, Second[]>> = { table: [], bySite: [], byPerson: [], byWeigher: [] }
  return {
    nextSecond: () => {
      for (const place of PLACES) secondsOf[place].push(new Map())
    },
    count: (touches) => {
      for (const { place, pk, writes = 0, reads = 0 } of touches) {
        const keys = secondsOf[place].at(-1)
        const known = keys?.get(pk)
        if (known) {
          known.writes += writes
          known.reads += reads
        } else keys?.set(pk, { writes, reads })
      }
    },
    of: (place) => heatOf(secondsOf[place]),
  }
}

function heatOf(seconds: readonly Second[]): Heat {
  let [writes, reads] = [0, 0]
  for (const keys of seconds) {
    for (const units of keys.values()) {
      writes += units.writes / seconds.length
      reads += units.reads / seconds.length
    }
  }
  const partitions = partitionsFor(writes, reads)
  const loads = seconds.flatMap((keys) => spread(keys, partitions))
  return {
    writes,
    reads,
    writtenKey: hottest(seconds, 'writes'),
    readKey: hottest(seconds, 'reads'),
    partitions,
    writtenPartition: Math.max(0, ...loads.map((load) => load.writes)),
    readPartition: Math.max(0, ...loads.map((load) => load.reads)),
  }
}

function hottest(seconds: readonly ReadonlyMap<string, Units>[], what: keyof Units): Hottest {
  let found = NONE
  for (const keys of seconds)
    for (const [name, units] of keys)
      if (units[what] > found.perSecond) found = { name, perSecond: units[what] }
  return found
}

/** DynamoDB puts a partition key where its hash falls; so all of one key is in one place. */
function spread(keys: ReadonlyMap<string, Units>, partitions: number): Units[] {
  const loads = Array.from({ length: partitions }, () => ({ writes: 0, reads: 0 }))
  for (const [pk, { writes, reads }] of keys) {
    const load = loads[createHash('md5').update(pk).digest().readUInt32BE(0) % partitions]
    if (!load) continue
    load.writes += writes
    load.reads += reads
  }
  return loads
}
