import { describe, expect, it } from 'vitest'
import { booksBalance } from '../../../../shared/domain/state/batch.ts'
import type { ClaimModel } from '../../../../shared/domain/lineage/claims.ts'
import type { CloseRun } from '../../../../shared/domain/decide/closing.ts'
import { refused, SITE } from '../scenario.ts'
import { charge, close, correct, open, pickup } from '../acts.ts'
import { CERTIFICATE, august, B, given, R, subject, told, type Story } from '../story.ts'

/** Who may claim what, under the four models that are tied to mass (ISO 22095). */
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
const asking = (model: ClaimModel, percent?: number): Partial<CloseRun> => ({
  claim: { scheme: 'OBP', model, ...(percent !== undefined && { percentBp: percent * 100 }) },
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

describe('one place in one month', () => {
  const elsewhere = { site: { ...SITE, id: 'huzhou' } }

  it('is one source to one collection site, however often it was there', () => {
    const twice = [
      pickup('F', AT_SEA, [CERTIFICATE]),
      open('A'),
      charge('A', { A: 100_000, F: 100_000 }),
    ].reduce(told, beach)
    expect(made(closed(twice, { X: 200_000 }))).toMatchObject({ model: 'identity-preserved' })
  })

  it('is two sources to two of them', () => {
    const two = [
      pickup('F', { ...AT_SEA, ...elsewhere }, [CERTIFICATE]),
      open('A'),
      charge('A', { A: 50_000, F: 50_000 }),
    ].reduce(told, beach)
    expect(subject(two, R('A'), 'run').pool.origins).toHaveLength(1)
    expect(made(closed(two, { X: 100_000 }))).toMatchObject({ model: 'segregated', claims: { OBP: 100_000 } })
    const refusal = refused(close('A', { X: 100_000 }, asking('identity-preserved'), [CERTIFICATE])(two))
    expect(refusal).toMatchObject({ code: 'check-failed', rule: { id: 'R11' } })
    expect(refusal.detail).toContain('comes from 2 sources; identity preservation allows 1')
  })

  it('is one source again once the charge from the other site was a mistake', () => {
    const mended = [
      pickup('F', { ...AT_SEA, ...elsewhere }, [CERTIFICATE]),
      open('A'),
      charge('A', { A: 50_000 }),
      charge('A', { F: 50_000 }),
      correct(`${R('A')}-3`),
    ].reduce(told, beach)
    expect(made(closed(mended, { X: 50_000 }))).toMatchObject({ model: 'identity-preserved' })
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
    expect(refusal.detail).toContain('inputs came under mass balance')
    const story = told(acts.reduce(told, balanced), close('C', { Y: 48_000 }, {}, [CERTIFICATE]))
    expect(made(story, 'Y').model).toBe('mass-balance')
  })
})

it('refuses a claim under a scheme of which nothing went in', () => {
  const refusal = refused(
    close('A', { X: 1 }, { claim: { scheme: 'ISCC' } }, [CERTIFICATE])(charged({ A: 10 })),
  )
  expect(refusal).toMatchObject({ rule: { id: 'R11' }, errors: [{ pointer: '/claim/scheme' }] })
  expect(refusal.detail).toContain(`Nothing that run ${R('A')} was charged with is certified under ISCC`)
})
