import { describe, expect, it } from 'vitest'
import type { CloseRun } from '../../../../shared/domain/decide/closing.ts'
import { refused } from '../scenario.ts'
import { charge, close, open, pickup } from '../acts.ts'
import { B, given, told, type Act, type Story } from '../story.ts'

const refusalOf = (act: Act, story: Story) => refused(act(story))

describe('what comes out of a run', () => {
  const mixed = given(
    pickup('A', { form: 'bottle', polymer: 'PET' }),
    pickup('D', { form: 'net', polymer: 'PA6' }),
    pickup('E', { form: 'other', polymer: 'unknown' }),
  )
  const run = (grams: Record<string, number>): Story => [open('A'), charge('A', grams)].reduce(told, mixed)
  const making = (outputs: CloseRun['outputs']): Act => close('A', {}, { outputs })

  it('is of a polymer that went in, and of no more than went in of it', () => {
    const refusal = refusalOf(
      making([{ batch: B('X'), massGrams: 80_000, polymer: 'PA6' }]),
      run({ A: 100_000 }),
    )
    expect(refusal).toMatchObject({ code: 'unlike-input', errors: [{ pointer: '/outputs/0/polymer' }] })
    expect(refusal.detail).toContain('80 kg of PA6 would come out, of at most 0 kg that went in')
    const both = run({ A: 60_000, D: 40_000 })
    const parted = (pa6Grams: number) =>
      making([
        { batch: B('X'), massGrams: 50_000, polymer: 'PET' },
        { batch: B('Y'), massGrams: pa6Grams, polymer: 'PA6' },
      ])
    expect(parted(40_000)(both).ok).toBe(true)
    expect(refusalOf(parted(40_001), both).errors?.[0]?.pointer).toBe('/outputs/1/polymer')
  })

  it('may be named where nobody knew what it was, and be called mixed or unknown', () => {
    expect(making([{ batch: B('X'), massGrams: 80_000, polymer: 'PP' }])(run({ E: 100_000 })).ok).toBe(true)
    for (const polymer of ['mixed', 'unknown'] as const)
      expect(making([{ batch: B('X'), massGrams: 80_000, polymer }])(run({ A: 100_000 })).ok).toBe(true)
  })

  it('is of a form that went in, or of one that is made', () => {
    const refusal = refusalOf(
      making([{ batch: B('X'), massGrams: 80_000, form: 'net' }]),
      run({ A: 100_000 }),
    )
    expect(refusal).toMatchObject({ code: 'unlike-input', errors: [{ pointer: '/outputs/0/form' }] })
    expect(refusal.detail).toContain('net came out, but what went in was bottle')
    for (const form of ['bottle', 'flake', 'mixed'] as const)
      expect(making([{ batch: B('X'), massGrams: 80_000, form }])(run({ A: 100_000 })).ok).toBe(true)
  })
})
