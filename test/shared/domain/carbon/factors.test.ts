import { describe, expect, it } from 'vitest'
import { CARBON_ITEMS, FACTOR_TABLES, factorTableOn } from '../../../../shared/domain/carbon/factors.ts'

const [FIRST] = FACTOR_TABLES
if (!FIRST) throw new Error('there is a factor table')
const NEXT = { ...FIRST, version: '2', validFrom: '2027-03-01' }

describe('The factor table', () => {
  it.each([
    ['2021-12-31T23:59:59.999Z', undefined],
    ['2022-01-01T00:00:00.000Z', '1'],
    ['2027-02-28T23:59:59.999Z', '1'],
    ['2027-03-01', '2'],
    ['2031-01-01', '2'],
  ])('on %s is version %s', (time, version) => {
    expect(factorTableOn(time, [NEXT, FIRST])?.version).toBe(version)
  })

  it('says of every factor where it is from, and whether it is an estimate', () => {
    for (const { factors, virgin } of FACTOR_TABLES) {
      for (const { source, basis } of [...Object.values(factors), ...Object.values(virgin)]) {
        expect(source.en.length).toBeGreaterThan(10)
        expect(basis === 'estimate').toBe(/not checked|not measured/.test(source.en))
        expect(basis === 'estimate').toBe(/未经核实|未经实测/.test(source.zh))
      }
    }
  })

  it('writes every factor as it counts it', () => {
    for (const { factors } of FACTOR_TABLES) {
      for (const item of CARBON_ITEMS) {
        const factor = factors[item]
        if (!factor) continue
        // Per kWh a factor in kilograms is a millionth of micrograms per Wh; per t·km a thousandth of those per g·km.
        const perKilogram = item === 'energy' ? 1e6 : 1e3
        for (const written of Object.values(factor.written)) {
          expect(Number.parseFloat(written)).toBeCloseTo(factor.microgramsPerUnit / perKilogram, 9)
        }
        expect(Number.isSafeInteger(factor.microgramsPerUnit)).toBe(true)
      }
    }
  })

  it('is of one version each, and no two begin on the same day', () => {
    expect(new Set(FACTOR_TABLES.map(({ version }) => version)).size).toBe(FACTOR_TABLES.length)
    expect(new Set(FACTOR_TABLES.map(({ validFrom }) => validFrom)).size).toBe(FACTOR_TABLES.length)
  })
})
