import { describe, expect, it } from 'vitest'
import { LOG_SHAPE, TODAY, times } from '../../../infra/cost/assumptions.ts'
import type { Measured, Units, Work } from '../../../infra/cost/measured.ts'
import { eventsOf, idle, rowsOf } from '../../../infra/cost/month.ts'
import { readPrices } from '../../../infra/cost/prices.ts'
import {
  call,
  GB,
  invocation,
  logged,
  passport,
  perCommitAt,
  plus,
  scanCached,
  scanUncached,
  worked,
  writeUnitsOf,
} from '../../../infra/cost/quantities.ts'
import { costed, costedTogether, GROUPS } from '../../../infra/cost/report.ts'

const units = (table: number, bySite = 0): Units => ({ table, bySite, byPerson: 0, byWeigher: 0 })

const work = (changes: Partial<Work> = {}): Work => ({
  of: 'a thing',
  calls: 1,
  requests: 1,
  writes: units(8, 2),
  reads: units(0),
  tableBytes: 3_000,
  indexBytes: 500,
  cpuMs: 4,
  ...changes,
})

const measured: Measured = {
  measuredAt: '2026-11-25',
  node: 'v24',
  sample: 1,
  lookup: { readUnits: 6, writeUnits: 1, requests: 7 },
  work: {
    pickup: work(),
    pickupWithPhoto: work({ writes: units(13, 2), reads: units(2) }),
    run: work({ calls: 2 }),
    charge: work({ calls: 0.025, requests: 0.05, writes: units(4, 1), cpuMs: 0.5 }),
    shipment: work({ calls: 2 }),
    product: work(),
    passportAlone: work({ writes: units(1), reads: units(1), requests: 2, tableBytes: 800, indexBytes: 0 }),
    passportOfMany: work({ writes: units(1), requests: 1, cpuMs: 1 }),
    scan: work({ writes: units(0), reads: units(0.5), cpuMs: 2 }),
    resolve: work({ writes: units(0), reads: units(0.5), cpuMs: 1 }),
  },
  page: { bytes: 37_000, gzipBytes: 11_000 },
}

const prod = { hasFirewall: true }
const none = { firewalls: 0, firewallRules: 0, kmsKeys: 0, alarms: 0, dashboards: 0, metrics: 0 }

describe('write units of an item', () => {
  it('are one for each kilobyte begun, and two in a transaction', () => {
    expect([1, 1_024, 1_025].map((bytes) => writeUnitsOf(bytes, false))).toEqual([1, 1, 2])
    expect([1, 1_024, 1_025].map((bytes) => writeUnitsOf(bytes, true))).toEqual([2, 2, 4])
  })
})

describe('a call of a function', () => {
  it('is billed by the millisecond begun, for half a gigabyte, with its share of cold starts', () => {
    // 4 ms × 1769/512 = 13.82; with one request of 6 ms 19.82, so 20 ms; 1 % of 400 ms are 4 more: 24 ms × 0.5 GB.
    expect(invocation(4, 1).lambdaGbSeconds).toBeCloseTo(0.012, 12)
    expect(invocation(4, 1).lambdaRequests).toBe(1)
  })
})

describe('a call of the API', () => {
  it('is two functions, one request of API, CDN and firewall each, and what it takes to know the caller', () => {
    expect(call(prod, measured, 4, 1)).toMatchObject({
      httpApiRequests: 1,
      cdnRequests: 1,
      firewallRequests: 1,
      lambdaRequests: 2,
      readUnits: 6,
      writeUnits: 1,
    })
  })

  it('asks no firewall where the stage has none', () => {
    expect(call({ hasFirewall: false }, measured, 4, 1)).not.toHaveProperty('firewallRequests')
  })
})

describe('work', () => {
  it('has the units that were measured, in the table and in its indexes, besides those of its call', () => {
    // 8 in the table, 2 in the index, 1 to note that the key was used.
    expect(worked(prod, measured, measured.work.pickup).writeUnits).toBe(11)
    expect(worked(prod, measured, measured.work.pickup).readUnits).toBe(6)
  })

  it('shares a call with others where many are sent in one', () => {
    const charge = worked(prod, measured, measured.work.charge)
    // A fortieth of a call: 5 of its own, 1/40 of one noted use; 6/40 read units.
    expect(charge.writeUnits).toBeCloseTo(5.025, 12)
    expect(charge.readUnits).toBeCloseTo(0.15, 12)
    expect(charge.httpApiRequests).toBeCloseTo(0.025, 12)
  })

  it('shares a call of the projector among as many passports as it was handed', () => {
    expect(passport(measured.work.passportOfMany, 50).lambdaRequests).toBeCloseTo(0.02, 12)
    expect(passport(measured.work.passportOfMany, 50).writeUnits).toBe(1)
  })
})

describe('a scan', () => {
  it('costs no database, API or function where the CDN answers it', () => {
    expect(scanCached(prod, measured)).toEqual({
      cdnRequests: 1,
      firewallRequests: 1,
      cdnGb: 11_000 / GB,
    })
  })

  it('is half a read unit and one function where it does not', () => {
    expect(scanUncached(prod, measured)).toMatchObject({
      readUnits: 0.5,
      lambdaRequests: 1,
      httpApiRequests: 1,
    })
  })
})

describe('an event logged', () => {
  it('bears the whole of its transaction where it is alone', () => {
    // Head of 282 bytes and leaf of 200: 2 each. Checkpoint: 1.
    expect(logged(1)).toMatchObject({ writeUnits: 5, readUnits: 1, objectPuts: 4, kmsSignatures: 1 })
  })

  it('shares it with 98 others', () => {
    // Head of 250 + 99 × 32 = 3,418 bytes: 4 KB, 8 units. 99 leaves: 198. Checkpoint: 1. Together 207.
    expect(logged(99).writeUnits).toBeCloseTo(207 / 99, 12)
    expect(logged(99).objectPuts).toBeCloseTo(4 / 99, 12)
    expect(logged(99).kmsSignatures).toBeCloseTo(1 / 99, 12)
  })

  it('follows the shape that it is given', () => {
    const shape = { ...LOG_SHAPE, signaturesPerCheckpoint: 2, tilesPerCommit: 1 }
    expect(logged(1, shape)).toMatchObject({ kmsSignatures: 2, objectPuts: 2 })
  })

  it('is one of no more than a transaction takes', () => {
    expect(() => logged(100)).toThrow(RangeError)
  })

  it('has the company of what came in the same second and shard, and of as many as it takes to keep up', () => {
    expect(perCommitAt({ eventsPerSecond: 0.1, shards: 4 })).toBe(1)
    expect(perCommitAt({ eventsPerSecond: 40, shards: 4 })).toBe(10)
    expect(perCommitAt({ eventsPerSecond: 200, shards: 100 })).toBe(10)
    expect(perCommitAt({ eventsPerSecond: 10_000, shards: 100 })).toBe(99)
  })
})

describe('a month', () => {
  it('of Blue Cycle has one pickup a week of 70,000', () => expect(TODAY.pickups).toBe(303_333))

  it('a thousand times is a thousand times all that happens', () => {
    expect(eventsOf(times(TODAY, 1_000))).toBeCloseTo(1_000 * eventsOf(TODAY), 3)
  })

  it('costs what its rows cost, whatever tiers they share', () => {
    const prices = readPrices()
    const month = times(TODAY, 1_000)
    const { rows, total } = costedTogether(rowsOf(month, prod, measured, none), prices)
    expect(rows.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(total.usd, 4)
    // More than by itself, each row would have begun with the dearest tier.
    const alone = rowsOf(month, prod, measured, none).reduce((sum, row) => sum + costed(row, prices).usd, 0)
    expect(total.usd).toBeLessThan(alone)
  })

  it('has each price in one group, so that the groups add up', () => {
    const { usd, byGroup } = costed(
      { label: 'all', quantities: Object.fromEntries(readPrices().all.map(({ id }) => [id, 7])) },
      readPrices(),
    )
    expect(Object.values(byGroup).reduce((sum, value) => sum + value, 0)).toBeCloseTo(usd, 9)
    expect(new Set(Object.values(GROUPS).flat()).size).toBe(Object.values(GROUPS).flat().length)
  })

  it('reads the whole table once a day, to compare the log with it', () => {
    const rows = rowsOf(TODAY, prod, measured, none)
    const of = (label: string) => rows.find((row) => row.label === label)?.quantities
    const tableGb = of('stored: table, recovery')?.recoveryGbMonths ?? 0
    expect(tableGb).toBeGreaterThan(0)
    // 365/12 days, 262,144 units of 4 KB in a GB.
    expect(of('log compared daily')?.readUnits).toBeCloseTo((365 / 12) * 262_144 * tableGb, 0)
  })

  it('of nothing costs the firewall, keys and alarms that the stage has', () => {
    const fixed = { ...none, firewalls: 1, firewallRules: 3, kmsKeys: 2, alarms: 10, dashboards: 1 }
    // 5 + 3 × 1 + 2 × 1 + 10 × 0.10 + 3.
    expect(costed({ label: 'idle', quantities: idle(fixed) }, readPrices()).usd).toBeCloseTo(14, 9)
    expect(costed({ label: 'idle', quantities: idle(none) }, readPrices()).usd).toBe(0)
  })

  it('adds quantities up, name by name', () => {
    expect(plus({ readUnits: 1 }, { readUnits: 2, writeUnits: 3 })).toEqual({ readUnits: 3, writeUnits: 3 })
  })
})
