import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carbonAccount } from '../../../../shared/domain/carbon/account.ts'
import { addActivities, NO_ACTIVITIES, type Activities } from '../../../../shared/domain/carbon/activities.ts'
import { FACTOR_TABLES, type FactorTable } from '../../../../shared/domain/carbon/factors.ts'

const [TABLE] = FACTOR_TABLES
if (!TABLE) throw new Error('there is a factor table')
const table: FactorTable = TABLE

/** A tonne of pellets: 1 kWh and 26 mL a kilogram, 350 km by lorry, 50 km by boat. */
const TONNE: Activities = {
  energyWh: 1_000_000,
  waterMl: 26_000,
  roadGramKm: 350_000_000,
  seaGramKm: 50_000_000,
}

const amount = fc.integer({ min: 0, max: 1_000_000_000_000_000 })
const mass = fc.integer({ min: 1, max: 1_000_000_000 })
const activities = fc.record({ energyWh: amount, waterMl: amount, roadGramKm: amount, seaGramKm: amount })

describe('A carbon account', () => {
  it('gives the figure that is usual for pellets, with every amount and factor', () => {
    const account = carbonAccount(TONNE, 1_000_000, table)
    expect(account).toMatchObject({ gramsCo2e: 668_100, gramsCo2ePerKg: 668, version: '1', missing: [] })
    expect(account.parts).toEqual([
      expect.objectContaining({ item: 'energy', amount: 1_000_000, unit: 'Wh', gramsCo2e: 536_600 }),
      expect.objectContaining({ item: 'water', amount: 26_000, unit: 'mL', factor: null, gramsCo2e: null }),
      expect.objectContaining({ item: 'transport-road', unit: 'g·km', gramsCo2e: 31_500 }),
      expect.objectContaining({ item: 'transport-sea', unit: 'g·km', gramsCo2e: 100_000 }),
    ])
  })

  it('rounds half a gram upwards, and only what it shows', () => {
    const roundedRoad = (roadGramKm: number) =>
      carbonAccount({ ...NO_ACTIVITIES, roadGramKm }, 1, table).gramsCo2e
    // 90 µg a gram-kilometre: half a gram is reached between 5,555 and 5,556.
    expect([5_555, 5_556].map(roundedRoad)).toEqual([0, 1])
    // A third of a gram each, shown as nothing; together they are one.
    const third = { ...NO_ACTIVITIES, roadGramKm: 3_800, seaGramKm: 171 }
    const account = carbonAccount(third, 1_000, table)
    expect(account.parts.map((part) => part.gramsCo2e)).toEqual([0, null, 0, 0])
    expect(account.gramsCo2e).toBe(1)
  })

  it('names what is not recorded, in whole or in part', () => {
    const partly: Activities = { ...TONNE, roadGramKm: 0, unrecorded: ['energy'] }
    expect(carbonAccount(partly, 1_000_000, table).missing).toEqual(['energy', 'transport-road'])
    expect(carbonAccount(NO_ACTIVITIES, 1, table)).toMatchObject({ gramsCo2e: 0, missing: { length: 4 } })
  })

  it('says what it leaves out, water among it', () => {
    const { boundary } = carbonAccount(TONNE, 1_000_000, table)
    expect(boundary.en).toMatch(/Not counted: water/)
    expect(boundary.zh).toMatch(/未计入：用水/)
  })

  it('never speaks of neutrality', () => {
    expect(JSON.stringify(carbonAccount(TONNE, 1_000_000, table))).not.toMatch(/neutral|中和/i)
  })

  it.each([
    ['a fraction', { energyWh: 0.5 }],
    ['less than nothing', { waterMl: -1 }],
    ['more than can be held exactly', { roadGramKm: 2 ** 53 }],
    ['no number', { seaGramKm: Number.NaN }],
  ])('refuses %s', (_, wrong) => {
    expect(() => carbonAccount({ ...NO_ACTIVITIES, ...wrong }, 1, table)).toThrow(RangeError)
  })

  it('refuses a batch without mass', () => {
    expect(() => carbonAccount(NO_ACTIVITIES, 0, table)).toThrow(RangeError)
  })
})

describe('The accounts of two batches', () => {
  it('add up to that of both together, to a gram', () => {
    fc.assert(
      fc.property(activities, mass, activities, mass, (a, massA, b, massB) => {
        const together = carbonAccount(addActivities(a, b), massA + massB, table).gramsCo2e
        const apart = carbonAccount(a, massA, table).gramsCo2e + carbonAccount(b, massB, table).gramsCo2e
        expect(Math.abs(together - apart)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('are each the sum of their parts, to half a gram a part', () => {
    fc.assert(
      fc.property(activities, mass, (given, massGrams) => {
        const { gramsCo2e, parts } = carbonAccount(given, massGrams, table)
        const sum = parts.reduce((total, part) => total + (part.gramsCo2e ?? 0), 0)
        expect(Math.abs(gramsCo2e - sum)).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('keep what is unrecorded of either', () => {
    const sum = addActivities(
      { ...TONNE, unrecorded: ['water', 'energy'] },
      { ...TONNE, unrecorded: ['energy'] },
    )
    expect(sum).toMatchObject({ energyWh: 2_000_000, unrecorded: ['energy', 'water'] })
    expect(addActivities(TONNE, TONNE)).not.toHaveProperty('unrecorded')
  })

  it('cannot be added beyond what can be held exactly', () => {
    const half = { ...NO_ACTIVITIES, roadGramKm: Number.MAX_SAFE_INTEGER }
    expect(() => addActivities(half, half)).toThrow(RangeError)
  })
})
