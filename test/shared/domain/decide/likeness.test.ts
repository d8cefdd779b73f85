import { describe, expect, it } from 'vitest'
import type { CloseRun } from '../../../../shared/domain/decide/closing.ts'
import type { Polymer } from '../../../../shared/domain/material/material.ts'
import type { RunStep } from '../../../../shared/domain/material/stages.ts'
import { accepted, refused } from '../scenario.ts'
import { charge, close, open, pickup } from '../acts.ts'
import { august, B, given, told, type Act, type Story } from '../story.ts'

/** Nothing becomes another plastic by a word (R9). */
const beach = given(
  pickup('A', { form: 'bottle', polymer: 'PET' }),
  pickup('D', { form: 'net', polymer: 'PA6' }),
  pickup('E', { form: 'other', polymer: 'unknown' }),
  pickup('F', { form: 'crate', polymer: 'PE' }),
)
const run = (grams: Record<string, number>, step: RunStep = 'cleaning', story = beach): Story =>
  [open('A', { step, occurredAt: august(12) }), charge('A', grams, { occurredAt: august(12) })].reduce(
    told,
    story,
  )
const making = (...outputs: Omit<CloseRun['outputs'][number], 'batch'>[]): Act =>
  close('A', {}, { outputs: outputs.map((output, index) => ({ ...output, batch: B('XYZ'.charAt(index)) })) })
const refusal = (act: Act, story: Story) => {
  const { code, rule, errors } = refused(act(story))
  return [code, rule?.id, errors?.[0]?.pointer]
}
const reviews = (act: Act, story: Story): string[] =>
  accepted(act(story)).flatMap((event) =>
    event.type === 'RunClosed'
      ? event.data.checks.flatMap(({ verdict, sentence }) =>
          verdict === 'review' && sentence.en.includes('came out, of') ? [sentence.en] : [],
        )
      : [],
  )
const washed = (story: Story): Story =>
  [
    open('B', { occurredAt: august(11) }),
    charge('B', { A: 99_000, F: 1_000 }, { occurredAt: august(11) }),
    close('B', { G: 80_000 }, { occurredAt: august(11) }),
  ].reduce(told, story)
/** Batches put together into one lot, M. */
const put = (grams: Record<string, number>): Story =>
  [
    open('C', { step: 'consolidation', occurredAt: august(10) }),
    charge('C', grams, { occurredAt: august(10) }),
    close('C', { M: Object.values(grams).reduce((sum, part) => sum + part, 0) }, { occurredAt: august(10) }),
  ].reduce(told, beach)

describe('the polymer of what comes out', () => {
  it('went in, and no more of it comes out than went in', () => {
    expect(refusal(making({ massGrams: 80_000, polymer: 'PA6' }), run({ A: 100_000 }))).toEqual([
      'unlike-input',
      'R9',
      '/outputs/0/polymer',
    ])
    const both = run({ A: 60_000, D: 40_000 })
    const parted = (pa6Grams: number) =>
      making({ massGrams: 50_000, polymer: 'PET' }, { massGrams: pa6Grams, polymer: 'PA6' })
    expect(parted(40_000)(both).ok).toBe(true)
    expect(refusal(parted(40_001), both)).toEqual(['unlike-input', 'R9', '/outputs/1/polymer'])
  })

  it('may be another name of the same plastic', () => {
    for (const polymer of ['HDPE', 'LDPE'] as const)
      expect(making({ massGrams: 80_000, polymer })(run({ F: 100_000 })).ok).toBe(true)
    expect(refusal(making({ massGrams: 1, polymer: 'PP' }), run({ F: 100_000 }))[0]).toBe('unlike-input')
  })

  it('is named where nobody knew it, but not forgotten where it was known', () => {
    expect(making({ massGrams: 80_000, polymer: 'PP' })(run({ E: 100_000 })).ok).toBe(true)
    expect(making({ massGrams: 80_000, polymer: 'unknown' })(run({ E: 100_000 })).ok).toBe(true)
    for (const polymer of ['unknown', 'mixed'] as const)
      expect(refusal(making({ massGrams: 80_000, polymer }), run({ A: 100_000 }))[0]).toBe('unlike-input')
  })

  it('stays mixed once it was washed mixed', () => {
    const pellets = run({ G: 80_000 }, 'pelletizing', washed(beach))
    expect(making({ massGrams: 78_000 })(pellets).ok).toBe(true)
    expect(making({ massGrams: 78_000, polymer: 'mixed' })(pellets).ok).toBe(true)
    expect(refusal(making({ massGrams: 78_000, polymer: 'HDPE' }), pellets)[0]).toBe('unlike-input')
  })

  it('takes what nobody knew once, not once for each name', () => {
    const half = run({ E: 50_000, A: 50_000 })
    const named = (...polymers: Polymer[]) =>
      making(...polymers.map((polymer) => ({ massGrams: 40_000, polymer })))
    expect(named('PP', 'PET')(half).ok).toBe(true)
    expect(refusal(named('PP', 'PA6'), half)).toEqual(['unlike-input', 'R9', '/outputs/1/polymer'])
    expect(refusal(named('PP', 'unknown'), half)[0]).toBe('unlike-input')
  })

  it('is of kin once: what was HDPE is not both HDPE and PE', () => {
    const crates = run({ F: 50_000, A: 50_000 })
    const both = making({ massGrams: 40_000, polymer: 'HDPE' }, { massGrams: 40_000, polymer: 'LDPE' })
    expect(refusal(both, crates)).toEqual(['unlike-input', 'R9', '/outputs/1/polymer'])
  })

  it('is not made anything by mixing it first: what a mixed lot was put together from comes out of it', () => {
    const mixed = put({ A: 1_000, F: 99_000 })
    expect(
      refusal(making({ massGrams: 90_000, polymer: 'PET' }), run({ M: 100_000 }, 'cleaning', mixed)),
    ).toEqual(['unlike-input', 'R9', '/outputs/0/polymer'])
    expect(making({ massGrams: 85_000, polymer: 'HDPE' })(run({ M: 100_000 }, 'cleaning', mixed)).ok).toBe(
      true,
    )
    const found = making({ massGrams: 90_000, polymer: 'PET' })
    expect(reviews(found, run({ M: 100_000 }, 'sorting', mixed))).toEqual([
      '90 kg of PET came out, of 1 kg that may have gone in as that (given: PET, PE); sorting may have found it among the rest.',
    ])
  })

  it('comes out of a mixed lot in whatever parts it was drawn, put together and sorted', () => {
    const mixed = put({ A: 40_000, F: 40_000, E: 20_000 })
    const sorted = [
      open('B', { step: 'sorting', occurredAt: august(11) }),
      charge('B', { M: 50_000 }, { occurredAt: august(11) }),
      close(
        'B',
        {},
        {
          occurredAt: august(11),
          outputs: [
            { batch: B('G'), massGrams: 15_000, polymer: 'PET' },
            { batch: B('H'), massGrams: 30_000 },
          ],
        },
      ),
    ].reduce(told, mixed)
    const washed = run({ H: 30_000 }, 'cleaning', sorted)
    // 20 kg of PET and 10 kg of unknown went in, of which 15 kg came out as PET.
    expect(making({ massGrams: 15_000, polymer: 'PET' })(washed).ok).toBe(true)
    expect(refusal(making({ massGrams: 15_001, polymer: 'PET' }), washed)[0]).toBe('unlike-input')
    expect(
      making({ massGrams: 20_000, polymer: 'HDPE' }, { massGrams: 10_000, polymer: 'PP' })(washed).ok,
    ).toBe(true)
  })

  it('is anything where it was collected as mixed', () => {
    const found = given(pickup('M', { form: 'other', polymer: 'mixed' }))
    expect(making({ massGrams: 80_000, polymer: 'PET' })(run({ M: 100_000 }, 'cleaning', found)).ok).toBe(
      true,
    )
  })

  it('is not named after material that was added without one', () => {
    const added = [{ kind: 'virgin', massGrams: 83_000, polymer: 'unknown' }] as const
    const blend = [
      open('B', { occurredAt: august(11) }),
      charge('B', { F: 100_000 }, { occurredAt: august(11) }),
      close('B', { G: 83_000 }, { occurredAt: august(11) }),
      open('A', { step: 'blending', occurredAt: august(12) }),
      charge('A', { G: 83_000 }, { occurredAt: august(12), added }),
    ].reduce(told, beach)
    expect(refusal(making({ massGrams: 83_000, polymer: 'PA6' }), blend)[0]).toBe('unlike-input')
    expect(making({ massGrams: 166_000 })(blend).ok).toBe(true)
  })

  it('may be found in sorting, which is for review: caps of bottles', () => {
    const caps = making({ massGrams: 84_000, polymer: 'PET' }, { massGrams: 6_000, polymer: 'HDPE' })
    expect(reviews(caps, run({ A: 100_000 }, 'sorting'))).toEqual([
      '6 kg of HDPE came out, of 0 kg that may have gone in as that (given: PET); sorting may have found it among the rest.',
    ])
  })
})

describe('the form of what comes out', () => {
  it('went in, or is made in that step', () => {
    expect(refusal(making({ massGrams: 80_000, form: 'net' }), run({ A: 100_000 }))).toEqual([
      'unlike-input',
      'R9',
      '/outputs/0/form',
    ])
    for (const form of ['bottle', 'flake', 'mixed'] as const)
      expect(making({ massGrams: 80_000, form })(run({ A: 100_000 })).ok).toBe(true)
    for (const form of ['pellet', 'mixed'] as const)
      expect(refusal(making({ massGrams: 100_000, form }), run({ A: 100_000 }, 'consolidation'))[0]).toBe(
        'unlike-input',
      )
    expect(refusal(making({ massGrams: 90_000, form: 'flake' }), run({ A: 100_000 }, 'sorting'))[0]).toBe(
      'unlike-input',
    )
  })

  it('may be found in sorting, which is for review: ropes and floats of a net', () => {
    const sorted = making({ massGrams: 70_000, form: 'net' }, { massGrams: 10_000, form: 'rope' })
    expect(reviews(sorted, run({ D: 100_000 }, 'sorting'))).toHaveLength(1)
    expect(reviews(sorted, run({ E: 100_000 }, 'sorting'))).toEqual([])
  })
})
