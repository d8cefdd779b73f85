import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gcj02DisplacementM } from '../../../../../shared/domain/geo/coast/datum.ts'
import { classifyOceanBound, type ObpClass } from '../../../../../shared/domain/geo/coast/ocean-bound.ts'
import { gcj02FromWgs84 } from '../../../../../shared/domain/geo/geodesy.ts'
import { COLLECTED_FORMS } from '../../../../../shared/domain/material/material.ts'
import { offShore, STRAIGHT, WITH_RIVER } from './coasts.ts'

/** The class of bottles so far seaward, and all that are possible, by a phone that is good to 10 m. */
function bottlesAt(metres: number, accuracyM = 10, coastline = STRAIGHT) {
  return classifyOceanBound({ position: offShore(metres), accuracyM, form: 'bottle' }, coastline)
}

const SEA_TO_LAND: readonly ObpClass[] = ['OCEAN', 'SHORELINE', 'POTENTIAL', 'INLAND']
const seaward = fc.double({ min: -80_000, max: 80_000, noNaN: true })
const accuracy = fc.double({ min: 0, max: 5_000, noNaN: true })

describe('The ocean-bound class of bottles', () => {
  it.each([
    [5_000, 'OCEAN'],
    [121, 'OCEAN'],
    [79, 'SHORELINE'],
    [0, 'SHORELINE'],
    [-179, 'SHORELINE'],
    [-221, 'POTENTIAL'],
    [-6_000, 'POTENTIAL'],
    [-49_979, 'POTENTIAL'],
    [-50_021, 'INLAND'],
  ] as const)('%d m seaward of the shore is certainly %s', (metres, obpClass) => {
    expect(bottlesAt(metres)).toMatchObject({ obpClass, candidates: [obpClass], uncertaintyM: 20 })
  })

  it.each([
    [101, 'OCEAN', ['OCEAN', 'SHORELINE']],
    [99, 'SHORELINE', ['OCEAN', 'SHORELINE']],
    [-199, 'SHORELINE', ['SHORELINE', 'POTENTIAL']],
    [-201, 'POTENTIAL', ['SHORELINE', 'POTENTIAL']],
    [-49_999, 'POTENTIAL', ['POTENTIAL', 'INLAND']],
    [-50_001, 'INLAND', ['POTENTIAL', 'INLAND']],
  ] as const)('%d m seaward is %s, but the uncertainty leaves %j', (metres, obpClass, candidates) => {
    expect(bottlesAt(metres)).toMatchObject({ obpClass, candidates })
  })

  it('of 6 km inland is not shoreline, whatever was claimed', () => {
    expect(bottlesAt(-6_000).candidates).not.toContain('SHORELINE')
  })

  it('leaves both neighbours open where the uncertainty is wider than the shoreline', () => {
    expect(bottlesAt(0, 300).candidates).toEqual(['OCEAN', 'SHORELINE', 'POTENTIAL'])
  })

  it('never moves towards the sea on the way inland', () => {
    fc.assert(
      fc.property(seaward, seaward, (a, b) => {
        const [outer, inner] = [Math.max(a, b), Math.min(a, b)].map((metres) =>
          SEA_TO_LAND.indexOf(bottlesAt(metres).obpClass),
        )
        expect(inner).toBeGreaterThanOrEqual(outer ?? -1)
      }),
    )
  })

  it('is possible in every wider ring, and so is all that a narrower ring leaves open', () => {
    fc.assert(
      fc.property(seaward, accuracy, accuracy, (metres, a, b) => {
        const narrow = bottlesAt(metres, Math.min(a, b))
        const wide = bottlesAt(metres, Math.max(a, b))
        expect(narrow.candidates).toContain(narrow.obpClass)
        expect(wide.candidates).toEqual(expect.arrayContaining([...narrow.candidates]))
      }),
    )
  })

  it('of any true position within the ring is among those left open', () => {
    const bearing = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true })
    fc.assert(
      fc.property(
        seaward,
        accuracy,
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        bearing,
        (metres, r, part, turn) => {
          const [north, east] = [r * part * Math.cos(turn), r * part * Math.sin(turn)]
          const truth = offShore(metres + east, 29 + north / 111_195)
          const { obpClass } = classifyOceanBound({ position: truth, form: 'bottle' }, STRAIGHT)
          expect(bottlesAt(metres, r).candidates).toContain(obpClass)
        },
      ),
    )
  })
})

describe('An assessment', () => {
  it('rounds the distance to a kilometre and says which side it is on', () => {
    expect(bottlesAt(-6_400)).toMatchObject({ distanceKm: 6, side: 'land', dataset: 'straight@1' })
    expect(bottlesAt(1_600)).toMatchObject({ distanceKm: 2, side: 'sea' })
  })

  it('tells the 3 km fence on both sides, and whether the uncertainty reaches across', () => {
    expect(bottlesAt(-2_979)).toMatchObject({ withinFence3Km: true, fenceCertain: true })
    expect(bottlesAt(-2_999)).toMatchObject({ withinFence3Km: true, fenceCertain: false })
    expect(bottlesAt(-3_001)).toMatchObject({ withinFence3Km: false, fenceCertain: false })
    expect(bottlesAt(3_021)).toMatchObject({ withinFence3Km: false, fenceCertain: true })
  })

  it('calls it open sea only when nothing else is possible', () => {
    expect(bottlesAt(121).openSea).toBe(true)
    expect(bottlesAt(110).openSea).toBe(false)
    expect(classifyOceanBound({ position: offShore(9_000), form: 'bottle' }, STRAIGHT).openSea).toBe(false)
    const net = classifyOceanBound({ position: offShore(9_000), accuracyM: 5, form: 'net' }, STRAIGHT)
    expect(net).toMatchObject({ obpClass: 'FISHING_MATERIAL', openSea: true })
  })

  it('adds the dataset to the accuracy of the position, and remembers when there was none', () => {
    expect(bottlesAt(0, 12.2)).toMatchObject({ uncertaintyM: 23, accuracyGiven: true })
    const bare = classifyOceanBound({ position: offShore(0), form: 'bottle' }, STRAIGHT)
    expect(bare).toMatchObject({ uncertaintyM: 10, accuracyGiven: false })
  })

  it.each([
    ['north of the bounds', { lat: 30.01, lon: 122 }],
    ['far away', { lat: -33.9, lon: 151.2 }],
    ['with lat and lon swapped', { lat: 122, lon: 29 }],
    ['that is no number', { lat: Number.NaN, lon: 122 }],
  ])('does not guess at a position %s', (_, position) => {
    const assessment = classifyOceanBound({ position, accuracyM: 5, form: 'net' }, STRAIGHT)
    expect(assessment).toMatchObject({
      obpClass: 'UNKNOWN',
      candidates: [],
      distanceKm: null,
      side: 'unknown',
    })
  })

  it('refuses an accuracy below nothing', () => {
    expect(() => bottlesAt(0, -1)).toThrow(RangeError)
    expect(() => bottlesAt(0, Number.NaN)).toThrow(RangeError)
  })
})

describe('Gear', () => {
  it.each(['net', 'rope', 'float'] as const)(
    '%s is fishing material at sea, on the beach and behind it',
    (form) => {
      for (const metres of [20_000, 100, 0, -200, -40_000]) {
        const { candidates } = classifyOceanBound(
          { position: offShore(metres), accuracyM: 50, form },
          STRAIGHT,
        )
        expect(candidates).toEqual(['FISHING_MATERIAL'])
      }
    },
  )

  it('of foam is told by where it floats; on land it may be packaging', () => {
    const foamAt = (metres: number) =>
      classifyOceanBound({ position: offShore(metres), accuracyM: 5, form: 'foam' }, STRAIGHT).obpClass
    expect(foamAt(500)).toBe('FISHING_MATERIAL')
    expect(foamAt(-100)).toBe('SHORELINE')
  })

  it('is nothing special more than 50 km inland', () => {
    expect(classifyOceanBound({ position: offShore(-51_000), form: 'net' }, STRAIGHT).obpClass).toBe('INLAND')
  })
})

describe('A river', () => {
  /** Bottles so far inland and so far north of the middle of a river that is 1 km wide. */
  function byRiver(inlandM: number, northM: number, coastline = WITH_RIVER): ObpClass {
    const position = offShore(-inlandM, 29 + northM / 111_195)
    return classifyOceanBound({ position, accuracyM: 0, form: 'bottle' }, coastline).obpClass
  }

  it.each([20_000, 60_000])('makes a waterway of its water and 200 m of bank, %d m inland', (inlandM) => {
    const beside = inlandM > 50_000 ? 'INLAND' : 'POTENTIAL'
    expect([0, 600, 690, 720].map((northM) => byRiver(inlandM, northM))).toEqual([
      'WATERWAYS',
      'WATERWAYS',
      'WATERWAYS',
      beside,
    ])
  })

  it('ends where the shoreline begins', () => {
    expect(byRiver(150, 0)).toBe('SHORELINE')
    expect(byRiver(250, 0)).toBe('WATERWAYS')
  })

  it('is never claimed from a dataset that has none', () => {
    fc.assert(
      fc.property(seaward, fc.constantFrom(...COLLECTED_FORMS), accuracy, (metres, form, accuracyM) => {
        const { candidates } = classifyOceanBound({ position: offShore(metres), accuracyM, form }, STRAIGHT)
        expect(candidates).not.toContain('WATERWAYS')
      }),
    )
  })
})

describe('GCJ-02 taken for WGS 84', () => {
  it('moves a position on our coast by more than the shoreline is wide', () => {
    fc.assert(
      fc.property(fc.double({ min: 27.2, max: 31, noNaN: true }), (lat) => {
        const metres = gcj02DisplacementM({ lat, lon: 122 })
        expect(metres).toBeGreaterThan(300)
        expect(metres).toBeLessThan(700)
      }),
    )
  })

  it('would turn bottles of the beach into ocean plastic', () => {
    const beach = offShore(-100)
    const mistaken = gcj02FromWgs84(beach)
    const classAt = (position: typeof beach) =>
      classifyOceanBound({ position, accuracyM: 10, form: 'bottle' }, STRAIGHT).candidates
    expect(classAt(beach)).toEqual(['SHORELINE'])
    expect(classAt(mistaken)).toEqual(['OCEAN'])
  })
})
