import { describe, expect, it } from 'vitest'
import type { PassportLeg } from '../../../../shared/domain/passport/passport.ts'
import { charge, close, open, pickup, receive, ship } from '../acts.ts'
import { passportOf } from '../scenario.ts'
import { august, B, given, subject, type Act } from '../story.ts'

/** Puts batches together as another: opened, charged and closed on one day, at one site. */
const consolidate = (
  from: Readonly<Record<string, number>>,
  to: string,
  day: number,
  site = 'dachen',
): Act[] => {
  const grams = Object.values(from).reduce((sum, drawn) => sum + drawn, 0)
  return [
    open(to, { step: 'consolidation', site, occurredAt: august(day) }),
    charge(to, from, { occurredAt: august(day, 1) }),
    close(to, { [to]: grams }, { occurredAt: august(day, 2) }),
  ]
}

const legsOf = (letter: string, ...acts: Act[]): readonly PassportLeg[] =>
  passportOf(subject(given(...acts), B(letter), 'batch'), []).journey

const shown = (legs: readonly PassportLeg[]) =>
  legs.map(({ step, firstAt, inputGrams, outputGrams }) => [step, firstAt.slice(8), inputGrams, outputGrams])

describe('a journey through one step more than once', () => {
  const twice = [pickup('A'), ...consolidate({ A: 100_000 }, 'D', 3), ...consolidate({ D: 100_000 }, 'E', 5)]

  it('shows each pass on its own, with what went through it that time', () => {
    expect(shown(legsOf('E', ...twice))).toEqual([
      ['collection', '01', 100_000, 100_000],
      ['consolidation', '03', 100_000, 100_000],
      ['consolidation', '05', 100_000, 100_000],
    ])
  })

  it('counts what was missing on the road in the pass that it left after', () => {
    const legs = legsOf('E', ...twice, ship('A', ['E']), receive('A', { E: 80_000 }))
    expect(shown(legs).at(1)).toEqual(['consolidation', '03', 100_000, 100_000])
    expect(legs.at(-1)).toMatchObject({
      inputGrams: 100_000,
      losses: { transit: 20_000 },
      outputGrams: 80_000,
    })
  })

  it('shows passes of which none feeds another as one, with all their sites', () => {
    const letters = ['A', 'D', 'E', 'F']
    const made = ['G', 'H', 'J', 'K']
    const acts = letters.flatMap((letter, index) => [
      pickup(letter),
      ...consolidate({ [letter]: 100_000 }, made[index] ?? '', 3 + index, `station-${index}`),
    ])
    const all = Object.fromEntries(made.map((letter) => [letter, 100_000]))
    const legs = legsOf('M', ...acts, ...consolidate(all, 'M', 20))
    expect(shown(legs)).toEqual([
      ['collection', '01', 400_000, 400_000],
      ['consolidation', '03', 400_000, 400_000],
      ['consolidation', '20', 400_000, 400_000],
    ])
    expect(legs[1]?.sites).toHaveLength(4)
  })

  it('shows a pass before sorting and one after it where they were', () => {
    const legs = legsOf(
      'F',
      pickup('A'),
      ...consolidate({ A: 100_000 }, 'D', 3),
      open('E', { step: 'sorting', occurredAt: august(5) }),
      charge('E', { D: 100_000 }, { occurredAt: august(6) }),
      close('E', { E: 90_000 }, { occurredAt: august(7), losses: { reject: 10_000 } }),
      ...consolidate({ E: 90_000 }, 'F', 8, 'huzhou'),
    )
    expect(shown(legs)).toEqual([
      ['collection', '01', 100_000, 100_000],
      ['consolidation', '03', 100_000, 100_000],
      ['sorting', '05', 100_000, 90_000],
      ['consolidation', '08', 90_000, 90_000],
    ])
  })

  it('shows branches that ran beside one another by their dates, whatever the usual order of their steps', () => {
    const flakes = (from: string, to: string, day: number): Act[] => [
      open(to, { occurredAt: august(day) }),
      charge(to, { [from]: 100_000 }, { occurredAt: august(day, 1) }),
      close(to, { [to]: 80_000 }, { occurredAt: august(day, 2), losses: { 'wash-loss': 20_000 } }),
    ]
    const blend = (from: readonly string[], to: string, day: number): Act[] => [
      open(to, { step: 'blending', occurredAt: august(day) }),
      charge(to, Object.fromEntries(from.map((letter) => [letter, 80_000])), { occurredAt: august(day, 1) }),
      close(to, { [to]: 80_000 * from.length }, { occurredAt: august(day, 2) }),
    ]
    const legs = legsOf(
      'H',
      pickup('A'),
      ...flakes('A', 'D', 3),
      ...blend(['D'], 'E', 4),
      pickup('F', { occurredAt: august(8) }),
      ...flakes('F', 'G', 9),
      ...blend(['E', 'G'], 'H', 12),
    )
    expect(shown(legs)).toEqual([
      ['collection', '01', 200_000, 200_000],
      ['cleaning', '03', 200_000, 160_000],
      ['blending', '04', 80_000, 80_000],
      ['blending', '12', 160_000, 160_000],
    ])
  })

  it('takes the last passes of many together, and counts what went from one to the next once', () => {
    const letters = ['D', 'E', 'F', 'G', 'H', 'J', 'K']
    const acts = letters.flatMap((letter, index) =>
      consolidate({ [letters[index - 1] ?? 'A']: 100_000 }, letter, 3 + index, `station-${index % 2}`),
    )
    const legs = legsOf('K', pickup('A'), ...acts)
    expect(shown(legs)).toEqual([
      ['collection', '01', 100_000, 100_000],
      ['consolidation', '03', 100_000, 100_000],
      ['consolidation', '04', 100_000, 100_000],
      ['consolidation', '05', 100_000, 100_000],
    ])
    expect(legs.map(({ isSeveral }) => isSeveral ?? false)).toEqual([false, false, false, true])
    expect(legs.at(-1)).toMatchObject({ lastAt: '2026-08-09', moreSites: 0 })
  })
})
