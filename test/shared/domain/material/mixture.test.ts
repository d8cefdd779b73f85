import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POLYMERS } from '../../../../shared/domain/material/material.ts'
import {
  drawParts,
  shareMixture,
  takeNamed,
  toldApart,
  type Mixture,
} from '../../../../shared/domain/material/mixture.ts'

const grams = fc.integer({ min: 0, max: 1_000_000 })
const polymer = fc.constantFrom(...POLYMERS)
const mixture: fc.Arbitrary<Mixture> = fc.dictionary(
  polymer,
  grams.map((some) => some + 1),
  { maxKeys: 6 },
)
const total = (of: Mixture): number => Object.values(of).reduce((sum, some) => sum + some, 0)

describe('what a heap can give by name', () => {
  it('is its own first, then kin, then what nobody told apart', () => {
    const heap = { HDPE: 10, PE: 5, unknown: 3, mixed: 2 }
    expect(takeNamed(heap, [{ polymer: 'HDPE', massGrams: 18 }])).toEqual({ given: [18], left: { mixed: 2 } })
    expect(takeNamed(heap, [{ polymer: 'PP', massGrams: 9 }]).given).toEqual([5])
    expect(takeNamed(heap, [{ polymer: 'PP', massGrams: 9 }], 1).given).toEqual([1])
  })

  it('is not taken by kin from who is called that', () => {
    const named = [
      { polymer: 'LDPE', massGrams: 5 },
      { polymer: 'PE', massGrams: 5 },
    ] as const
    expect(takeNamed({ PE: 5, unknown: 5 }, named).given).toEqual([5, 5])
    expect(takeNamed({ PE: 5, unknown: 4 }, named).given).toEqual([4, 5])
  })

  it('is each gram once, and no more than asked for', () => {
    const named = fc.array(fc.record({ polymer, massGrams: grams }), { maxLength: 5 })
    fc.assert(
      fc.property(mixture, named, (heap, wanted) => {
        const { given, left } = takeNamed(heap, wanted)
        expect(given.every((some, index) => some >= 0 && some <= (wanted[index]?.massGrams ?? 0))).toBe(true)
        expect(given.reduce((sum, some) => sum + some, 0) + total(left)).toBe(total(heap))
        expect(Object.values(left).every((some) => some > 0)).toBe(true)
      }),
    )
  })
})

describe('parts of a mixed lot', () => {
  it('hold together no more of anything than the lot, and each no more than it weighs', () => {
    const masses = fc.array(
      grams.map((some) => some + 1),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(mixture, masses, (of, parts) => {
        const shared = shareMixture(of, parts)
        for (const one of POLYMERS) {
          const sum = shared.reduce((all, part) => all + (part?.[one] ?? 0), 0)
          expect(sum).toBeLessThanOrEqual(of[one] ?? 0)
          shared.forEach((part, index) => {
            expect(part?.[one] ?? 0).toBeLessThanOrEqual(parts[index] ?? 0)
          })
        }
      }),
    )
  })

  it('keep what is in the lot however small they are, and nothing else', () => {
    expect(drawParts({ PET: 1, HDPE: 99_999 }, 10, 100_000)).toEqual({ PET: 1, HDPE: 10 })
    expect(drawParts({ PET: 40, HDPE: 60 }, 50, 100)).toEqual({ PET: 20, HDPE: 30 })
  })

  it('say nothing where nobody could tell', () => {
    expect(toldApart({ mixed: 5 })).toBeUndefined()
    expect(shareMixture({ mixed: 5 }, [5])).toEqual([undefined])
    expect(toldApart({ unknown: 5 })).toEqual({ unknown: 5 })
  })
})
