import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarse, distanceKm, gcj02FromWgs84, wgs84FromGcj02 } from '../../../shared/domain/geodesy.ts'
import { placeIdAt, placeOf, PLACES } from '../../../shared/domain/places.ts'

const inChina = fc.record({
  lat: fc.double({ min: 20, max: 45, noNaN: true }),
  lon: fc.double({ min: 100, max: 125, noNaN: true }),
})

describe('positions', () => {
  it('puts Dachen about 49 km from Jiaojiang', () => {
    const [jiaojiang, dachen] = PLACES
    if (!jiaojiang || !dachen) throw new Error('the gazetteer begins with Jiaojiang and Dachen')
    expect(distanceKm(jiaojiang, dachen)).toBeGreaterThan(46)
    expect(distanceKm(jiaojiang, dachen)).toBeLessThan(50)
  })

  it('shifts WGS 84 by 100 to 1,000 m to reach GCJ-02, and finds the way back to a centimetre', () => {
    fc.assert(
      fc.property(inChina, (position) => {
        const shown = gcj02FromWgs84(position)
        const shiftKm = distanceKm(position, shown)
        expect(shiftKm).toBeGreaterThan(0.02)
        expect(shiftKm).toBeLessThan(1)
        expect(distanceKm(wgs84FromGcj02(shown), position)).toBeLessThan(0.00001)
      }),
    )
  })

  it('matches the shift that Chinese maps show in Taizhou', () => {
    // Pinned from this formula, so that a change of a constant is noticed: about 240 m south and 460 m east.
    const shown = gcj02FromWgs84({ lat: 28.68, lon: 121.45 })
    expect(shown.lat).toBeCloseTo(28.6774, 3)
    expect(shown.lon).toBeCloseTo(121.4546, 3)
  })

  it('keeps two decimals of what may become public', () => {
    expect(coarse({ lat: 28.45678, lon: 121.88321 })).toEqual({ lat: 28.46, lon: 121.88 })
  })
})

describe('places', () => {
  it('finds the name of every place it gives out, cells at sea included', () => {
    fc.assert(fc.property(inChina, (position) => placeOf(placeIdAt(position)) !== undefined))
    expect(placeOf('grid:-33.9,151.2')?.name.en).toBe('Waters near 33.9° S, 151.2° E')
    expect(placeOf('atlantis')).toBeUndefined()
  })
})
