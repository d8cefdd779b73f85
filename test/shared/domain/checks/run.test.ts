import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDryMass, type CameOut } from '../../../../shared/domain/checks/dry.ts'
import { checkLosses, checkMoistureLoss, checkUnaccounted } from '../../../../shared/domain/checks/run.ts'
import { checkOverallYield, checkYield, type RunSide } from '../../../../shared/domain/checks/yield.ts'
import { asWeighed as weighed, BOTTLES } from './samples.ts'

const dry = (dryGrams: number, asWeighedGrams = dryGrams): RunSide => ({
  asWeighedGrams,
  dryGrams,
  moistureUnknownGrams: 0,
})
const wash = (input: RunSide, output: RunSide) =>
  checkYield({ step: 'cleaning', source: BOTTLES, input, output })

describe('R9, the yield of a step', () => {
  it('passes within the band, both ends included, on a dry basis', () => {
    expect(wash(dry(100_000), dry(75_000))?.verdict).toBe('pass')
    expect(wash(dry(100_000), dry(88_000))?.verdict).toBe('pass')
    expect(wash(dry(389_200), dry(319_100))?.sentence.en).toBe(
      'This step kept 81.98 % of its input on a dry basis (319.1 kg of 389.2 kg); 75 % to 88 % is usual.',
    )
  })

  it('reviews a gram outside, and the share that it shows lies outside too', () => {
    const below = wash(dry(100_000), dry(74_999))
    const above = wash(dry(100_000), dry(88_001))
    expect([below?.verdict, above?.verdict]).toEqual(['review', 'review'])
    expect(below?.sentence.en).toContain('kept 74.99 %')
    expect(above?.sentence.en).toContain('kept 88.01 %')
  })

  it('fails when more came out than went in, by a gram, and passes nothing on as all', () => {
    expect(wash(dry(100_000), dry(100_001))?.verdict).toBe('fail')
    expect(wash(dry(100_000), dry(100_000))?.verdict).toBe('review')
  })

  it('lets wet flakes weigh more than what went in, as long as they do not when dry', () => {
    expect(wash(dry(100_000, 103_000), dry(80_000, 110_000))?.verdict).toBe('pass')
  })

  it('catches mass that was created and hidden as dried water', () => {
    expect(wash(dry(70_000, 100_000), dry(75_000, 75_000))?.verdict).toBe('fail')
  })

  it('compares as weighed where either moisture is not known, and says so', () => {
    const half = wash(dry(70_000, 100_000), weighed(75_000))
    expect(half?.verdict).toBe('pass')
    expect(half?.sentence.en).toContain('75 % of its input as weighed, as not all moistures are known')
    expect(half?.sentence.zh).toContain('因含水率不全，按称重计')
    expect(wash(weighed(100_000), dry(1, 100_001))?.verdict).toBe('fail')
  })

  it('takes water that dried off from what was weighed, and from nothing that is dry', () => {
    const drying = (input: RunSide, output: RunSide, driedGrams: number) =>
      checkYield({ step: 'cleaning', source: BOTTLES, input, output, driedGrams })
    expect(drying(weighed(100_000), weighed(60_000), 15_000)?.verdict).toBe('review')
    expect(drying(weighed(100_000), weighed(60_000), 20_000)).toMatchObject({
      verdict: 'pass',
      sentence: {
        en: expect.stringContaining(
          'as weighed less 20 kg of water that dried off, as not all moistures are known',
        ),
        zh: expect.stringContaining('扣除蒸发的水分 20 千克'),
      },
    })
    expect(drying(dry(80_000, 100_000), dry(60_000), 20_000)?.sentence.en).toContain('(60 kg of 80 kg)')
  })

  it('only looks for created mass where nobody knows the form', () => {
    const nobody = (grams: number) =>
      checkYield({ step: 'cleaning', source: { forms: {} }, input: dry(100), output: dry(grams) })
    expect(nobody(1)).toMatchObject({
      verdict: 'pass',
      sentence: { en: expect.stringContaining('no usual band') },
    })
    expect(nobody(101)?.verdict).toBe('fail')
  })

  it.each([
    ['consolidation', 98],
    ['blending', 97],
    ['manufacturing', 90],
  ] as const)('lets no mass vanish in %s, whatever is said to have become of it', (step, lowest) => {
    const verdict = (grams: number) =>
      checkYield({ step, source: BOTTLES, input: dry(100), output: dry(grams) })?.verdict
    expect([verdict(lowest), verdict(lowest - 1), verdict(1)]).toEqual(['pass', 'review', 'review'])
  })

  it('is not switched off by a gram of another form', () => {
    const mixed = { forms: { bottle: 99_999, net: 1 }, polymer: 'PET' } as const
    const verdict = (grams: number) =>
      checkYield({ step: 'cleaning', source: mixed, input: dry(100_000), output: dry(grams) })?.verdict
    expect([verdict(75_000), verdict(1_000)]).toEqual(['pass', 'review'])
  })

  it('asks a net for its polymer, and takes both bands together where nobody knows it', () => {
    const net = (polymer: 'PA6' | 'HDPE' | 'unknown', grams: number) =>
      checkYield({
        step: 'cleaning',
        source: { forms: { net: 1 }, polymer },
        input: dry(100),
        output: dry(grams),
      })?.verdict
    expect([net('PA6', 60), net('HDPE', 60), net('unknown', 60)]).toEqual(['pass', 'review', 'pass'])
    expect([net('PA6', 82), net('HDPE', 82), net('unknown', 82)]).toEqual(['review', 'pass', 'pass'])
  })

  it('has nothing to say where nothing went in or came out', () => {
    expect(wash(dry(0), dry(0))).toBeUndefined()
    expect(wash(dry(0), dry(1))?.verdict).toBe('fail')
  })

  it('never passes more out than in, whatever the masses', () => {
    const grams = fc.integer({ min: 0, max: 1e12 })
    fc.assert(
      fc.property(grams, grams, (input, output) => {
        fc.pre(input > 0)
        const verdict = wash(dry(input), dry(output))?.verdict
        expect(verdict === 'fail').toBe(output > input)
      }),
    )
  })
})

describe('R9, dry mass over all steps', () => {
  const pellets = { usualBp: 300, mostBp: 1_000 }
  const verdicts = (outs: readonly CameOut[]) => outs.map((out) => checkDryMass(50_000, out)?.verdict)

  it('fails where what was measured holds a gram more than may have gone in dry, and says so', () => {
    expect(verdicts([50_000, 50_001].map((dryGrams) => ({ dryGrams, unmeasuredGrams: 0 })))).toEqual([
      undefined,
      'fail',
    ])
    expect(checkDryMass(50_000, { dryGrams: 50_001, unmeasuredGrams: 0 })?.sentence).toEqual({
      en: 'On a dry basis at least 50.001 kg came out of at most 50 kg that went in by all moistures measured so far; nothing comes out that did not go in.',
      zh: '按干基计，依迄今测得的各含水率，投入至多 50 千克，产出却至少有 50.001 千克；产出不得多于投入。',
    })
  })

  it('takes wet things that nobody measured as water, and melted plastic as dry but for what it takes up', () => {
    const unmeasured = [50_000, 51_546, 51_548, 55_556, 55_557]
    const outs = unmeasured.map((unmeasuredGrams) => ({ dryGrams: 0, unmeasuredGrams }))
    expect(verdicts(outs)).toEqual(unmeasured.map(() => undefined))
    expect(verdicts(outs.map((out) => ({ ...out, water: pellets })))).toEqual([
      undefined,
      undefined,
      'review',
      'review',
      'fail',
    ])
  })
})

describe('R10, moisture', () => {
  const dried = (driedGrams: number, changes: object = {}) =>
    checkMoistureLoss({
      inputGrams: 100_000,
      driedGrams,
      knownWaterGrams: 5_000,
      unknownGrams: 0,
      mostWaterBp: 1_500,
      leastWaterGrams: 0,
      ...changes,
    })

  it('passes what the input held and 2 % of it more, and is for review beyond: bone-dry plastic does not dry off', () => {
    expect([dried(5_000)?.verdict, dried(7_000)?.verdict, dried(7_001)?.verdict]).toEqual([
      'pass',
      'pass',
      'review',
    ])
    expect(dried(99_000, { knownWaterGrams: 0 })).toMatchObject({
      verdict: 'review',
      sentence: {
        en: expect.stringContaining('99 kg of moisture dried off; the input held up to 0 kg of water'),
      },
    })
  })

  it('takes what is usual where nobody measured', () => {
    const unmeasured = { knownWaterGrams: 0, unknownGrams: 100_000 }
    expect([dried(17_000, unmeasured)?.verdict, dried(17_001, unmeasured)?.verdict]).toEqual([
      'pass',
      'review',
    ])
    expect(dried(17_000, unmeasured)?.sentence.en).toContain(
      'held, by what was measured or is usual, up to 15 kg',
    )
  })

  it('takes no less than what must be water, whatever is usual', () => {
    const wet = { knownWaterGrams: 0, unknownGrams: 100_000, leastWaterGrams: 40_000 }
    expect([dried(42_000, wet)?.verdict, dried(42_001, wet)?.verdict]).toEqual(['pass', 'review'])
  })

  it('has nothing to say where nothing dried off', () => {
    expect(dried(0)).toBeUndefined()
  })
})

describe('R9, the yield from collection to pellets', () => {
  const overall = (grams: number) =>
    checkOverallYield({ source: BOTTLES, collected: dry(442_300), pellets: dry(grams) })

  it('passes the demo batch, at 70 %', () => {
    expect(overall(309_600)).toMatchObject({ verdict: 'pass' })
    expect(overall(309_610)?.sentence.en).toContain('kept 70 % of what was collected')
  })

  it('reviews outside the wider band, and only reviews what is more than its share, as shares go by mass', () => {
    expect([overall(221_150)?.verdict, overall(221_149)?.verdict]).toEqual(['pass', 'review'])
    expect([overall(375_955)?.verdict, overall(375_956)?.verdict]).toEqual(['pass', 'review'])
    expect(overall(442_301)).toMatchObject({
      verdict: 'review',
      sentence: {
        en: '442.301 kg of pellets came of 442.3 kg that was collected, on a dry basis; they took more than their share of it by mass, or water was lost on the road.',
      },
    })
  })
})

describe('R10, what went where', () => {
  it('passes up to exactly two per cent unaccounted', () => {
    expect([checkUnaccounted(100_000, 0).verdict, checkUnaccounted(100_000, 2_000).verdict]).toEqual([
      'pass',
      'pass',
    ])
  })

  it('reviews a gram more, and never shows it as two per cent', () => {
    expect(checkUnaccounted(10_000_000, 200_001)).toMatchObject({
      verdict: 'review',
      sentence: {
        en: '200.001 kg (2.01 %) of the input is not accounted for; up to 2 % is usual.',
        zh: '投入量中有 200.001 千克（2.01 %）去向未记录；通常不超过 2 %。',
      },
    })
  })

  it('fails when outputs and losses exceed the input', () => {
    expect(checkUnaccounted(100_000, -1).verdict).toBe('fail')
  })

  it('passes waste with a document, and what leaves as water or stays in the extruder without one', () => {
    expect(checkLosses([]).verdict).toBe('pass')
    expect(checkLosses([{ kind: 'reject', grams: 1, destinationDocument: 'WB-1' }]).verdict).toBe('pass')
    expect(
      checkLosses([
        { kind: 'moisture', grams: 9 },
        { kind: 'wash-loss', grams: 9 },
        { kind: 'purge', grams: 9 },
        { kind: 'reject', grams: 0 },
      ]).verdict,
    ).toBe('pass')
  })

  it('reviews rejects and other waste without a document, a gram of it', () => {
    const losses = [
      { kind: 'reject', grams: 1 },
      { kind: 'other', grams: 2_000 },
      { kind: 'reject', grams: 5, destinationDocument: 'WB-1' },
    ] as const
    expect(checkLosses(losses)).toMatchObject({
      verdict: 'review',
      sentence: { en: expect.stringContaining('2.001 kg of waste') },
    })
    expect(checkLosses([{ kind: 'reject', grams: 1, destinationDocument: '' }]).verdict).toBe('review')
  })

  it('fails a negative loss', () => {
    expect(checkLosses([{ kind: 'moisture', grams: -1 }]).verdict).toBe('fail')
  })
})
