import { describe, expect, it } from 'vitest'
import { carbonAccount } from '../../../../shared/domain/carbon/account.ts'
import { NO_ACTIVITIES, type Activities } from '../../../../shared/domain/carbon/activities.ts'
import { compareWithVirgin } from '../../../../shared/domain/carbon/comparison.ts'
import { FACTOR_TABLES, type FactorTable } from '../../../../shared/domain/carbon/factors.ts'
import { POLYMERS, type Polymer } from '../../../../shared/domain/material/material.ts'

const [TABLE] = FACTOR_TABLES
if (!TABLE) throw new Error('there is a factor table')
const table: FactorTable = TABLE

const KILOGRAM: Activities = { energyWh: 1_000, waterMl: 26, roadGramKm: 350_000, seaGramKm: 50_000 }

function compared(polymer: Polymer, activities: Activities = KILOGRAM) {
  return compareWithVirgin(carbonAccount(activities, 1_000, table), polymer, table)
}

describe('Beside virgin polymer', () => {
  it('recycled HDPE is shown as a difference, with the source of both numbers', () => {
    expect(compared('HDPE')).toEqual({
      polymer: 'HDPE',
      virgin: {
        gramsCo2ePerKg: 1_900,
        source: { en: expect.stringContaining('PMC2873020'), zh: expect.stringContaining('PMC2873020') },
        basis: 'source',
      },
      gramsCo2ePerKg: 668,
      differenceGramsPerKg: 1_232,
      sentence: {
        en: '0.67 kg CO₂e per kg as recorded, 1.23 kg less than virgin HDPE (1.90 kg).',
        zh: '按记录每千克 0.67 千克 CO₂e，比原生 HDPE（1.90 千克）少 1.23 千克。',
      },
    })
  })

  it('a batch that emitted more is said to have done so', () => {
    const result = compared('HDPE', { ...KILOGRAM, energyWh: 5_010 })
    expect(result?.differenceGramsPerKg).toBe(-920)
    expect(result?.sentence.en).toContain('0.92 kg more than virgin HDPE')
    expect(result?.sentence.zh).toContain('多 0.92 千克')
  })

  it('an account with gaps is shown with its gaps, water aside, which nothing is counted for', () => {
    const sentence = compared('PP', { ...NO_ACTIVITIES, energyWh: 1_000 })?.sentence
    expect(sentence?.en).toContain('the true figure is higher: road transport, sea transport.')
    expect(sentence?.zh).toContain('实际数值更高：公路运输、海上运输。')
  })

  it('a virgin factor that is an estimate is called one', () => {
    expect(compared('PA6')?.sentence).toEqual({
      en: expect.stringContaining('6.70 kg, an estimate'),
      zh: expect.stringContaining('6.70 千克，估计值'),
    })
  })

  it.each(['mixed', 'unknown', 'PE', 'EPS', 'ABS'] as const)('%s is compared with nothing', (polymer) => {
    expect(compared(polymer)).toBeUndefined()
  })

  it('nothing is ever said to be neutral', () => {
    expect(JSON.stringify(POLYMERS.map((polymer) => compared(polymer)))).not.toMatch(/neutral|中和/i)
  })
})
