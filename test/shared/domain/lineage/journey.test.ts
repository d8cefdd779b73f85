import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTIVITIES } from '../../../../shared/domain/lineage/activities.ts'
import {
  addLegs,
  drawJourney,
  isChain,
  mergeJourneys,
  subtractJourney,
  type Leg,
} from '../../../../shared/domain/lineage/journey.ts'

const leg = (changes: Partial<Leg>): Leg => ({
  step: 'collection',
  org: 'coop',
  site: 'dachen',
  firstAt: '2026-08-01T00:00:00.000Z',
  lastAt: '2026-08-01T00:00:00.000Z',
  inputGrams: 0,
  addedGrams: 0,
  outputGrams: 0,
  losses: {},
  unaccountedGrams: 0,
  ...changes,
})

const grams = fc.integer({ min: 1, max: 1_000_000 })

/** Collected, washed with losses, and pelletized with something added: each step takes all that the one before gave. */
const chain = fc.record({ given: grams, lost: grams, missing: grams, added: grams }).map((made): Leg[] => {
  const { given, lost, missing, added } = made
  const collected = given + lost + missing
  return [
    leg({ inputGrams: collected, outputGrams: collected }),
    leg({
      step: 'cleaning',
      inputGrams: collected,
      outputGrams: given,
      losses: { 'wash-loss': lost },
      unaccountedGrams: missing,
    }),
    leg({ step: 'pelletizing', inputGrams: given + added, addedGrams: added, outputGrams: given + added }),
  ]
})

const finalGrams = (journey: readonly Leg[]): number => journey.at(-1)?.outputGrams ?? 0

describe('a part of a journey', () => {
  it('of a chain is a chain to the gram, and so is what is left', () => {
    const drawn = fc.tuple(chain, fc.integer({ min: 0, max: 1000 }))
    fc.assert(
      fc.property(drawn, ([journey, permille]) => {
        const whole = finalGrams(journey)
        const part = Math.floor((permille * whole) / 1000)
        const halves = drawJourney(journey, part, whole)
        expect(isChain(journey, whole)).toBe(true)
        expect(isChain(halves.drawn, part)).toBe(true)
        expect(isChain(halves.rest, whole - part)).toBe(true)
      }),
    )
  })

  it('of what is no chain is in proportion all the same, with what was added', () => {
    // Half of what was collected never went through sorting.
    const collected = leg({ inputGrams: 2000, outputGrams: 2000 })
    const sorted = leg({ step: 'sorting', inputGrams: 1000, addedGrams: 400, outputGrams: 1000 })
    expect(isChain([collected, sorted], 2000)).toBe(false)
    const { drawn, rest } = drawJourney([collected, sorted], 500, 2000)
    expect(drawn).toMatchObject([{ inputGrams: 500 }, { inputGrams: 250, addedGrams: 100, outputGrams: 250 }])
    expect(rest).toMatchObject([{ inputGrams: 1500 }, { inputGrams: 750, addedGrams: 300, outputGrams: 750 }])
  })
})

/** Figures that some chains have and others do not, of the same legs. */
const figures = fc.dictionary(fc.constantFrom(...ACTIVITIES), grams)
const active = fc
  .tuple(chain, figures)
  .map(([journey, activities]) =>
    journey.map((of) => (Object.keys(activities).length > 0 ? { ...of, activities } : of)),
  )

describe('journeys that are merged', () => {
  it('leave exactly one of them once the other is taken out again', () => {
    fc.assert(
      fc.property(active, active, (one, other) => {
        expect(subtractJourney(mergeJourneys([one, other]), other)).toEqual(one)
      }),
    )
  })

  const [early, late] = ['2026-08-01T00:00:00.000Z', '2026-08-09T00:00:00.000Z']

  it('span the times of both and add up, whichever comes first', () => {
    const [a, b] = [leg({ firstAt: early, lastAt: early }), leg({ firstAt: late, lastAt: late })]
    for (const both of [addLegs(a, b), addLegs(b, a)])
      expect(both).toMatchObject({ firstAt: early, lastAt: late })
  })

  it('are one leg per step and site, in the order of the steps and then of time', () => {
    const first = [leg({ firstAt: late, inputGrams: 1 }), leg({ step: 'cleaning', inputGrams: 1 })]
    const second = [
      leg({ site: 'shitang', firstAt: early, inputGrams: 2 }),
      leg({ inputGrams: 4, firstAt: late }),
    ]
    expect(
      mergeJourneys([first, second]).map(({ step, site, inputGrams }) => [step, site, inputGrams]),
    ).toEqual([
      ['collection', 'shitang', 2],
      ['collection', 'dachen', 5],
      ['cleaning', 'dachen', 1],
    ])
  })
})
