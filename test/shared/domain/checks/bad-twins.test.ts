import { describe, expect, it } from 'vitest'
import { checkCertificate } from '../../../../shared/domain/checks/certificate.ts'
import { checkClaim } from '../../../../shared/domain/checks/claim.ts'
import { checkDuplicate, checkEntryTime } from '../../../../shared/domain/checks/entry.ts'
import { checkRecycledContent } from '../../../../shared/domain/checks/product.ts'
import { worst, type CheckResult } from '../../../../shared/domain/checks/rule.ts'
import { checkLosses, checkUnaccounted } from '../../../../shared/domain/checks/run.ts'
import { checkNet } from '../../../../shared/domain/checks/weighing.ts'
import { checkOverallYield, checkYield } from '../../../../shared/domain/checks/yield.ts'
import { dryGramsOf, weigh } from '../../../../shared/domain/material/weights.ts'
import { BOTTLES, CERTIFICATE, LOT } from './samples.ts'

/** The demo batch obeys every rule: 486 kg at the sea, 309.6 kg of pellets. Each twin differs from it in one thing. */
const AT = '2026-08-01T08:00:00.000Z'
const moist = (asWeighedGrams: number, moistureBp: number) => ({
  asWeighedGrams,
  dryGrams: dryGramsOf(asWeighedGrams, moistureBp),
  moistureUnknownGrams: 0,
})
const COLLECTED = moist(486_000, 900)
const SORTED = moist(427_680, 900)
const WASHED = moist(321_000, 60)
const PELLETS = moist(309_600, 0)
const WASHED_AT_HUZHOU = {
  scheme: 'OBP',
  site: 'huzhou',
  step: 'cleaning',
  form: 'bottle',
  occurredAt: AT,
} as const

const verdictOf = (...results: (CheckResult | undefined)[]) =>
  worst(results.filter((result) => result !== undefined))

describe('the demo batch', () => {
  it('obeys all checks', () => {
    expect(COLLECTED.dryGrams).toBe(442_260)
    expect(WASHED.dryGrams).toBe(319_074)
    const steps = [
      checkYield({ step: 'sorting', source: BOTTLES, input: COLLECTED, output: SORTED }),
      checkYield({ step: 'cleaning', source: BOTTLES, input: SORTED, output: WASHED }),
      checkYield({ step: 'pelletizing', source: BOTTLES, input: WASHED, output: PELLETS }),
      checkOverallYield({ source: BOTTLES, collected: COLLECTED, pellets: PELLETS }),
      checkUnaccounted(WASHED.dryGrams, WASHED.dryGrams - PELLETS.dryGrams - 9_400),
      checkLosses([{ kind: 'reject', grams: 53_100, destinationDocument: 'WB-1' }]),
      checkCertificate(WASHED_AT_HUZHOU, [CERTIFICATE]),
      checkClaim({ ...LOT, massGrams: PELLETS.dryGrams, claimGrams: PELLETS.dryGrams }),
      checkRecycledContent({ units: 13_821, gramsPerUnit: 28, recycledShareBp: 8_000, pelletGrams: 309_600 }),
    ]
    expect(steps.map((step) => step?.verdict)).toEqual(steps.map(() => 'pass'))
  })
})

describe('its bad twins', () => {
  it('a yield of 103 % fails', () => {
    const output = moist(330_630, 60)
    const pelletizing = { step: 'pelletizing', source: BOTTLES, input: WASHED, output } as const
    expect(verdictOf(checkYield(pelletizing))).toBe('fail')
    expect(verdictOf(checkUnaccounted(WASHED.dryGrams, WASHED.dryGrams - output.dryGrams))).toBe('fail')
  })

  it('a duplicate photo fails', () => {
    const same = { massGrams: 40_500, occurredAt: AT }
    const earlier = [{ batch: 'BAAAAAAAAAAAA', usedBy: 'same-station' as const, ...same }]
    expect(verdictOf(checkDuplicate({ ...same, earlier }))).toBe('fail')
  })

  it('an expired scope certificate fails', () => {
    const expired = { ...CERTIFICATE, validTo: '2026-07-31' }
    expect(verdictOf(checkCertificate(WASHED_AT_HUZHOU, [expired]))).toBe('fail')
  })

  it.each(['identity-preserved', 'segregated', 'controlled-blending'] as const)(
    'a claim of 100 %% with virgin input fails under %s',
    (model) => {
      const blend = { ...LOT, model, sources: 1, claimGrams: 80_000, addedGrams: 20_000 }
      expect(verdictOf(checkClaim({ ...blend, requestedPercentBp: 10_000 }))).toBe('fail')
    },
  )

  it('a claim of 100 % by mass balance fails where the credit is short', () => {
    const claim = { ...LOT, model: 'mass-balance', claimGrams: 80_000, addedGrams: 20_000 } as const
    expect(verdictOf(checkClaim({ ...claim, requestedPercentBp: 10_000 }))).toBe('fail')
  })

  it('a future timestamp fails', () => {
    expect(verdictOf(checkEntryTime({ occurredAt: AT, recordedAt: '2026-07-31T08:00:00.000Z' }))).toBe('fail')
  })

  it('a tare above the gross mass fails, and has no weight', () => {
    const scale = { grossGrams: 1_000, tareGrams: 1_200, containers: 1 }
    expect(verdictOf(checkNet({ netGrams: 1_000, scale }))).toBe('fail')
    expect(weigh(scale, 'bottle').ok).toBe(false)
  })

  it('a negative loss fails', () => {
    expect(verdictOf(checkLosses([{ kind: 'wash-loss', grams: -70_100 }]))).toBe('fail')
  })

  it('an empty record has no weight', () => {
    expect(weigh({ netGrams: 0 }, 'bottle').ok).toBe(false)
    expect(weigh({ grossGrams: 0, tareGrams: 0, containers: 0 }, 'bottle').ok).toBe(false)
    expect(weigh({ pieces: 0, factorVersion: 'bottle-2' }, 'bottle').ok).toBe(false)
  })
})
