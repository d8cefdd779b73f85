import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allowedClaimBp,
  checkClaim,
  claimStatement,
  type LotClaim,
} from '../../../../shared/domain/checks/claim.ts'
import { CLAIM_MODELS } from '../../../../shared/domain/lineage/claims.ts'
import { LOT } from './samples.ts'

const OCEAN_BOUND = { en: 'ocean-bound plastic', zh: '近海塑料' }
const lot = (changes: Partial<LotClaim>): LotClaim => ({ ...LOT, ...changes })
const verdict = (changes: Partial<LotClaim>) => checkClaim(lot(changes)).verdict
const says = (changes: Partial<LotClaim>) => claimStatement(lot(changes), OCEAN_BOUND)?.en

describe('R11, identity preserved', () => {
  const model = 'identity-preserved'

  it('passes one source that is certified to the last gram', () => {
    expect(verdict({ model, sources: 1 })).toBe('pass')
    expect(verdict({ model, sources: 1, claimGrams: 99_999 })).toBe('fail')
  })

  it('fails a second source, and says that segregation would do', () => {
    expect(verdict({ model, sources: 2 })).toBe('fail')
    expect(allowedClaimBp(lot({ model, sources: 2 }))).toBe(0)
    expect(checkClaim(lot({ model, sources: 2 })).sentence.en).toContain('segregation allows more')
  })
})

describe('R11, segregated', () => {
  it('passes many sources, all certified', () => {
    expect(verdict({ sources: 2_000, requestedPercentBp: 10_000 })).toBe('pass')
  })

  it('fails a claim of more than all', () => {
    expect(verdict({ requestedPercentBp: 10_001 })).toBe('fail')
  })

  it('fails with a gram of virgin material, even if the certified mass would cover the lot', () => {
    expect(checkClaim(lot({ addedGrams: 1 }))).toMatchObject({
      verdict: 'fail',
      sentence: {
        en: '0.001 kg of 100 kg is not certified; under segregation all of it has to be.',
        zh: '100 千克中有 0.001 千克未经认证；隔离模式要求全部经过认证。',
      },
    })
  })
})

describe('R11, controlled blending', () => {
  const blend = { model: 'controlled-blending', massGrams: 100_001, claimGrams: 48_219 } as const

  it('passes up to the share contained, rounded down to 0.01 %', () => {
    // 48,219 / 100,001 = 48.2185… %
    expect(allowedClaimBp(lot(blend))).toBe(4_821)
    expect(verdict({ ...blend, requestedPercentBp: 4_821 })).toBe('pass')
    expect(verdict({ ...blend, requestedPercentBp: 4_822 })).toBe('fail')
  })

  it('says in a failing sentence how much is not certified and what would be allowed', () => {
    const { sentence } = checkClaim(lot({ ...blend, requestedPercentBp: 10_000 }))
    expect(sentence.en).toBe(
      '100 % was asked for, but 51.782 kg of 100.001 kg is not certified; the 48.219 kg contained allow 48.21 %.',
    )
  })
})

describe('R11, mass balance', () => {
  const model = 'mass-balance'

  it('passes up to exactly what was credited', () => {
    expect(verdict({ model, claimGrams: 50_000, attributedGrams: 50_000 })).toBe('pass')
    expect(verdict({ model, claimGrams: 50_000, attributedGrams: 50_001 })).toBe('fail')
    expect(verdict({ model, claimGrams: 50_000, requestedPercentBp: 5_000 })).toBe('pass')
    expect(verdict({ model, claimGrams: 50_000, requestedPercentBp: 5_001 })).toBe('fail')
  })

  it('may attribute to virgin material, which no other model may', () => {
    expect(verdict({ model, addedGrams: 100_000 })).toBe('pass')
  })

  it('fails more than the lot weighs, however large the credit', () => {
    expect(verdict({ model, claimGrams: 900_000, attributedGrams: 100_001 })).toBe('fail')
  })

  it('fails a share that is more than was attributed', () => {
    expect(verdict({ model, attributedGrams: 50_000, requestedPercentBp: 5_001 })).toBe('fail')
    expect(verdict({ model, attributedGrams: 50_000, requestedPercentBp: 5_000 })).toBe('pass')
  })
})

describe('what may be said of a lot', () => {
  it('differs by model', () => {
    expect(says({ model: 'identity-preserved', sources: 1 })).toBe(
      '100 % ocean-bound plastic from one identified source, kept apart from all other material.',
    )
    expect(says({})).toBe('100 % ocean-bound plastic, kept apart from uncertified material.')
    expect(says({ model: 'controlled-blending', claimGrams: 12_345 })).toBe(
      '12.34 % ocean-bound plastic, physically contained.',
    )
    expect(says({ model: 'mass-balance', claimGrams: 12_345 })).toBe(
      '12.34 % ocean-bound plastic attributed by mass balance; the product itself may contain less.',
    )
  })

  it('is no more than was asked for', () => {
    expect(says({ model: 'controlled-blending', claimGrams: 90_000, requestedPercentBp: 5_000 })).toContain(
      '50 % ',
    )
  })

  it('is in Chinese as well', () => {
    expect(claimStatement(lot({ model: 'mass-balance', claimGrams: 12_345 }), OCEAN_BOUND)?.zh).toBe(
      '按质量平衡法归入 12.34 % 近海塑料；产品本身的实际含量可能更低。',
    )
  })

  it('is nothing where the claim fails or comes to nothing', () => {
    expect(says({ addedGrams: 1 })).toBeUndefined()
    expect(says({ model: 'controlled-blending', claimGrams: 4 })).toBeUndefined()
    expect(
      says({ model: 'controlled-blending', claimGrams: 5_000, requestedPercentBp: 6_000 }),
    ).toBeUndefined()
  })
})

describe('no claim', () => {
  const claims = fc.record({
    model: fc.constantFrom(...CLAIM_MODELS),
    massGrams: fc.integer({ min: 1, max: 1e12 }),
    claimGrams: fc.nat(1e9),
    sources: fc.integer({ min: 1, max: 3 }),
    addedGrams: fc.nat(1e6),
    requestedPercentBp: fc.nat(11_000),
  })

  it('that passes exceeds what backs it, and what is allowed may always be asked for', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const allowed = allowedClaimBp(claim)
        const backed = BigInt(Math.min(claim.claimGrams, claim.massGrams)) * 10_000n
        expect(BigInt(allowed) * BigInt(claim.massGrams) <= backed).toBe(true)
        const passes = (requestedPercentBp: number) =>
          checkClaim({ ...claim, requestedPercentBp }).verdict === 'pass'
        expect(passes(claim.requestedPercentBp) && claim.requestedPercentBp > allowed).toBe(false)
        expect(allowed === 0 || passes(allowed)).toBe(true)
      }),
    )
  })
})
