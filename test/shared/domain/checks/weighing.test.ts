import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BULK } from '../../../../shared/domain/checks/bulk.ts'
import { BAGS_FACTORS } from '../../../../shared/domain/material/bags.ts'
import {
  checkBags,
  checkFourEyes,
  checkNet,
  checkPieces,
  checkScaleReading,
} from '../../../../shared/domain/checks/weighing.ts'
import { factorOf } from './samples.ts'

describe('R3, net = gross − tare × containers', () => {
  const net = (netGrams: number, grossGrams = 20_000, tareGrams = 500, containers = 2) =>
    checkNet({ netGrams, scale: { grossGrams, tareGrams, containers } })?.verdict

  it('passes what adds up, and up to 0.1 kg more or less of a light load', () => {
    const light = (netGrams: number) => net(netGrams, 10_000)
    expect([light(9_000), light(9_100), light(8_900)]).toEqual(['pass', 'pass', 'pass'])
    expect([light(9_101), light(8_899)]).toEqual(['fail', 'fail'])
  })

  it('passes up to 0.5 % of the gross mass of a heavy one', () => {
    expect([net(198_000, 200_000), net(200_000, 200_000)]).toEqual(['pass', 'pass'])
    expect([net(197_999, 200_000), net(200_001, 200_000)]).toEqual(['fail', 'fail'])
  })

  it('fails when the containers leave no material, even within the tolerance', () => {
    expect(net(50, 1_000, 500, 2)).toBe('fail')
    expect(net(50, 1_000, 1_100, 1)).toBe('fail')
    expect(net(50, 1_050, 500, 2)).toBe('pass')
  })

  it('fails a net mass above the gross one, by a gram and whatever the tolerance, since no container weighs less than nothing', () => {
    const untared = (netGrams: number, grossGrams: number) => net(netGrams, grossGrams, 0, 1)
    expect([untared(50, 50), untared(51, 50), untared(150, 50)]).toEqual(['pass', 'fail', 'fail'])
    expect([untared(10_000_000, 10_000_000), untared(10_000_001, 10_000_000)]).toEqual(['pass', 'fail'])
    expect(net(10_050, 10_000, 20, 2)).toBe('fail')
    const scale = { grossGrams: 10_000, tareGrams: 0, containers: 1 }
    expect(checkNet({ netGrams: 10_100, scale })?.sentence).toEqual({
      en: 'A net mass of 10.1 kg was entered, which is more than the gross 10 kg; material never weighs more than material and containers together.',
      zh: '录入净重 10.1 千克，大于毛重 10 千克；材料不会重于材料与容器之和。',
    })
  })

  it('has nothing to check where only a net mass was given', () => {
    expect(checkNet({ netGrams: 19_000 })).toBeUndefined()
  })

  it('passes whatever is entered exactly', () => {
    const whole = fc.record({
      netGrams: fc.integer({ min: 1, max: 1e9 }),
      tareGrams: fc.nat(1e6),
      containers: fc.nat(100),
    })
    fc.assert(
      fc.property(whole, ({ netGrams, tareGrams, containers }) => {
        const grossGrams = netGrams + tareGrams * containers
        expect(checkNet({ netGrams, scale: { grossGrams, tareGrams, containers } })?.verdict).toBe('pass')
      }),
    )
  })
})

describe('R4, the reading of the scale', () => {
  it('passes the gross mass and the net mass, to the gram', () => {
    expect(checkScaleReading({ readingGrams: 13_300, netGrams: 12_300, grossGrams: 13_300 }).verdict).toBe(
      'pass',
    )
    expect(checkScaleReading({ readingGrams: 12_300, netGrams: 12_300 }).verdict).toBe('pass')
  })

  it('reviews a gram of difference', () => {
    expect(checkScaleReading({ readingGrams: 12_301, netGrams: 12_300 })).toMatchObject({
      verdict: 'review',
      sentence: { en: expect.stringContaining('shows 12.301 kg; 12.3 kg net was entered') },
    })
  })
})

describe('R6, pieces and bags', () => {
  const pieces = (massGrams: number) =>
    checkPieces({ massGrams, pieces: 200, factor: factorOf('bottle-2') }).verdict
  const bags = (massGrams: number, changes: object = {}) =>
    checkBags({ massGrams, bags: 2, form: 'bottle', compacted: false, ...changes })?.verdict

  it('passes between exactly half and double of what the pieces come to', () => {
    expect([pieces(2_000), pieces(4_000), pieces(8_000)]).toEqual(['pass', 'pass', 'pass'])
    expect([pieces(1_999), pieces(8_001)]).toEqual(['review', 'review'])
  })

  it('counts by the factor that was given', () => {
    const older = { massGrams: 9_000, pieces: 200, factor: factorOf('bottle-1') }
    expect(checkPieces(older).verdict).toBe('pass')
  })

  it('passes bags from the lightest to the heaviest usual, ends included', () => {
    expect([bags(2_000), bags(8_000)]).toEqual(['pass', 'pass'])
    expect([bags(1_999), bags(8_001)]).toEqual(['review', 'review'])
    expect(bags(10_000, { form: 'net' })).toBe('pass')
  })

  it('does not judge compacted material, forms without a band, or no bags', () => {
    expect(bags(90_000, { compacted: true })).toBeUndefined()
    expect(bags(90_000, { form: 'other' })).toBeUndefined()
    expect(bags(90_000, { bags: 0 })).toBeUndefined()
  })

  it.each(BULK)('finds a bag of $form usual that weighs what its factor says', ({ form, bagGrams }) => {
    const factors = BAGS_FACTORS.filter((factor) => factor.form === form)
    expect(factors.length).toBeGreaterThan(0)
    for (const { gramsPerBag } of factors) {
      expect(checkBags({ massGrams: gramsPerBag, bags: 1, form, compacted: false })?.verdict).toBe('pass')
    }
    expect(bagGrams[0]).toBeLessThan(bagGrams[1])
  })
})

describe('R16, four eyes at the scale', () => {
  it('passes two people, reviews one, and needs to know both', () => {
    expect(checkFourEyes({ collector: 'p1', weigher: 'p2' })?.verdict).toBe('pass')
    expect(checkFourEyes({ collector: 'p1', weigher: 'p1' })?.verdict).toBe('review')
    expect(checkFourEyes({ collector: 'p1' })).toBeUndefined()
    expect(checkFourEyes({ weigher: 'p1' })).toBeUndefined()
  })
})
