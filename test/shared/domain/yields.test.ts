import { describe, expect, it } from 'vitest'
import { COLLECTED_FORMS } from '../../../shared/domain/material/material.ts'
import { mostWaterBp, overallFlagBandOf, yieldBandOf } from '../../../shared/domain/material/yields/band.ts'
import { YIELDS } from '../../../shared/domain/material/yields/table.ts'

describe('the bands of yield', () => {
  it('are there for every collected form, and as wide as the table for the one that can be anything', () => {
    const missing = COLLECTED_FORMS.filter((form) => yieldBandOf('cleaning', { [form]: 1 }) === undefined)
    expect(missing).toEqual([])
    expect(yieldBandOf('cleaning', { other: 1 })).toEqual({ lowBp: 5_500, highBp: 9_200 })
    expect(overallFlagBandOf({ other: 1 })).toEqual({ lowBp: 2_000, highBp: 9_000 })
  })

  it('are the same for all forms where nothing is washed off or sorted out, and none for collecting', () => {
    for (const forms of [{ bottle: 1 }, { net: 1 }, { other: 1 }])
      expect(yieldBandOf('consolidation', forms)).toEqual({ lowBp: 9_800, highBp: 10_000 })
    expect(yieldBandOf('collection', { bottle: 1 })).toBeUndefined()
  })

  it('of several forms count each by its mass: a gram of net in a tonne of bottles changes next to nothing', () => {
    expect(yieldBandOf('cleaning', { bottle: 50, film: 50 })).toEqual({ lowBp: 6_500, highBp: 8_150 })
    expect(yieldBandOf('cleaning', { bottle: 999_999, net: 1 }, 'PET')).toEqual({
      lowBp: 7_499,
      highBp: 8_800,
    })
  })

  it('know how much water usually comes with material, by its mass too', () => {
    expect([mostWaterBp({ bottle: 1 }), mostWaterBp({ bottle: 1, film: 1 })]).toEqual([1_500, 2_750])
    expect(mostWaterBp({})).toBe(10_000)
  })

  it('differ between nets of PA6 and of polyethylene, and span both for any other', () => {
    expect(yieldBandOf('cleaning', { net: 1 }, 'PA6')).toEqual({ lowBp: 6_000, highBp: 8_000 })
    expect(yieldBandOf('cleaning', { net: 1 }, 'HDPE')).toEqual({ lowBp: 6_500, highBp: 8_200 })
    const both = { lowBp: 6_000, highBp: 8_200 }
    expect(yieldBandOf('cleaning', { net: 1 })).toEqual(both)
    expect(yieldBandOf('cleaning', { net: 1 }, 'PP')).toEqual(both)
    expect(overallFlagBandOf({ net: 1 })).toEqual({ lowBp: 3_000, highBp: 7_800 })
  })

  it('do not ask for the polymer where it does not matter', () => {
    expect(yieldBandOf('sorting', { bottle: 1 }, 'HDPE')).toEqual({ lowBp: 8_000, highBp: 9_200 })
  })

  it('know how much water melted plastic takes up: of wet things nothing is certain', () => {
    expect(Object.keys(YIELDS.melted)).toEqual(['pelletized', 'product'])
    for (const { usualBp, mostBp } of Object.values(YIELDS.melted))
      expect(0 < usualBp && usualBp < mostBp && mostBp <= 1_000).toBe(true)
  })

  it.each(YIELDS.rows)('are in order and within 100 % for $form $polymers', (row) => {
    for (const { lowBp, highBp } of [row.moisture, row.overall, row.flag, ...Object.values(row.steps)]) {
      expect(0 < lowBp && lowBp < highBp && highBp <= 10_000).toBe(true)
    }
    expect(row.flag.lowBp).toBeLessThan(row.overall.lowBp)
    expect(row.flag.highBp).toBeGreaterThan(row.overall.highBp)
  })
})
