import { describe, expect, it } from 'vitest'
import { activitiesOfJourney } from '../../../../shared/domain/carbon/journey.ts'
import type { Transport } from '../../../../shared/domain/events/custody.ts'
import { journeyOf } from '../../../../shared/domain/state/transfers.ts'
import { charge, open, pickup, receive, ship } from '../acts.ts'
import { accepted, refused } from '../scenario.ts'
import { B, given, subject, told, type Act, type Story } from '../story.ts'

/** Distances that are stated of hauls between sites whose positions are known. */
const DACHEN = { id: 'dachen', lat: 28.45, lon: 121.88 }
const HUZHOU = { id: 'huzhou', lat: 30.87, lon: 120.1 }
/** 172 km from Dachen as the crow flies; Huzhou is 319 km from there. */
const WORKS = { id: 'works', lat: 29.95, lon: 122.3 }
const YARD = { id: 'yard', lat: 29.9, lon: 122.2 }

const beach = given(pickup('A'), pickup('D', { netGrams: 50_000 }))
const findings = (act: Act, story: Story) =>
  accepted(act(story))
    .flatMap(({ data }) => ('checks' in data ? (data.checks ?? []) : []))
    .filter(({ rule, sentence }) => rule === 'R17' && sentence.en.includes('as the crow flies'))

describe('a distance that is stated with a charge', () => {
  const opened = told(beach, open('A'))
  const over = (distanceKm: number, sites = [DACHEN, HUZHOU]) =>
    charge(
      'A',
      {},
      {
        sites,
        draws: ['A', 'D'].map((letter) => ({
          batch: B(letter),
          massGrams: 10_000,
          transport: { mode: 'road', distanceKm },
        })),
      },
    )

  it('is refused where no way is that short, at its field, with what there can be', () => {
    for (const km of [0, 1, 300]) {
      const refusal = refused(over(km)(opened))
      expect(refusal).toMatchObject({
        code: 'check-failed',
        rule: { id: 'R17' },
        errors: [{ pointer: '/charges/0/transport/distanceKm' }],
      })
      expect(refusal.detail).toContain(`${km} km were stated`)
      expect(refusal.detail).toContain('shorter than')
    }
  })

  it('is for review, said once for all that came the same way, where it is many times as long', () => {
    expect(findings(over(40_000), opened)).toMatchObject([{ verdict: 'review' }])
    expect(findings(over(380), opened)).toMatchObject([{ verdict: 'pass' }])
  })

  it('is not looked at where a site has no position', () => {
    expect(findings(over(1, [HUZHOU]), opened)).toEqual([])
    expect(findings(over(1, []), opened)).toEqual([])
  })
})

describe('a distance that is stated with a shipment', () => {
  const over = (distanceKm: number, basis: Transport['basis'] = 'measured') =>
    ship('A', ['A'], { transport: { mode: 'sea', distanceKm, basis }, way: { from: DACHEN, to: WORKS } })

  it('is refused where no way is that short, and looked at where it is many times as long', () => {
    expect(refused(over(1)(beach))).toMatchObject({
      code: 'check-failed',
      rule: { id: 'R17' },
      errors: [{ pointer: '/transport/distanceKm' }],
    })
    expect(findings(over(230), beach)).toMatchObject([{ verdict: 'pass' }])
    expect(findings(over(3_000), beach)).toMatchObject([{ verdict: 'review' }])
  })

  it('is not looked at where it is our own estimate', () => {
    expect(findings(over(230, 'estimated'), beach)).toEqual([])
  })
})

describe('a load that is received at another site than it was addressed to', () => {
  const received = (distanceKm: number, basis: Transport['basis'], site: string, to?: typeof WORKS): Story =>
    [
      ship('A', ['A'], { transport: { mode: 'road', distanceKm, basis }, way: { from: DACHEN, to: WORKS } }),
      receive('A', { A: 100_000 }, { site, way: { from: DACHEN, to } }),
    ].reduce(told, beach)
  const transportIn = (story: Story) => activitiesOfJourney(journeyOf(subject(story, B('A'), 'batch')))

  it('counts the distance to there, where it is estimated', () => {
    expect(transportIn(received(224, 'estimated', 'huzhou', HUZHOU))).toMatchObject({
      roadGramKm: 100_000 * 415,
      unrecorded: [],
    })
  })

  it('keeps a stated distance that fits the other site too', () => {
    expect(transportIn(received(230, 'measured', 'yard', YARD))).toMatchObject({
      roadGramKm: 100_000 * 230,
      unrecorded: [],
    })
  })

  it('counts as not recorded, where the stated distance cannot be right, is not usual, or nobody can tell', () => {
    for (const story of [
      received(230, 'measured', 'huzhou', HUZHOU),
      received(560, 'measured', 'near', { id: 'near', lat: 28.5, lon: 121.9 }),
      received(230, 'measured', 'yard'),
      received(224, 'estimated', 'yard'),
    ]) {
      expect(transportIn(story)).toMatchObject({
        roadGramKm: 0,
        unrecorded: ['transport-road', 'transport-sea'],
      })
    }
  })

  it('leaves what was said of it where it was addressed to', () => {
    const story = received(230, 'measured', 'works', WORKS)
    expect(transportIn(story)).toMatchObject({ roadGramKm: 100_000 * 230, unrecorded: [] })
  })
})
