import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../../shared/domain/checks/rule.ts'
import { accepted } from '../scenario.ts'
import { charge, close, open, pickup } from '../acts.ts'
import { august, B, given, type Act, type Story } from '../story.ts'

const checksOf = (act: Act, story: Story): readonly CheckResult[] =>
  accepted(act(story)).flatMap((event) => (event.type === 'RunClosed' ? event.data.checks : []))

describe('R9 over all steps, from what was collected to pellets', () => {
  /** Bottles of PET, washed and pelletized on 12 August, with the moistures that are given. */
  const pellets = (collectedBp: number | undefined, flakeBp: number | undefined, pelletGrams: number) => {
    const form = { form: 'bottle', polymer: 'PET' } as const
    const washed = given(
      pickup('A', { ...form, ...(collectedBp !== undefined && { moistureBp: collectedBp }) }),
      open('A'),
      charge('A', { A: 100_000 }),
      close(
        'A',
        {},
        {
          outputs: [
            { batch: B('B'), massGrams: 45_000, ...(flakeBp !== undefined && { moistureBp: flakeBp }) },
          ],
          losses: { 'wash-loss': 5_000, moisture: 50_000 },
        },
      ),
      open('C', { step: 'pelletizing', occurredAt: august(12) }),
      charge('C', { B: 45_000 }, { occurredAt: august(12) }),
    )
    const outputs = [{ batch: B('P'), massGrams: pelletGrams, moistureBp: 0 }]
    return checksOf(close('C', {}, { outputs, losses: { purge: 45_000 - pelletGrams } }), washed).findLast(
      ({ rule }) => rule === 'R9',
    )
  }

  it('is judged dry where the moisture was measured at sea and of the pellets', () => {
    expect(pellets(5_000, 0, 44_000)).toMatchObject({
      verdict: 'review',
      sentence: {
        en: expect.stringContaining('kept 88 % of what was collected on a dry basis (44 kg of 50 kg)'),
      },
    })
  })

  it('is judged as weighed where it was not, and says why', () => {
    expect(pellets(undefined, undefined, 44_000)?.sentence.en).toContain(
      'kept 44 % of what was collected as weighed, as not all moistures are known',
    )
  })

  it('is not judged of what had virgin material blended in upstream, which nobody collected', () => {
    const blended = [
      pickup('A'),
      open('A'),
      charge('A', { A: 100_000 }),
      close('A', { B: 85_000 }),
      open('B', { step: 'blending', occurredAt: august(12) }),
      charge(
        'B',
        { B: 85_000 },
        {
          occurredAt: august(12),
          added: [{ kind: 'virgin', massGrams: 85_000, polymer: 'HDPE' }],
        },
      ),
      close('B', { D: 170_000 }),
      open('C', { step: 'pelletizing', occurredAt: august(12) }),
      charge('C', { D: 170_000 }, { occurredAt: august(12) }),
    ]
    const sentences = checksOf(close('C', { P: 166_000 }, { losses: { purge: 4_000 } }), given(...blended))
    expect(sentences.filter(({ sentence }) => sentence.en.includes('what was collected'))).toEqual([])
  })
})

describe('R9 of what was put together first', () => {
  it('is still by the mass of each form: a kilogram of film does not hide that bottles were lost', () => {
    const washed = given(
      pickup('A', { form: 'bottle', polymer: 'PET' }),
      pickup('D', { form: 'film', polymer: 'LDPE' }),
      open('B', { step: 'consolidation' }),
      charge('B', { A: 99_000, D: 1_000 }),
      close('B', { M: 100_000 }),
      open('A', { occurredAt: august(12) }),
      charge('A', { M: 50_000 }, { occurredAt: august(12) }),
    )
    const yieldOf = (grams: number) =>
      checksOf(close('A', { X: grams }, { losses: { 'wash-loss': 50_000 - grams } }), washed).find(
        ({ rule }) => rule === 'R9',
      )
    expect(yieldOf(38_000)).toMatchObject({
      verdict: 'pass',
      sentence: { en: expect.stringContaining('74.8 % to 87.87 % is usual') },
    })
    expect(yieldOf(35_000)?.verdict).toBe('review')
  })
})
