import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activitiesOfJourney } from '../../../../shared/domain/carbon/journey.ts'
import { STEP_RULES, type RunStep } from '../../../../shared/domain/material/stages.ts'
import type { Batch } from '../../../../shared/domain/state/batch.ts'
import { journeyGrams, journeyOf } from '../../../../shared/domain/state/transfers.ts'
import { charge, close, correct, open, pickup, receive, ship } from '../acts.ts'
import { ACTOR, batchesOf, passportOf, refused, SITE } from '../scenario.ts'
import { B, given, PLANT, R, subject, told, type Act, type Story } from '../story.ts'
import { transportOf } from '../../../model/laws/transport.ts'

const DAY = '2026-08-10T00:00:00.000Z'
const at = { occurredAt: DAY }

/** A run of one call each, all on one day: charged with grams by letters, closed with grams by letters. */
const run =
  (
    letter: string,
    step: RunStep,
    inputs: Record<string, number>,
    outputs: Record<string, number>,
    site = 'dachen',
  ) =>
  (story: Story): Story =>
    [open(letter, { step, site, ...at }), charge(letter, inputs, at), close(letter, outputs, at)].reduce(
      told,
      story,
    )

const transported = (story: Story, letter: string) =>
  activitiesOfJourney(journeyOf(subject(story, B(letter), 'batch')))

const transitGrams = (story: Story, letter: string): number =>
  journeyOf(subject(story, B(letter), 'batch')).reduce((sum, { losses }) => sum + (losses.transit ?? 0), 0)

const carry = (story: Story, letter: string, keptGrams: number, distanceKm: number): Story =>
  [
    ship(letter, [letter], { ...at, transport: { mode: 'road', distanceKm, basis: 'measured' } }),
    receive(letter, { [letter]: keptGrams }, at),
  ].reduce(told, story)

describe('The transport of a batch', () => {
  it('is its mass times its distance, however often it was put together before', () => {
    const thrice = [
      run('A', 'consolidation', { A: 100_000 }, { D: 100_000 }, 'shitang'),
      run('B', 'consolidation', { D: 100_000 }, { E: 100_000 }, 'jiaojiang'),
      run('C', 'consolidation', { E: 100_000 }, { F: 100_000 }, 'jiaojiang'),
    ].reduce((story, act) => act(story), given(pickup('A', { occurredAt: DAY })))
    expect(transported(carry(thrice, 'F', 100_000, 100), 'F').roadGramKm).toBe(10_000_000)
    expect(transitGrams(carry(thrice, 'F', 97_000, 100), 'F')).toBe(3_000)
  })

  it('is that of all of it, though only a part of it went through a step that usually comes later', () => {
    const blended = [
      run('A', 'cleaning', { A: 10_000 }, { E: 10_000 }),
      run('B', 'cleaning', { D: 800_000 }, { F: 800_000 }),
      run('C', 'blending', { E: 10_000 }, { G: 10_000 }),
      run('D', 'pelletizing', { F: 800_000, G: 10_000 }, { H: 810_000 }),
    ].reduce(
      (story, act) => act(story),
      given(
        pickup('A', { occurredAt: DAY, netGrams: 10_000 }),
        pickup('D', { occurredAt: DAY, netGrams: 800_000 }),
      ),
    )
    expect(transported(carry(blended, 'H', 810_000, 300), 'H').roadGramKm).toBe(243_000_000)
    expect(transitGrams(carry(blended, 'H', 790_000, 300), 'H')).toBe(20_000)
  })
})

/** One thing that happens to what there is, chosen by numbers: a batch is sent there and back, or some go into a run. */
const happening = fc.record({
  isTransport: fc.boolean(),
  which: fc.nat(),
  permille: fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 3 }),
  keptPermille: fc.integer({ min: 700, max: 1_000 }),
  km: fc.integer({ min: 0, max: 900 }),
  site: fc.constantFrom('dachen', 'huzhou'),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

const letterOf = ({ id }: Batch): string => id.slice(1, 1 + (id.length - 1) / 12)
const part = (grams: number, permille: number): number => Math.max(1, Math.floor((grams * permille) / 1_000))
/** Done, or refused and nothing happened. */
const tried = (story: Story, acts: readonly Act[]): Story =>
  acts.reduce((before, act) => (act(before).ok ? told(before, act) : before), story)

function happen(story: Story, { isTransport, ...how }: Happening, index: number): Story {
  const left = [...batchesOf(story.subjects).values()].filter(({ remainingGrams }) => remainingGrams > 0)
  const [first] = left.slice(how.which % Math.max(1, left.length))
  if (!first) return story
  const letter = `${String.fromCharCode(70 + index)}0`
  return isTransport ? thereAndBack(story, first, letter, how) : process(story, [first, ...left], letter, how)
}

function thereAndBack(
  story: Story,
  batch: Batch,
  letter: string,
  { km, keptPermille }: Pick<Happening, 'km' | 'keptPermille'>,
): Story {
  const name = letterOf(batch)
  const there = {
    ...at,
    transport: { mode: 'road', distanceKm: km, basis: 'measured' },
    site: batch.site,
  } as const
  const kept = part(batch.remainingGrams, keptPermille)
  const back = { ...there, to: { org: ACTOR.org, site: 'dachen' }, site: 'works' }
  return tried(story, [
    ship(letter, [name], there),
    receive(letter, { [name]: kept }, at),
    ship(`${letter}B`, [name], back, PLANT),
    receive(`${letter}B`, { [name]: kept }, { ...at, site: 'dachen' }, true, ACTOR),
  ])
}

function process(
  story: Story,
  [first, ...others]: readonly Batch[],
  letter: string,
  { which, permille, keptPermille, km, site }: Omit<Happening, 'isTransport'>,
): Story {
  if (!first) return story
  const steps = (['consolidation', 'sorting', 'cleaning', 'blending', 'pelletizing'] as const).filter((one) =>
    STEP_RULES[one].takes.includes(first.stage),
  )
  const step = steps[which % steps.length]
  if (!step) return story
  const same = others.filter(({ stage, id }) => stage === first.stage && id !== first.id)
  const draws = [first, ...same].slice(0, permille.length).map((batch, index) => ({
    batch: batch.id,
    massGrams: part(batch.remainingGrams, permille[index] ?? 1),
    ...(batch.site !== site && { transport: { mode: 'road', distanceKm: km } as const }),
  }))
  const input = draws.reduce((sum, { massGrams }) => sum + massGrams, 0)
  const output = part(input, keptPermille)
  const [a, b] = [Math.ceil(output / 3), output - Math.ceil(output / 3)]
  const outputs = { [`${letter}A`]: a, ...(b > 0 && { [`${letter}B`]: b }) }
  return tried(story, [
    open(letter, { ...at, step, site }),
    charge(letter, {}, { ...at, draws }),
    close(letter, outputs, { ...at, losses: { reject: input - output } }),
  ])
}

describe('The transport and the loss on the road of any batch', () => {
  it('are its share of all that was sent times its distance, and of all that was missing, by mass', () => {
    let [transports, runs, losses] = [0, 0, 0]
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), (happenings) => {
        const start = given(
          pickup('A', { occurredAt: DAY, netGrams: 100_000 }),
          pickup('D', { occurredAt: DAY, netGrams: 45_678, site: { ...SITE, id: 'huzhou' } }),
          pickup('E', { occurredAt: DAY, netGrams: 333 }),
        )
        const story = happenings.reduce(happen, start)
        const byEvents = transportOf(story.events)
        const roundings = story.events.length * 8
        for (const batch of batchesOf(story.subjects).values()) {
          const { roadGramKm: gramKm = NaN, transitGrams: lost = NaN } = byEvents.get(batch.id) ?? {}
          const name = letterOf(batch)
          expect(Math.abs(transported(story, name).roadGramKm - gramKm)).toBeLessThanOrEqual(roundings)
          expect(Math.abs(transitGrams(story, name) - lost)).toBeLessThanOrEqual(story.events.length)
          expect(byEvents.get(batch.id)?.grams).toBe(journeyGrams(batch))
          if (gramKm > 1_000_000) transports += 1
          if (lost > 1_000) losses += 1
          if (batch.run !== undefined) runs += 1
        }
      }),
      { numRuns: 150 },
    )
    expect(Math.min(transports, losses, runs)).toBeGreaterThan(100)
  })
})

describe('A batch that lies at another site than the run', () => {
  const collected = given(pickup('A', { occurredAt: DAY }), pickup('D', { occurredAt: DAY }))
  const opened = told(collected, open('A', { step: 'cleaning', site: 'huzhou', ...at }))
  const draw = (massGrams: number) => ({ batch: B('A'), massGrams })
  const haul = { mode: 'sea', distanceKm: 50 } as const
  const closed = (story: Story): Story =>
    told(
      story,
      close('A', { E: 40_000 }, { ...at, losses: { 'wash-loss': 10_000 }, energyWh: 1, waterMl: 1 }),
    )

  it('is counted with the way that the charge says it came', () => {
    const story = closed(
      told(opened, charge('A', {}, { ...at, draws: [{ ...draw(50_000), transport: haul }] })),
    )
    expect(transported(story, 'E')).toMatchObject({ seaGramKm: 2_500_000, roadGramKm: 0, unrecorded: [] })
  })

  it('leaves transport incomplete by road and sea where nobody said, also after more was recorded', () => {
    const story = closed(told(opened, charge('A', { A: 50_000 }, at)))
    expect(transported(story, 'E').unrecorded).toEqual(['transport-road', 'transport-sea'])
    const sold = carry(story, 'E', 40_000, 100)
    expect(transported(sold, 'E').roadGramKm).toBe(4_000_000)
    const { carbon } = passportOf(subject(sold, B('E'), 'batch'), [])
    expect(carbon?.missing).toEqual(['transport-road', 'transport-sea'])
  })

  it('leaves no trace in the run once its charge was taken back', () => {
    const one = told(opened, charge('A', {}, { ...at, draws: [{ ...draw(20_000), transport: haul }] }))
    const both = told(one, charge('A', { A: 1_000 }, at))
    const { pool } = subject(told(both, correct(`${R('A')}-3`)), R('A'), 'run')
    expect(pool).toEqual(subject(one, R('A'), 'run').pool)
  })

  it('is not transported to a run where it lies', () => {
    const here = told(collected, open('A', { step: 'cleaning', site: 'dachen', ...at }))
    const act = charge('A', {}, { ...at, draws: [{ ...draw(1_000), transport: haul }] })
    expect(refused(act(here))).toMatchObject({
      code: 'invalid-request',
      errors: [expect.objectContaining({ pointer: '/charges/0/transport' })],
      detail: expect.stringContaining('lies at dachen, where the run is'),
    })
  })

  it('leaves transport incomplete too where it was fetched for a load from elsewhere', () => {
    const fetched = [ship('A', ['A'], { ...at, site: 'huzhou' }), receive('A', { A: 100_000 }, at)]
    expect(transported(fetched.reduce(told, collected), 'A')).toMatchObject({
      roadGramKm: 10_000_000,
      unrecorded: ['transport-road', 'transport-sea'],
    })
  })
})

describe('Electricity of two runs of one step at one site', () => {
  it('is incomplete where one of them recorded none, whatever the other did', () => {
    const story = [
      run('A', 'cleaning', { A: 10_000 }, { E: 10_000 }),
      (before: Story) =>
        [
          open('B', { ...at, site: 'dachen' }),
          charge('B', { A: 5_000 }, at),
          close('B', { F: 5_000 }, { ...at, energyWh: 7 }),
        ].reduce(told, before),
      run('C', 'pelletizing', { E: 10_000, F: 5_000 }, { G: 15_000 }),
    ].reduce((before, act) => act(before), given(pickup('A', { occurredAt: DAY })))
    const cleaned = journeyOf(subject(story, B('G'), 'batch')).filter(({ step }) => step === 'cleaning')
    expect(cleaned).toMatchObject([{ activities: { energyWh: 7, energyUnrecordedGrams: 10_000 } }])
    expect(activitiesOfJourney(cleaned).unrecorded).toEqual(['energy', 'water'])
  })
})
