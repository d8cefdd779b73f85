import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { booksBalance } from '../../../../shared/domain/state/batch.ts'
import type { CloseRun } from '../../../../shared/domain/decide/closing.ts'
import type { CheckResult } from '../../../../shared/domain/checks/rule.ts'
import { totalGrams } from '../../../../shared/domain/lineage/origin.ts'
import { accepted, refused } from '../scenario.ts'
import { charge, close, open, pickup } from '../acts.ts'
import { august, B, given, R, subject, told, type Act, type Story } from '../story.ts'

const charged = given(pickup('A'), open('A'), charge('A', { A: 100_000 }))
const refusalOf = (act: Act, story = charged) => refused(act(story))
const checksOf = (act: Act, story: Story = charged): readonly CheckResult[] => {
  const [event] = accepted(act(story))
  return event?.type === 'RunClosed' ? event.data.checks : []
}
const letterOf = (index: number): string => 'ABCDEF'[index] ?? 'G'
interface Part {
  readonly massGrams: number
  readonly moistureBp: number | undefined
}
const totalOf = (parts: readonly Part[]): number => parts.reduce((sum, { massGrams }) => sum + massGrams, 0)
/** Parts as moist as these and in their proportion, which together weigh no more than this. */
const dividedLike = (parts: readonly Part[], grams: number): Part[] =>
  parts.map(({ massGrams, moistureBp }) => ({
    massGrams: Math.max(1, Math.floor((grams * massGrams) / totalOf(parts)) - 2),
    moistureBp,
  }))
/** Dry grams of parts, each rounded up or down, where all that is unknown had this moisture. */
const dryWith = (parts: readonly Part[], unknownBp: number, round: (grams: number) => number): number =>
  parts.reduce(
    (sum, { massGrams, moistureBp }) =>
      sum + round((massGrams * (10_000 - (moistureBp ?? unknownBp))) / 10_000),
    0,
  )
const verdict = (rule: string, act: Act, story = charged) =>
  checksOf(act, story)
    .filter((check) => check.rule === rule)
    .map((check) => check.verdict)

describe('closing a run', () => {
  it('divides input among outputs, losses and what is unaccounted for, to the gram', () => {
    const changes = { losses: { 'wash-loss': 14_000, moisture: 5_000 }, energyWh: 12_000, waterMl: 900_000 }
    const story = told(charged, close('A', { B: 50_000, E: 30_001 }, changes))
    expect(subject(story, R('A'), 'run')).toMatchObject({
      status: 'closed',
      unaccountedGrams: 999,
      closings: 1,
      closedBy: `${R('A')}-3`,
      closedAt: august(12),
    })
    const made = ['B', 'E'].map((letter) => subject(story, B(letter), 'batch'))
    expect(made.map(booksBalance)).toEqual([true, true])
    const legs = made.map(({ journey }) => journey.find(({ step }) => step === 'cleaning'))
    expect(totalGrams(legs.map((leg) => ({ grams: leg?.inputGrams ?? 0 })))).toBe(100_000)
    expect(legs.reduce((sum, leg) => sum + (leg?.activities?.energyWh ?? 0), 0)).toBe(12_000)
    expect(legs.reduce((sum, leg) => sum + (leg?.activities?.waterMl ?? 0), 0)).toBe(900_000)
  })

  it('is refused by a single gram too many, with all figures that make it so', () => {
    const refusal = refusalOf(close('A', { B: 80_000 }, { losses: { reject: 20_001 } }))
    expect(refusal).toMatchObject({ code: 'outputs-exceed-inputs', errors: [{ pointer: '/outputs' }] })
    expect(refusal.detail).toBe(
      '100 kg went in, but outputs of 80 kg and losses of 20.001 kg make 100.001 kg; outputs and losses may not exceed the input.',
    )
    expect(close('A', { B: 80_000 }, { losses: { reject: 20_000 } })(charged).ok).toBe(true)
  })

  it('is refused at a yield of 103 %', () => {
    expect(refusalOf(close('A', { B: 103_000 })).code).toBe('outputs-exceed-inputs')
  })

  it('is refused with an output that is all water or more, at the place of that output', () => {
    const moist = (moistureBp: number) => {
      const outputs = [
        { batch: B('B'), massGrams: 1_000 },
        { batch: B('E'), massGrams: 1_000, moistureBp },
      ]
      return close('A', {}, { outputs })
    }
    expect(moist(9_999)(charged).ok).toBe(true)
    const refusal = refusalOf(moist(10_000))
    expect(refusal).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '/outputs/1/moisturePct' }],
    })
    expect(refusal.detail).toBe(
      'The moisture is 100 %; it is at least 0 % and below 100 %, in steps of 0.01 %.',
    )
    expect([10_001, -1, 0.5].map((moistureBp) => refusalOf(moist(moistureBp)).code)).toEqual([
      'invalid-request',
      'invalid-request',
      'invalid-request',
    ])
  })

  it('may be dated to its last charge and no earlier', () => {
    expect(close('A', { B: 1 }, { occurredAt: august(11) })(charged).ok).toBe(true)
    const early = refusalOf(close('A', { B: 1 }, { occurredAt: august(10) }))
    expect(early.detail).toBe(`${august(10)} lies before ${august(11)}, when run ${R('A')} was last charged.`)
  })

  it('needs a charge, and happens once', () => {
    const empty = given(open('A'))
    expect(refusalOf(close('A', { B: 1 }), empty)).toMatchObject({ code: 'run-not-charged' })
    const story = told(charged, close('A', { B: 80_000 }))
    expect(refusalOf(close('A', { E: 1 }), story)).toMatchObject({
      code: 'run-not-open',
      detail: `Run ${R('A')} is closed already.`,
    })
    expect(refusalOf(charge('A', { A: 1 }), story).detail).toContain('only an open run can be charged')
  })

  it('gives outputs the form of the step and the polymer of what went in, unless told', () => {
    const told1 = told(charged, close('A', { B: 90_000 }))
    expect(subject(told1, B('B'), 'batch')).toMatchObject({
      form: 'flake',
      sourceForm: 'crate',
      polymer: 'HDPE',
      stage: 'cleaned',
    })
    const mixed = given(
      pickup('A'),
      pickup('D', { form: 'rope', polymer: 'PP' }),
      open('A', { step: 'sorting' }),
    )
    const story = told(told(mixed, charge('A', { A: 1_000, D: 1_000 })), close('A', { B: 2_000 }))
    expect(subject(story, B('B'), 'batch')).toMatchObject({
      form: 'mixed',
      sourceForm: 'mixed',
      polymer: 'mixed',
    })
    const sorted = close('A', {}, { outputs: [{ batch: B('B'), massGrams: 1, form: 'rope', polymer: 'PP' }] })
    expect(subject(told(told(mixed, charge('A', { A: 1, D: 1 })), sorted), B('B'), 'batch')).toMatchObject({
      form: 'rope',
      polymer: 'PP',
    })
  })
})

describe('R10, what is unaccounted for', () => {
  it('passes at 2 % of the input and is for review a gram above', () => {
    const at = (outputGrams: number) => verdict('R10', close('A', { B: outputGrams }))
    expect(at(98_000)[0]).toBe('pass')
    expect(at(97_999)[0]).toBe('review')
  })

  it('wants a document for rejects and other waste, and none for water, wash loss and purge', () => {
    const losing = (losses: CloseRun['losses'], changes: Partial<CloseRun> = {}) =>
      verdict('R10', close('A', { B: 90_000 }, { losses, ...changes }))[1]
    expect(losing({ reject: 1 })).toBe('review')
    expect(losing({ other: 1 })).toBe('review')
    expect(losing({ reject: 1 }, { wasteDocument: 'WB-7' })).toBe('pass')
    expect(losing({ moisture: 5_000, 'wash-loss': 4_000, purge: 1_000 })).toBe('pass')
  })
})

describe('R9, the yield', () => {
  it.each([
    [79_999, 'review'],
    [80_000, 'pass'],
    [92_000, 'pass'],
    [92_001, 'review'],
  ])('of washed crates passes from 80 to 92 %%: %d g of 100 kg is %s', (grams, expected) => {
    const lost = { losses: { 'wash-loss': 100_000 - grams } }
    expect(verdict('R9', close('A', { B: grams }, lost))).toEqual([expected])
  })

  it.each([
    [75_000, 'pass'],
    [75_001, 'review'],
  ])(
    'of rope from the beach to pellets is looked at above 75 %%, whatever each step kept: %d g is %s',
    (grams, expected) => {
      const washed = given(
        pickup('A', { form: 'rope', polymer: 'PP' }),
        open('A'),
        charge('A', { A: 100_000 }),
        close('A', { B: 78_000 }),
        open('B', { step: 'pelletizing', occurredAt: august(12) }),
        charge('B', { B: 78_000 }, { occurredAt: august(12) }),
      )
      expect(verdict('R9', close('B', { C: grams }), washed)).toEqual(['pass', expected])
    },
  )

  it('has another band for PA6 nets than for HDPE nets, and of several forms counts each by its mass', () => {
    const washed = (changes: Parameters<typeof pickup>[1], more: Record<string, number> = {}) => {
      const acts = [pickup('A', changes), pickup('D'), open('A'), charge('A', { A: 100_000, ...more })]
      return given(...acts)
    }
    const half = close('A', { B: 64_000 })
    expect(verdict('R9', half, washed({ form: 'net', polymer: 'PA6' }))).toEqual(['pass'])
    expect(verdict('R9', half, washed({ form: 'net', polymer: 'HDPE' }))).toEqual(['review'])
    const check = checksOf(half, washed({ form: 'net' }, { D: 1 })).find(({ rule }) => rule === 'R9')
    expect(check?.sentence.en).toContain('65 % to 82.01 % is usual')
    const vanished = close('A', { B: 1_000 }, { losses: { 'wash-loss': 99_001 } })
    expect(verdict('R9', vanished, washed({ form: 'net' }, { D: 1 }))).toEqual(['review'])
  })

  it('fails when dry mass would come from nowhere, though the scale saw less come out than go in', () => {
    const wet = given(pickup('A', { moistureBp: 2_000 }), open('A'), charge('A', { A: 100_000 }))
    const dried = (massGrams: number) =>
      close('A', {}, { outputs: [{ batch: B('B'), massGrams, moistureBp: 0 }], losses: { moisture: 1_000 } })
    expect(dried(80_000)(wet).ok).toBe(true)
    const refusal = refusalOf(dried(80_001), wet)
    expect(refusal).toMatchObject({ code: 'check-failed', rule: { id: 'R9' } })
    expect(refusal.detail).toContain('80.001 kg came out of 80 kg on a dry basis')
    expect(refusal.rule?.zh).toContain('干基')
  })

  it('fails as well when a gram of unknown moisture is charged along, or comes out along with it', () => {
    const wet = pickup('A', { moistureBp: 5_000 })
    const along = given(wet, pickup('D'), open('A'), charge('A', { A: 100_000, D: 1 }))
    const dried = (massGrams: number) =>
      close('A', {}, { outputs: [{ batch: B('B'), massGrams, moistureBp: 0 }] })
    expect(dried(50_001)(along).ok).toBe(true)
    const refusal = refusalOf(dried(50_002), along)
    expect(refusal).toMatchObject({ code: 'check-failed', rule: { id: 'R9' } })
    expect(refusal.detail).toContain('at least 50.002 kg came out of at most 50.001 kg')
    expect(refusal.rule?.zh).toContain('投入至多 50.001 千克，产出却至少有 50.002 千克')

    const alone = given(wet, open('A'), charge('A', { A: 100_000 }))
    const half = (massGrams: number) => {
      const outputs = [
        { batch: B('B'), massGrams, moistureBp: 0 },
        { batch: B('E'), massGrams: 1 },
      ]
      return close('A', {}, { outputs })
    }
    expect(half(50_000)(alone).ok).toBe(true)
    expect(refusalOf(half(50_001), alone).rule?.id).toBe('R9')
  })

  it('of a closed run leaves some moisture that what is unknown may have had, and is refused only where none does', () => {
    const moisture = fc.option(fc.integer({ min: 0, max: 9_999 }), { nil: undefined })
    const part = fc.record({ massGrams: fc.integer({ min: 10, max: 60_000 }), moistureBp: moisture })
    const parts = fc.array(part, { minLength: 1, maxLength: 3 })
    const tally = { accepted: 0, refused: 0 }
    fc.assert(
      fc.property(parts, parts, (inputs, weights) => {
        const outputs = dividedLike(weights, totalOf(inputs))
        const acts = inputs.map(({ massGrams, moistureBp }, index) =>
          pickup(letterOf(index), {
            netGrams: massGrams,
            ...(moistureBp !== undefined && { moistureBp }),
          }),
        )
        const draws = Object.fromEntries(inputs.map(({ massGrams }, index) => [letterOf(index), massGrams]))
        const story = given(...acts, open('A'), charge('A', draws))
        const wanted = outputs.map(({ massGrams, moistureBp }, index) => ({
          batch: B(letterOf(inputs.length + index)),
          massGrams,
          ...(moistureBp !== undefined && { moistureBp }),
        }))
        const decision = close('A', {}, { outputs: wanted })(story)
        // Unknown is taken as dry where it went in and as water where it came out: nothing favours the run more.
        const [most, least] = [dryWith(inputs, 0, Math.ceil), dryWith(outputs, 10_000, Math.floor)]
        expect(decision.ok).toBe(least <= most)
        expect(decision.ok ? 'R9' : decision.refusal.rule?.id).toBe('R9')
        tally[decision.ok ? 'accepted' : 'refused'] += 1
      }),
      { numRuns: 300 },
    )
    expect(Math.min(tally.accepted, tally.refused)).toBeGreaterThan(3)
  })

  it('compares as weighed where one moisture is missing, and says so', () => {
    const half = given(
      pickup('A', { moistureBp: 2_000 }),
      pickup('D'),
      open('A'),
      charge('A', { A: 50_000, D: 50_000 }),
    )
    const outputs = [{ batch: B('B'), massGrams: 90_000, moistureBp: 0 }]
    const check = checksOf(close('A', {}, { outputs }), half).find(({ rule }) => rule === 'R9')
    expect(check?.sentence.en).toContain('as weighed, as not all moistures are known')
  })
})
