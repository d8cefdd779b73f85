import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../../shared/domain/certificate.ts'
import { booksBalance } from '../../../../shared/domain/batch.ts'
import type { ClaimModel } from '../../../../shared/domain/claims.ts'
import type { CloseRun } from '../../../../shared/domain/decide/closing.ts'
import { STEPS } from '../../../../shared/domain/journey.ts'
import { accepted, refused } from '../scenario.ts'
import {
  august,
  B,
  C,
  charge,
  close,
  given,
  open,
  pickup,
  R,
  subject,
  told,
  type Act,
  type Story,
} from '../story.ts'

/** Who may claim what, under the four models that are tied to mass (ISO 22095). */
const CERTIFICATE: Certificate = {
  kind: 'certificate',
  id: C('A'),
  org: 'coop',
  scheme: 'OBP',
  number: '7-1',
  body: 'Control Union',
  sites: ['dachen', 'huzhou'],
  steps: STEPS,
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  recordedAt: august(1),
  version: 1,
  head: '',
}
const AT_SEA = { position: { lat: 28.5, lon: 122.4 }, accuracyM: 10 }
const AT_ANOTHER = { position: { lat: 28.4, lon: 122.9 }, accuracyM: 10 }
/** A is certified; D too, and of another origin; E is not. */
const beach = given(
  pickup('A', AT_SEA, [CERTIFICATE]),
  pickup('D', AT_ANOTHER, [CERTIFICATE]),
  pickup('E', { netGrams: 100_000 }),
)
const charged = (
  grams: Record<string, number>,
  changes: Parameters<typeof charge>[2] = {},
  step = 'cleaning' as const,
) => [open('A', { step }), charge('A', grams, changes)].reduce(told, beach)
const closed = (
  story: Story,
  grams: Record<string, number>,
  changes: Partial<CloseRun> = {},
  certificates = [CERTIFICATE],
) => told(story, close('A', grams, changes, certificates))
const made = (story: Story, letter = 'X') => subject(story, B(letter), 'batch')
const checksOf = (story: Story, act: Act) => {
  const [event] = accepted(act(story))
  return event?.type === 'RunClosed' ? event.data.checks : []
}
const asking = (model: ClaimModel, percent?: number): Partial<CloseRun> => ({
  claim: { scheme: 'OBP', model, ...(percent !== undefined && { percentBp: percent * 100 }) },
})

describe('a pickup', () => {
  it('may be claimed under a certificate that covers it, and not without', () => {
    expect(made(beach, 'A')).toMatchObject({ claims: { OBP: 100_000 }, model: 'identity-preserved' })
    expect(made(beach, 'E').claims).toEqual({})
  })

  it.each([
    ['of another site', { sites: ['shitang'] }, undefined],
    ['that has ended', { validTo: '2026-07-31' }, 'review'],
    ['for other forms', { forms: ['bottle' as const] }, 'review'],
    ['for other steps', { steps: ['cleaning' as const] }, 'review'],
  ])('is recorded without a claim under a certificate %s', (_what, changes, verdict) => {
    const story = given(pickup('A', AT_SEA, [{ ...CERTIFICATE, ...changes }]))
    expect(made(story, 'A').claims).toEqual({})
    const [event] = story.events
    const checks = event?.type === 'PickupRecorded' ? event.data.checks : []
    expect(checks.find(({ rule }) => rule === 'R13')?.verdict).toBe(verdict)
  })
})

describe('identity preserved', () => {
  it('is what one certified source stays, with all of its mass claimed', () => {
    expect(made(closed(charged({ A: 100_000 }), { X: 90_000 }))).toMatchObject({
      model: 'identity-preserved',
      claims: { OBP: 90_000 },
    })
  })

  it('is refused for two sources, which are segregated at most', () => {
    const two = charged({ A: 50_000, D: 50_000 })
    expect(made(closed(two, { X: 90_000 }))).toMatchObject({ model: 'segregated', claims: { OBP: 90_000 } })
    const refusal = refused(close('A', { X: 90_000 }, asking('identity-preserved'), [CERTIFICATE])(two))
    expect(refusal).toMatchObject({
      code: 'check-failed',
      rule: { id: 'R11' },
      errors: [{ pointer: '/claim/model' }],
    })
    expect(refusal.detail).toContain('comes from 2 sources; identity preservation allows 1')
  })
})

describe('segregated', () => {
  it('is refused with a gram that is not certified, saying how much is not', () => {
    const refusal = refused(
      close('A', { X: 90_000 }, asking('segregated'), [CERTIFICATE])(charged({ A: 99_999, E: 1 })),
    )
    expect(refusal).toMatchObject({ code: 'check-failed', rule: { id: 'R11' } })
    expect(refusal.detail).toContain('0.001 kg of 100 kg is not certified')
  })
})

describe('controlled blending', () => {
  const half = charged({ A: 50_000, E: 50_000 })

  it('is what a mixture with uncertified input becomes; the share contained may be claimed', () => {
    expect(made(closed(half, { X: 90_000 }))).toMatchObject({
      model: 'controlled-blending',
      claims: { OBP: 45_000 },
    })
    expect(closed(half, { X: 90_000 }, asking('controlled-blending', 50)).events.at(-1)?.type).toBe(
      'RunClosed',
    )
  })

  it('is refused above the share contained, saying what it allows', () => {
    const refusal = refused(
      close('A', { X: 90_000 }, asking('controlled-blending', 50.01), [CERTIFICATE])(half),
    )
    expect(refusal).toMatchObject({ rule: { id: 'R11' } })
    expect(refusal.detail).toContain('50.01 % was asked for')
    expect(refusal.detail).toContain('allow 50 %')
  })

  it('is refused at 100 % OBP with virgin input', () => {
    const virgin = { added: [{ kind: 'virgin', massGrams: 10_000, polymer: 'HDPE' }] } as const
    const pellets = [open('C'), charge('C', { A: 100_000 }), close('C', { P: 90_000 }, {}, [CERTIFICATE])]
    const blend = [
      ...pellets,
      open('A', { step: 'blending', occurredAt: august(12) }),
      charge('A', { P: 90_000 }, { ...virgin, occurredAt: august(12) }),
    ]
    const story = blend.reduce(told, beach)
    for (const model of [
      'identity-preserved',
      'segregated',
      'controlled-blending',
      'mass-balance',
    ] as const) {
      const refusal = refused(close('A', { X: 100_000 }, asking(model, 100), [CERTIFICATE])(story))
      expect([model, refusal.code, refusal.rule?.id]).toEqual([model, 'check-failed', 'R11'])
    }
    expect(made(closed(story, { X: 100_000 }, asking('controlled-blending', 90)))).toMatchObject({
      claims: { OBP: 90_000 },
    })
  })
})

describe('mass balance', () => {
  const half = charged({ A: 50_000, E: 50_000 })
  const attributed = (x: number, y: number, changes: Partial<CloseRun> = {}) =>
    close(
      'A',
      {},
      {
        ...asking('mass-balance'),
        outputs: [
          { batch: B('X'), massGrams: 50_000, claimGrams: x },
          { batch: B('Y'), massGrams: 50_000, claimGrams: y },
        ],
        ...changes,
      },
      [CERTIFICATE],
    )

  it('attributes the credit as its owner likes, and never more than there is', () => {
    const story = told(half, attributed(50_000, 0))
    expect([made(story, 'X').claims, made(story, 'Y').claims]).toEqual([{ OBP: 50_000 }, {}])
    expect(made(story, 'X').model).toBe('mass-balance')
    const refusal = refused(attributed(50_000, 1)(half))
    expect(refusal).toMatchObject({ rule: { id: 'R11' }, errors: [{ pointer: '/outputs' }] })
    expect(refusal.detail).toContain('50.001 kg would be attributed, but only 50 kg was credited')
  })

  it('attributes no more to an output than it weighs', () => {
    const outputs = [
      { batch: B('X'), massGrams: 10_000, claimGrams: 10_001 },
      { batch: B('Y'), massGrams: 90_000 },
    ]
    const refusal = refused(attributed(0, 0, { outputs })(half))
    expect(refusal).toMatchObject({ code: 'check-failed', rule: { id: 'R11' } })
    expect(refusal.detail).toContain('10.001 kg would be attributed to a lot of 10 kg')
  })

  it('is the only model under which outputs say what goes to each', () => {
    const refusal = refused(attributed(1, 1, asking('controlled-blending'))(half))
    expect(refusal).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/outputs' }] })
    expect(refusal.detail).toContain('only mass balance allows')
  })

  it('loses credit in proportion to what is lost', () => {
    const story = closed(half, { X: 80_000 }, { ...asking('mass-balance'), losses: { 'wash-loss': 20_000 } })
    expect(made(story).claims).toEqual({ OBP: 40_000 })
    expect(booksBalance(made(story))).toBe(true)
  })

  it('can never be claimed more strictly again, whatever is mixed into it', () => {
    const balanced = closed(half, { X: 100_000 }, asking('mass-balance'))
    const acts = [open('C', { step: 'pelletizing' }), charge('C', { X: 50_000 }, { occurredAt: august(12) })]
    const refusal = refused(
      close('C', { Y: 48_000 }, asking('controlled-blending'), [CERTIFICATE])(acts.reduce(told, balanced)),
    )
    expect(refusal.detail).toContain('inputs came under mass-balance')
    const story = told(acts.reduce(told, balanced), close('C', { Y: 48_000 }, {}, [CERTIFICATE]))
    expect(made(story, 'Y').model).toBe('mass-balance')
  })
})

describe('the certificate of the step (R13)', () => {
  const one = charged({ A: 100_000 })
  const under = (changes: Partial<Certificate>, wanted: Partial<CloseRun> = {}) =>
    close('A', { X: 90_000 }, wanted, [{ ...CERTIFICATE, ...changes }])
  const r13 = (act: Act) => checksOf(one, act).find(({ rule }) => rule === 'R13')

  it('counts on its first and last day', () => {
    expect(r13(under({ validFrom: '2026-08-12' }))?.verdict).toBe('pass')
    expect(made(told(one, under({ validTo: '2026-08-12' }))).claims).toEqual({ OBP: 90_000 })
  })

  it('is pointed out from 30 days before it ends', () => {
    expect(r13(under({ validTo: '2026-09-12' }))?.verdict).toBe('pass')
    expect(r13(under({ validTo: '2026-09-11' }))?.verdict).toBe('review')
  })

  it.each([
    ['has ended', { validTo: '2026-08-11' }, 'does not cover 2026-08-12'],
    ['has not begun', { validFrom: '2026-08-13' }, 'does not cover 2026-08-12'],
    ['is of another site', { sites: ['dachen'] }, 'No OBP certificate covers crate in cleaning at huzhou'],
    ['is of another step', { steps: ['collection' as const] }, 'No OBP certificate covers crate in cleaning'],
    ['is of another form', { forms: ['bottle' as const] }, 'No OBP certificate covers crate'],
    ['was withdrawn', { withdrawnAt: august(12) }, 'was withdrawn on 2026-08-12'],
  ])('that %s ends the claim, or refuses the run that asks for it', (_what, changes, says) => {
    const dropped = r13(under(changes))
    expect(dropped).toMatchObject({ verdict: 'review' })
    expect(dropped?.sentence.en).toContain('no longer certified')
    expect(made(told(one, under(changes))).claims).toEqual({})
    const refusal = refused(under(changes, { claim: { scheme: 'OBP' } })(one))
    expect(refusal).toMatchObject({
      code: 'check-failed',
      rule: { id: 'R13' },
      errors: [{ pointer: '/claim/scheme' }],
    })
    expect(refusal.detail).toContain(says)
  })
})

it('refuses a claim under a scheme of which nothing went in', () => {
  const refusal = refused(
    close('A', { X: 1 }, { claim: { scheme: 'ISCC' } }, [CERTIFICATE])(charged({ A: 10 })),
  )
  expect(refusal).toMatchObject({ rule: { id: 'R11' }, errors: [{ pointer: '/claim/scheme' }] })
  expect(refusal.detail).toContain(`Nothing that run ${R('A')} was charged with is certified under ISCC`)
})
