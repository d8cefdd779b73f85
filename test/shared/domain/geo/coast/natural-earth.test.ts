import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coastlineModule } from '../../../../../infra/coast.ts'
import { NATURAL_EARTH } from '../../../../../shared/domain/geo/coast/natural-earth.ts'
import { classifyOceanBound } from '../../../../../shared/domain/geo/coast/ocean-bound.ts'
import { edgeDistance } from '../../../../../shared/domain/geo/coast/shore.ts'
import { distanceKm } from '../../../../../shared/domain/geo/geodesy.ts'
import type { MaterialForm } from '../../../../../shared/domain/material/material.ts'
import { PLACES } from '../../../../../shared/domain/geo/places.ts'

const { west, east, south, north } = NATURAL_EARTH.bounds

function assess(lat: number, lon: number, form: MaterialForm = 'bottle') {
  return classifyOceanBound({ position: { lat, lon }, accuracyM: 15, form }, NATURAL_EARTH)
}

describe('The default coastline', () => {
  it('is the one that infra/coast.ts makes, and small', async () => {
    const file = new URL('../../../../../shared/domain/geo/coast/natural-earth.ts', import.meta.url)
    const committed = readFileSync(file, 'utf8')
    expect(committed).toBe(await coastlineModule())
    expect(committed.length).toBeLessThan(40_000)
  })

  it('draws the coast far enough beyond its bounds for every class', () => {
    const { frame } = NATURAL_EARTH
    const gapsKm = [south, north].flatMap((lat) => [
      distanceKm({ lat, lon: west }, { lat, lon: frame.west }),
      distanceKm({ lat, lon: east }, { lat, lon: frame.east }),
    ])
    expect(Math.min(...gapsKm, 111 * (south - frame.south), 111 * (frame.north - north))).toBeGreaterThan(
      52.5,
    )
  })

  it.each([
    ['Jinhua', 29.08, 119.65, 'INLAND'],
    ['Huzhou, which lies on a lake and not on the sea', 30.87, 120.1, 'INLAND'],
    ['Hangzhou', 30.27, 120.15, 'POTENTIAL'],
    ['Shanghai', 31.23, 121.47, 'POTENTIAL'],
    ['the sea 100 km off Zhoushan', 29.9, 123.8, 'OCEAN'],
  ] as const)('is certain about %s', (_, lat, lon, obpClass) => {
    expect(assess(lat, lon)).toMatchObject({ obpClass, candidates: [obpClass] })
  })

  it('knows Huzhou to be some 60 km from the sea', () => {
    expect(assess(30.87, 120.1)).toMatchObject({ distanceKm: 62, side: 'land', withinFence3Km: false })
  })

  it('is too coarse to tell bottles on the beach of Shitang from those behind or before it', () => {
    expect(assess(28.27, 121.61).candidates).toEqual(['OCEAN', 'SHORELINE', 'POTENTIAL'])
  })

  it('does not take Dachen, which it lacks, for open sea', () => {
    expect(assess(28.45, 121.88)).toMatchObject({
      obpClass: 'UNKNOWN',
      candidates: ['OCEAN', 'SHORELINE', 'POTENTIAL'],
      openSea: false,
    })
    expect(assess(28.45, 121.88, 'net').obpClass).toBe('FISHING_MATERIAL')
  })

  it('leaves land open where the uncertainty reaches an islet that it lacks', () => {
    expect(assess(28.48, 121.96)).toMatchObject({
      obpClass: 'OCEAN',
      candidates: ['OCEAN', 'SHORELINE', 'POTENTIAL'],
    })
    expect(assess(28.48, 121.99)).toMatchObject({ candidates: ['OCEAN'], openSea: true })
  })

  it('is certain of open sea at none of the places of the gazetteer', () => {
    expect(PLACES.filter(({ lat, lon }) => assess(lat, lon).openSea)).toEqual([])
  })

  it('finds distances that never change by more than one moves', () => {
    const inside = fc.record({
      lat: fc.double({ min: south, max: north, noNaN: true }),
      lon: fc.double({ min: west, max: east, noNaN: true }),
    })
    const step = fc.double({ min: -0.2, max: 0.2, noNaN: true })
    fc.assert(
      fc.property(inside, step, step, (a, dLat, dLon) => {
        const b = { lat: a.lat + dLat, lon: a.lon + dLon }
        const [fromA, fromB] = [a, b].map((position) => {
          const { metres, inside } = edgeDistance(position, NATURAL_EARTH, 'land')
          return inside ? -metres : metres
        })
        const movedM = 1000 * distanceKm(a, b)
        // The nearest point is found on a plane, so far out at sea another one may be nearer by a few in a thousand.
        const slack = 1 + 0.01 * Math.max(Math.abs(fromA ?? 0), Math.abs(fromB ?? 0))
        expect(Math.abs((fromA ?? 0) - (fromB ?? 0))).toBeLessThan(movedM + slack)
      }),
    )
  })
})
