import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BAG_LITRES, BAGS_FACTORS } from '../../../../shared/domain/material/bags.ts'
import { COLLECTED_FORMS } from '../../../../shared/domain/material/material.ts'
import { PIECES_FACTORS } from '../../../../shared/domain/material/pieces.ts'
import {
  bagsFactorOn,
  dryGramsOf,
  gramsOfBags,
  gramsOfPieces,
  piecesFactorOn,
  weigh,
} from '../../../../shared/domain/material/weights.ts'
import { accepted, refused } from '../scenario.ts'

describe('a weight', () => {
  it('given net is taken as it is', () => {
    expect(accepted(weigh({ netGrams: 12_345 }, 'net'))).toEqual({ netGrams: 12_345, basis: 'net' })
  })

  it('given full and empty is gross less the tare of every container', () => {
    const scale = { grossGrams: 20_000, tareGrams: 500, containers: 3 }
    expect(accepted(weigh(scale, 'net'))).toEqual({ netGrams: 18_500, basis: 'gross-tare' })
  })

  it('given as a count is that many by the named version of the factor, old versions included', () => {
    const count = (factorVersion: string) => accepted(weigh({ pieces: 200, factorVersion }, 'bottle'))
    expect(count('bottle-2')).toEqual({
      netGrams: 4_000,
      basis: 'pieces',
      factorVersion: 'bottle-2',
    })
    expect(count('bottle-1').netGrams).toBe(5_000)
  })

  it('given in bags is that many by the named version of the factor', () => {
    expect(accepted(weigh({ bags: 3, factorVersion: 'net-bag-1' }, 'net'))).toEqual({
      netGrams: 22_800,
      basis: 'bags',
      factorVersion: 'net-bag-1',
    })
  })

  it('has a dry mass where its moisture is known, half a gram upwards', () => {
    expect(accepted(weigh({ netGrams: 486_000, moistureBp: 900 }, 'bottle')).dryGrams).toBe(442_260)
    expect(accepted(weigh({ netGrams: 5, moistureBp: 5_000 }, 'bottle')).dryGrams).toBe(3)
    expect(accepted(weigh({ netGrams: 5, moistureBp: 0 }, 'bottle')).dryGrams).toBe(5)
  })
})

describe('a weight is refused', () => {
  const detail = (...[weight, form]: Parameters<typeof weigh>) => refused(weigh(weight, form)).detail

  it('when the containers leave no material', () => {
    expect(detail({ grossGrams: 1_000, tareGrams: 500, containers: 2 }, 'net')).toContain(
      'Gross 1 kg less 2 containers of 0.5 kg leaves no material',
    )
    expect(detail({ grossGrams: 1_000, tareGrams: 2_000, containers: 1 }, 'net')).toContain(
      'less 1 container of 2 kg leaves',
    )
    expect(weigh({ grossGrams: 1_001, tareGrams: 500, containers: 2 }, 'net').ok).toBe(true)
  })

  it.each([
    ['a negative tare', { grossGrams: 1_000, tareGrams: -1, containers: 1 }],
    ['part of a container', { grossGrams: 1_000, tareGrams: 10, containers: 1.5 }],
    ['part of a gram', { grossGrams: 1_000.5, tareGrams: 10, containers: 1 }],
    ['no number', { grossGrams: Number.NaN, tareGrams: 0, containers: 0 }],
    ['a negative net mass', { netGrams: -1 }],
    ['part of a piece', { pieces: 1.5, factorVersion: 'bottle-2' }],
    ['part of a bag', { bags: 0.5, factorVersion: 'bottle-bag-1' }],
    ['no bags', { bags: 0, factorVersion: 'bottle-bag-1' }],
    ['more bags than can be', { bags: Number.MAX_SAFE_INTEGER, factorVersion: 'bottle-bag-1' }],
    ['more pieces than can be', { pieces: Number.MAX_SAFE_INTEGER, factorVersion: 'bottle-2' }],
  ])('with %s', (_, weight) => {
    expect(refused(weigh(weight, 'bottle')).code).toBe('invalid-request')
  })

  it('when the factor is unknown or is of another form, naming those there are', () => {
    expect(detail({ pieces: 1, factorVersion: 'bottle-9' }, 'bottle')).toContain(
      'there is bottle-1, bottle-2',
    )
    expect(detail({ pieces: 1, factorVersion: 'bottle-2' }, 'crate')).toContain('there is crate-1')
    expect(detail({ pieces: 1, factorVersion: 'bottle-2' }, 'net')).toContain('weighed, not counted')
    expect(detail({ bags: 1, factorVersion: 'bottle-2' }, 'bottle')).toContain('there is bottle-bag-1')
    expect(detail({ bags: 1, factorVersion: 'bottle-bag-1' }, 'other')).toContain('weighed, not counted')
  })

  it('when its moisture is 100 % or more, negative, or finer than 0.01 %', () => {
    const moist = (moistureBp: number) => weigh({ netGrams: 1_000, moistureBp }, 'net').ok
    expect([moist(9_999), moist(10_000), moist(-1), moist(12.5)]).toEqual([true, false, false, false])
  })

  it('at the place it was given', () => {
    expect(refused(weigh({ netGrams: 0 }, 'net', '/weight')).errors).toMatchObject([{ pointer: '/weight' }])
  })
})

describe('dry mass', () => {
  const grams = fc.integer({ min: 0, max: 1e12 })
  const moisture = fc.integer({ min: 0, max: 10_000 })

  it('is never more than the net mass, nor less than nothing, nor off by more than half a gram', () => {
    fc.assert(
      fc.property(grams, moisture, (net, moistureBp) => {
        const dry = dryGramsOf(net, moistureBp)
        expect(dry).toBeLessThanOrEqual(net)
        expect(dry).toBeGreaterThanOrEqual(0)
        const offBy = 10_000n * BigInt(dry) - BigInt(net) * BigInt(10_000 - moistureBp)
        expect(offBy <= 5_000n && offBy > -5_000n).toBe(true)
      }),
    )
  })

  it('throws on a moisture that the edge should have refused', () => {
    expect(dryGramsOf(7, 10_000)).toBe(0)
    expect(() => dryGramsOf(7, 10_001)).toThrow(RangeError)
    expect(() => dryGramsOf(7, -1)).toThrow(RangeError)
  })
})

describe('the table of factors', () => {
  it('applies the newest that is in force on the day', () => {
    expect(piecesFactorOn('bottle', '2005-12-31')).toBeUndefined()
    expect(piecesFactorOn('bottle', '2019-12-31T23:59:59.999Z')?.version).toBe('bottle-1')
    expect(piecesFactorOn('bottle', '2020-01-01')?.version).toBe('bottle-2')
    expect(piecesFactorOn('net', '2026-01-01')).toBeUndefined()
  })

  it('names each version once and keeps each figure within its range', () => {
    expect(new Set(PIECES_FACTORS.map(({ version }) => version)).size).toBe(PIECES_FACTORS.length)
    for (const { gramsPerPiece, range } of PIECES_FACTORS) {
      expect(gramsPerPiece).toBeGreaterThanOrEqual(range[0])
      expect(gramsPerPiece).toBeLessThanOrEqual(range[1])
    }
  })

  it('has a bag of every form that is collected and has a usual density, and of no other', () => {
    const withBag = COLLECTED_FORMS.filter((form) => bagsFactorOn(form, '2026-01-01') !== undefined)
    expect(withBag).toEqual(COLLECTED_FORMS.filter((form) => form !== 'other'))
    expect(bagsFactorOn('bottle', '2019-12-31')).toBeUndefined()
  })

  it.each(BAGS_FACTORS)('fills a bag by $version to a usual density, at its geometric mean', (factor) => {
    // 1 kg/m³ is 1 g/L.
    const [low, high] = factor.looseKgPerM3.map((density) => density * BAG_LITRES)
    const mean = Math.sqrt((low ?? 0) * (high ?? 0))
    expect(factor.gramsPerBag).toBe(Number(mean.toPrecision(2)))
    expect(Number.isSafeInteger(factor.gramsPerBag)).toBe(true)
  })

  it('names each version once, those of pieces and of bags together', () => {
    const versions = [...PIECES_FACTORS, ...BAGS_FACTORS].map(({ version }) => version)
    expect(new Set(versions).size).toBe(versions.length)
  })

  it('makes a kilogram of 50 bottles, and of 40 by the older version', () => {
    const kilogram = { 'bottle-2': 50, 'bottle-1': 40 }
    for (const [version, pieces] of Object.entries(kilogram)) {
      const factor = PIECES_FACTORS.find((candidate) => candidate.version === version)
      expect(factor && gramsOfPieces(pieces, factor)).toBe(1_000)
    }
  })
})

describe('a count', () => {
  const many = fc.integer({ min: 1, max: 10_000 })

  it('weighs together what its parts weigh, and more for every one more', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BAGS_FACTORS), many, many, ({ form, version }, one, other) => {
        const grams = (bags: number) => accepted(weigh({ bags, factorVersion: version }, form)).netGrams
        expect(grams(one) + grams(other)).toBe(grams(one + other))
        expect(grams(one + 1)).toBeGreaterThan(grams(one))
      }),
    )
  })

  it('weighs the same whoever asks: by the decider and by the estimate that a form shows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BAGS_FACTORS), many, (factor, bags) => {
        const { netGrams } = accepted(weigh({ bags, factorVersion: factor.version }, factor.form))
        expect(netGrams).toBe(gramsOfBags(bags, factor))
      }),
    )
  })
})
