import { describe, expect, it } from 'vitest'
import { COLLECTED_FORMS } from '../../../shared/domain/material/material.ts'
import { overallFlagBandOf, yieldBandOf } from '../../../shared/domain/material/yields/band.ts'
import { YIELDS } from '../../../shared/domain/material/yields/table.ts'

describe('the bands of yield', () => {
  it('are there for every collected form but the one that can be anything', () => {
    const missing = COLLECTED_FORMS.filter((form) => yieldBandOf('cleaning', form) === undefined)
    expect(missing).toEqual(['other'])
    expect(overallFlagBandOf('other')).toBeUndefined()
  })

  it('are none for what is not collected, and for steps that lose nothing by nature', () => {
    expect(yieldBandOf('cleaning', 'flake')).toBeUndefined()
    expect(yieldBandOf('collection', 'bottle')).toBeUndefined()
    expect(yieldBandOf('manufacturing', 'bottle')).toBeUndefined()
  })

  it('differ between nets of PA6 and of polyethylene, and span both for any other', () => {
    expect(yieldBandOf('cleaning', 'net', 'PA6')).toEqual({ lowBp: 6_000, highBp: 8_000 })
    expect(yieldBandOf('cleaning', 'net', 'HDPE')).toEqual({ lowBp: 6_500, highBp: 8_200 })
    const both = { lowBp: 6_000, highBp: 8_200 }
    expect(yieldBandOf('cleaning', 'net')).toEqual(both)
    expect(yieldBandOf('cleaning', 'net', 'PP')).toEqual(both)
    expect(overallFlagBandOf('net')).toEqual({ lowBp: 3_000, highBp: 7_800 })
  })

  it('do not ask for the polymer where it does not matter', () => {
    expect(yieldBandOf('sorting', 'bottle', 'HDPE')).toEqual({ lowBp: 8_000, highBp: 9_200 })
  })

  it.each(YIELDS.rows)('are in order and within 100 % for $form $polymers', (row) => {
    for (const { lowBp, highBp } of [row.moisture, row.overall, row.flag, ...Object.values(row.steps)]) {
      expect(0 < lowBp && lowBp < highBp && highBp <= 10_000).toBe(true)
    }
    expect(row.flag.lowBp).toBeLessThan(row.overall.lowBp)
    expect(row.flag.highBp).toBeGreaterThan(row.overall.highBp)
  })
})
