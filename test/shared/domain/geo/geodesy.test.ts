import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  coarse,
  distanceKm,
  GCJ02_BOX,
  gcj02FromWgs84,
  isOnEarth,
  wgs84FromGcj02,
} from '../../../../shared/domain/geo/geodesy.ts'
import { placeIdAt, placeOf, PLACES } from '../../../../shared/domain/geo/places.ts'

const inChina = fc.record({
  lat: fc.double({ min: 20, max: 45, noNaN: true }),
  lon: fc.double({ min: 100, max: 125, noNaN: true }),
})

const anywhere = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
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

  it('finds a way back wherever GCJ-02 is in use, also at its edges, and to nowhere else on earth', () => {
    const { south, north, west, east } = GCJ02_BOX
    const mapped = fc.record({
      lat: fc.double({ min: south, max: north, noNaN: true }),
      lon: fc.double({ min: west, max: east, noNaN: true }),
    })
    fc.assert(
      fc.property(mapped, (shown) => {
        const position = wgs84FromGcj02(shown)
        expect(distanceKm(position, shown)).toBeLessThan(3)
        expect(distanceKm(gcj02FromWgs84(position), shown)).toBeLessThan(0.00001)
      }),
    )
    for (const outside of [
      { lat: 90, lon: 180 },
      { lat: 0, lon: -180 },
      { lat: -28.3, lon: 121.6 },
      { lat: 28.3, lon: -121.6 },
    ]) {
      expect(() => wgs84FromGcj02(outside)).toThrow(RangeError)
    }
  })

  it('knows what lies on earth', () => {
    fc.assert(fc.property(anywhere, isOnEarth))
    for (const off of [NaN, Infinity, -Infinity, 180.0001, -7e153]) {
      expect(isOnEarth({ lat: 0, lon: off })).toBe(false)
      expect(isOnEarth({ lat: off, lon: 0 })).toBe(false)
    }
    expect(isOnEarth({ lat: 90.0001, lon: 0 })).toBe(false)
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
    expect(placeOf('grid:-33.9,151.2')?.name.en).toBe('Around 33.9° S, 151.2° E')
    expect(placeOf('atlantis')).toBeUndefined()
  })

  it('names one cell one way, on both sides of the equator, of Greenwich and of the date line', () => {
    const around = (lat: number, lon: number) =>
      new Set([placeIdAt({ lat, lon }), placeIdAt({ lat: -lat, lon }), placeIdAt({ lat, lon: -lon })])
    expect(around(0.01, 0.04)).toEqual(new Set(['grid:0.0,0.0']))
    expect(around(0, 179.99)).toEqual(new Set(['grid:0.0,180.0']))
    expect(placeIdAt({ lat: -0.1, lon: -179.9 })).toBe('grid:-0.1,-179.9')
  })

  it('is named after the nearest of those within 20 km', () => {
    const north = (km: number) => ({ lat: 30.73 + km / 111.195, lon: 122.45 })
    expect(placeIdAt(north(19.9))).toBe('shengsi')
    expect(placeIdAt(north(20.1))).toMatch(/^grid:/)
    expect(placeIdAt({ lat: 28.265, lon: 121.6 })).toBe('ruoshan')
  })
})
