import { App } from 'aws-cdk-lib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { organisationItem } from '../../../functions/adapters/registry.ts'
import { stageOf } from '../../../infra/aws/stage.ts'
import { readMeasured } from '../../../infra/cost/measured.ts'
import { chanceFrom, zipf, zipfShare } from '../../../infra/load/chance.ts'
import type { Check } from '../../../infra/load/checks.ts'
import { heatMeter } from '../../../infra/load/heat.ts'
import { LIMITS, partitionsFor } from '../../../infra/load/limits.ts'
import { KEYS, type Keys } from '../../../infra/load/patterns.ts'
import { worstOf } from '../../../infra/load/print.ts'
import { lagHours, simulate, unitsOfOrganisation } from '../../../infra/load/simulate.ts'
import { itemBytes } from '../../bench/items.ts'

const measured = readMeasured()
const run = (factor: number, keys: Keys = KEYS) => simulate({ factor, seed: 1, seconds: 1, measured, keys })

const breaking = (simulated: ReturnType<typeof run>): string[] =>
  simulated.flatMap(({ strain, checks }) =>
    checks
      .filter(({ verdict }) => verdict === 'breaks')
      .map(({ what }) => `${strain.scenario.name}, ${what}`),
  )

describe('the load simulation', () => {
  it('finds that today’s Blue Cycle holds as deployed, storms and recalls included', () => {
    expect(worstOf(run(1).flatMap(({ checks }) => checks))).toBe('holds')
  })

  it('finds, at a thousand times, one thing that no setting helps: the record of an organisation with 200 sites', () => {
    expect(breaking(run(1_000))).toEqual([
      'typhoon, table: record of the largest organisation',
      'recall, table: record of the largest organisation',
    ])
  })

  it('breaks under a journal that puts all pickups of a day in one partition', () => {
    const bad = { ...KEYS, journalPk: () => 'J#2026-08-12' }
    expect(breaking(run(1_000, bad)).some((what) => what.includes('bySite: hottest key, J#2026-08-12'))).toBe(
      true,
    )
  })

  it('breaks under states that share a partition by organisation', () => {
    const bad = { ...KEYS, stateKey: () => ({ pk: 'B#coop-1', sk: 'STATE' }) }
    expect(breaking(run(1_000, bad)).some((what) => what.includes('table: hottest key, B#coop-1'))).toBe(true)
  })

  it('breaks under people who are all called the same', () => {
    const bad = { ...KEYS, personPk: () => 'N#volunteer' }
    expect(breaking(run(1_000, bad)).some((what) => what.includes('byPerson: hottest key'))).toBe(true)
  })

  it('gives the same for the same seed, and another load for another', () => {
    const heat = (seed: number) =>
      simulate({ factor: 100, seed, seconds: 1, measured }).map(({ strain }) => strain.heat.table.writes)
    expect(heat(7)).toEqual(heat(7))
    expect(heat(7)).not.toEqual(heat(8))
  })

  it('knows what the API of prod lets through', () => {
    const { throttle } = stageOf(new App({ context: { stage: 'prod' } }).node)
    expect(LIMITS.apiRequests).toBe(throttle.rateLimit)
  })

  it('knows what reading an organisation takes', () => {
    const name = { en: 'Jiaojiang central fishing port', zh: '椒江中心渔港' }
    const sites = Array.from({ length: 200 }, (_, n) => ({
      id: `harbour-${n}`,
      kind: 'station' as const,
      name,
      lat: 28.6812,
      lon: 121.4523,
    }))
    const bytes = itemBytes(organisationItem({ id: 'coop', name, sites }))
    expect(unitsOfOrganisation(200)).toBe(Math.ceil(bytes / 4_096))
  })
})

describe('the log under load', () => {
  it('is never behind while less comes in than is appended', () =>
    expect(lagHours({ hours: 6 }, 1_980)).toBe(0))

  it('is behind by what came in beyond that, at its worst', () => {
    // Rising over 3 h to 3,960/s and falling again: over half of it more than 1,980/s comes in, 990/s more on average.
    // 3 h × 990/s, appended at 1,980/s, are 1.5 h.
    expect(lagHours({ hours: 6 }, 3_960)).toBeCloseTo(1.5, 2)
  })
})

describe('what is counted', () => {
  it('is by the second: the hottest is not the average', () => {
    const meter = heatMeter()
    meter.nextSecond()
    meter.count([{ place: 'table', pk: 'B#1', writes: 4 }])
    meter.count([{ place: 'table', pk: 'B#1', writes: 2 }])
    meter.nextSecond()
    meter.count([{ place: 'table', pk: 'B#2', writes: 2, reads: 1 }])
    const heat = meter.of('table')
    expect(heat).toMatchObject({ writes: 4, reads: 0.5, writtenKey: { name: 'B#1', perSecond: 6 } })
    expect(heat.readKey).toEqual({ name: 'B#2', perSecond: 1 })
    expect(meter.of('bySite').writes).toBe(0)
  })

  it('has partitions with room to spare, and never fewer than a new table', () => {
    expect(partitionsFor(0, 0)).toBe(4)
    expect(partitionsFor(10_000, 0)).toBe(15)
    expect(partitionsFor(0, 30_000)).toBe(15)
  })

  it('is as bad as the worst of it', () => {
    const of = (...verdicts: Check['verdict'][]) => worstOf(verdicts.map((verdict) => ({ verdict })))
    expect([of('holds', 'tunes'), of('tunes', 'breaks'), of('holds')]).toEqual(['tunes', 'breaks', 'holds'])
  })
})

describe('chance', () => {
  it('picks the first of many twice as often as the second', () => {
    const [pick, chance] = [zipf(10), chanceFrom(3)]
    const counts = [0, 0]
    for (let n = 0; n < 20_000; n++) {
      const picked = pick(chance)
      if (picked < 2) counts[picked] = (counts[picked] ?? 0) + 1
    }
    expect((counts[0] ?? 0) / (counts[1] ?? 1)).toBeCloseTo(2, 0)
    // 1 / (1 + 1/2 + 1/3).
    expect(zipfShare(3, 0)).toBeCloseTo(6 / 11, 12)
  })

  it('picks one of those that there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (count, seed) => {
        const picked = zipf(count)(chanceFrom(seed))
        expect(picked >= 0 && picked < count).toBe(true)
      }),
    )
  })

  it('counts as many as there are on average, few or many', () => {
    for (const mean of [0.5, 5, 500]) {
      const chance = chanceFrom(11)
      const sum = Array.from({ length: 4_000 }, () => chance.count(mean)).reduce((a, b) => a + b, 0)
      expect(sum / 4_000 / mean).toBeCloseTo(1, 1)
    }
  })
})
