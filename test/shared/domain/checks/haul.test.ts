import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkHaul, estimateKm } from '../../../../shared/domain/checks/haul.ts'
import { distanceKm } from '../../../../shared/domain/geo/geodesy.ts'

/** Some 324 km apart as the crow flies. */
const SHITANG = { id: 'shitang', lat: 28.27, lon: 121.61 }
const HUZHOU = { id: 'huzhou', lat: 30.87, lon: 120.1 }
const way = { from: SHITANG, to: HUZHOU }
const verdict = (km: number): string | undefined => checkHaul(km, way)?.verdict

describe('R17, the distance that is stated of a haul', () => {
  const exactKm = distanceKm(SHITANG, HUZHOU)
  const leastKm = Math.ceil(exactKm * 0.995 - 5)
  const usualKm = Math.floor(3 * exactKm + 50)

  it('fails below the great circle, less what sites and sphere may be wrong by', () => {
    expect([0, 1, leastKm - 1].map(verdict)).toEqual(['fail', 'fail', 'fail'])
    expect(verdict(leastKm)).toBe('pass')
  })

  it('is for review above three times the great circle and 50 km', () => {
    expect(verdict(usualKm)).toBe('pass')
    expect([usualKm + 1, 40_000].map(verdict)).toEqual(['review', 'review'])
  })

  it('says what was stated and what there can be, in English and in Chinese', () => {
    const { en = '', zh = '' } = checkHaul(1, way)?.sentence ?? {}
    for (const said of ['shitang', 'huzhou', '1 km', `shorter than ${leastKm} km`]) expect(en).toContain(said)
    for (const said of ['shitang', 'huzhou', '1 千米', `不可能少于 ${leastKm} 千米`])
      expect(zh).toContain(said)
    expect(checkHaul(40_000, way)?.sentence.en).toContain(`up to ${usualKm} km is usual`)
    expect(checkHaul(40_000, way)?.sentence.zh).toContain(`通常不超过 ${usualKm} 千米`)
  })

  it('lets two sites at one place be no distance apart', () => {
    expect(checkHaul(0, { from: SHITANG, to: { ...SHITANG, id: 'next-door' } })?.verdict).toBe('pass')
  })

  it('says nothing where a position is not known', () => {
    expect(checkHaul(1, { from: SHITANG })).toBeUndefined()
    expect(checkHaul(1, { to: HUZHOU })).toBeUndefined()
  })

  it('passes whatever we estimate ourselves', () => {
    const place = fc.record({
      id: fc.constant('somewhere'),
      lat: fc.double({ min: -80, max: 80, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    })
    fc.assert(
      fc.property(place, place, (from, to) => {
        expect(checkHaul(estimateKm(from, to), { from, to })?.verdict).toBe('pass')
      }),
    )
  })
})
