import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FOUND, type Found } from '../../../../../shared/domain/geo/coast/found.ts'
import { NATURAL_EARTH } from '../../../../../shared/domain/geo/coast/natural-earth.ts'
import { classifyOceanBound } from '../../../../../shared/domain/geo/coast/ocean-bound.ts'
import { COLLECTED_FORMS } from '../../../../../shared/domain/material/material.ts'
import { offShore, STRAIGHT, WITH_RIVER } from './coasts.ts'

const foundAt = (metres: number, accuracyM = 10): Found =>
  classifyOceanBound({ position: offShore(metres), accuracyM, form: 'bottle' }, STRAIGHT).found

const onOurCoast = (lat: number, lon: number): Found =>
  classifyOceanBound({ position: { lat, lon }, accuracyM: 10, form: 'bottle' }, NATURAL_EARTH).found

/** On a straight coast without rivers, all that is found so lies farther seaward than this, in metres. */
const SEAWARD_OF: Readonly<Record<Found, number>> = {
  sea: 100,
  shore: -200,
  'near-coast': -50_000,
  inland: -Infinity,
  river: Infinity,
  undetermined: -Infinity,
  unrecorded: Infinity,
}

const strength = (found: Found): number => FOUND.indexOf(found)
const seaward = fc.double({ min: -80_000, max: 80_000, noNaN: true })
const accuracy = fc.double({ min: 0, max: 90_000, noNaN: true })

describe('What is known of where material was found', () => {
  it.each<[number, Found]>([
    [5_000, 'sea'],
    [121, 'sea'],
    [101, 'shore'],
    [0, 'shore'],
    [-179, 'shore'],
    [-199, 'near-coast'],
    [-6_000, 'near-coast'],
    [-49_979, 'near-coast'],
    [-49_999, 'inland'],
    [-60_000, 'inland'],
  ])('%d m seaward of the shore is %s: the weakest of all that is possible', (metres, found) => {
    expect(foundAt(metres)).toBe(found)
  })

  it('is never the sea without the accuracy of the position, which may be off by more than a shore is wide', () => {
    const unsure = (metres: number): Found =>
      classifyOceanBound({ position: offShore(metres), form: 'bottle' }, STRAIGHT).found
    expect([30_000, 0, -6_000, -60_000].map(unsure)).toEqual([
      'near-coast',
      'near-coast',
      'near-coast',
      'inland',
    ])
  })

  it.each<[string, number, number, Found]>([
    ['100 km off Zhoushan', 29.9, 123.8, 'sea'],
    ['the harbour of Shitang', 28.2716, 121.6154, 'near-coast'],
    ['Dachen Island, which the outlines lack', 28.48, 121.885, 'near-coast'],
    ['Huzhou', 30.87, 120.1, 'inland'],
    ['Kansas, which no coastline of ours covers', 38, -97, 'undetermined'],
  ])('%s', (_place, lat, lon, found) => {
    expect(onOurCoast(lat, lon)).toBe(found)
  })

  it('is not inland either where it may be anything from the sea to beyond 50 km', () => {
    expect(foundAt(-20_000, 30_000)).toBe('undetermined')
    expect(foundAt(-40_000, 30_000)).toBe('inland')
  })

  it('is a river only where all that is possible is its water and its bank, however far inland', () => {
    const byRiver = (inlandM: number, lat: number, accuracyM: number): Found =>
      classifyOceanBound({ position: offShore(-inlandM, lat), accuracyM, form: 'bottle' }, WITH_RIVER).found
    expect(byRiver(60_000, 29, 10)).toBe('river')
    expect(byRiver(60_000, 29, 2_000)).toBe('inland')
    expect(byRiver(20_000, 29, 2_000)).toBe('near-coast')
    expect(byRiver(200, 29, 10)).toBe('near-coast')
  })

  it('is the same whatever was found there: used gear in a field 40 km inland is not from the sea', () => {
    for (const form of COLLECTED_FORMS) {
      const { found } = classifyOceanBound({ position: offShore(-40_000), accuracyM: 10, form }, STRAIGHT)
      expect(found).toBe('near-coast')
    }
  })

  it('never becomes stronger by knowing the position less exactly', () => {
    fc.assert(
      fc.property(seaward, accuracy, accuracy, (metres, a, b) => {
        const [narrow, wide] = [Math.min(a, b), Math.max(a, b)].map((radius) => foundAt(metres, radius))
        expect(strength(wide ?? 'sea')).toBeGreaterThanOrEqual(strength(narrow ?? 'sea'))
      }),
    )
  })

  it('holds at any true position within the ring', () => {
    const off = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(seaward, accuracy, off, (metres, radius, part) => {
        const trulyM = metres + part * radius
        const found = foundAt(metres, radius)
        expect(trulyM).toBeGreaterThan(SEAWARD_OF[found])
      }),
    )
  })

  it('is the sea exactly where the flag of open sea is set', () => {
    fc.assert(
      fc.property(seaward, fc.option(accuracy, { nil: undefined }), (metres, accuracyM) => {
        const { found, openSea } = classifyOceanBound(
          { position: offShore(metres), form: 'bottle', ...(accuracyM !== undefined && { accuracyM }) },
          STRAIGHT,
        )
        expect(openSea).toBe(found === 'sea')
      }),
    )
  })
})
