import { describe, expect, it } from 'vitest'
import { makeProduct, type MakeProduct } from '../../../../shared/domain/decide/product.ts'
import { accepted, ACTOR, refused } from '../scenario.ts'
import { charge, close, correct, hold, open, pickup, ship } from '../acts.ts'
import { august, B, CERTIFICATE, given, R, S, subject, told, worldOf, type Act } from '../story.ts'

const WORKS = { ...CERTIFICATE, sites: [...CERTIFICATE.sites, 'works'] }
const AT_SEA = { position: { lat: 28.5, lon: 122.4 }, accuracyM: 10 }
/** 98 kg of certified pellets. */
const pellets = given(
  pickup('A', AT_SEA, [WORKS]),
  open('A'),
  charge('A', { A: 100_000 }),
  close('A', { F: 100_000 }, {}, [WORKS]),
  open('C', { step: 'pelletizing', occurredAt: august(12) }),
  charge('C', { F: 100_000 }, { occurredAt: august(12) }),
  close('C', { P: 98_000 }, { losses: { purge: 2_000 } }, [WORKS]),
)
const making =
  (changes: Partial<MakeProduct> = {}): Act =>
  (story) =>
    makeProduct(
      {
        run: R('M'),
        batch: B('M'),
        site: 'works',
        occurredAt: august(20),
        product: { name: 'Comb', units: 1_000, gramsPerUnit: 28 },
        draws: [{ batch: B('P'), massGrams: 22_400 }],
        added: [{ kind: 'virgin', massGrams: 5_600, polymer: 'HDPE' }],
        losses: {},
        ...changes,
      },
      worldOf(story),
      [WORKS],
      ACTOR,
    )
const named = (units: number, gramsPerUnit = 28) => ({ product: { name: 'Comb', units, gramsPerUnit } })

describe('a product lot', () => {
  it('carries the energy and the water that it took, as any run does', () => {
    const story = told(pellets, making({ energyWh: 5_000, waterMl: 750_000 }))
    const leg = subject(story, B('M'), 'batch').journey.find(({ step }) => step === 'manufacturing')
    expect(leg?.activities).toMatchObject({ energyWh: 5_000, waterMl: 750_000 })
  })

  it('may claim the share of it that is pellets, and not a hundredth of a per cent more', () => {
    const claim = (percentBp: number) => ({ claim: { scheme: 'OBP', percentBp } })
    const story = told(pellets, making(claim(8_000)))
    expect(subject(story, B('M'), 'batch')).toMatchObject({
      model: 'controlled-blending',
      claims: { OBP: 22_400 },
      stage: 'product',
      form: 'product',
    })
    const refusal = refused(making(claim(8_001))(pellets))
    expect(refusal).toMatchObject({ code: 'check-failed', rule: { id: 'R11' } })
    expect(refusal.detail).toContain('80.01 % was asked for')
    expect(refused(making(claim(10_000))(pellets)).detail).toContain('5.6 kg of 28 kg is not certified')
  })

  it('uses all pellets to the gram: 13,821 cases of 22.4 g from 309.6 kg, and not one more (R14)', () => {
    const big = given(
      pickup('A', { netGrams: 309_600 }),
      open('A'),
      charge('A', { A: 309_600 }),
      close('A', { F: 309_600 }),
      open('C', { step: 'pelletizing', occurredAt: august(12) }),
      charge('C', { F: 309_600 }, { occurredAt: august(12) }),
      close('C', { P: 309_600 }),
    )
    const cases = (units: number) =>
      making({ ...named(units, 22.4), added: [], draws: [{ batch: B('P'), massGrams: 309_600 }] })(big)
    expect(cases(13_821).ok).toBe(true)
    expect(refused(cases(13_822))).toMatchObject({
      code: 'outputs-exceed-inputs',
      errors: [{ pointer: '/units' }],
    })
  })

  it('may be stated to contain as much recycled material as traced pellets went in, and not a hundredth more (R14)', () => {
    const stated = (recycledShareBp: number, changes: Partial<MakeProduct> = {}): Act =>
      making({ product: { name: 'Comb', units: 1_000, gramsPerUnit: 28, recycledShareBp }, ...changes })
    const made = accepted(stated(8_000)(pellets)).at(-1)
    expect(made).toMatchObject({
      type: 'ProductMade',
      data: { recycledShareBp: 8_000, checks: [{ rule: 'R14', verdict: 'pass' }] },
    })
    const story = told(pellets, stated(8_000))
    expect(subject(story, B('M'), 'batch').product).toEqual({
      name: 'Comb',
      units: 1_000,
      gramsPerUnit: 28,
      recycledShareBp: 8_000,
    })
    expect(refused(stated(8_001)(pellets))).toMatchObject({
      code: 'check-failed',
      rule: { id: 'R14' },
      errors: [{ pointer: '/recycledPercent' }],
    })
  })

  it('is held to what is in it, not to what was charged and purged (R14)', () => {
    const purged = (recycledShareBp: number): Act =>
      making({
        product: { name: 'Comb', units: 1_000, gramsPerUnit: 28, recycledShareBp },
        draws: [{ batch: B('P'), massGrams: 28_000 }],
        added: [{ kind: 'virgin', massGrams: 28_000, polymer: 'HDPE' }],
        losses: { purge: 28_000 },
      })
    expect(purged(5_000)(pellets).ok).toBe(true)
    expect(refused(purged(10_000)(pellets)).rule?.id).toBe('R14')
  })

  it('is not stated to be recycled by pellets that had virgin material blended in (R14)', () => {
    const blended = [
      open('B', { step: 'blending', occurredAt: august(13) }),
      charge(
        'B',
        { P: 50_000 },
        { occurredAt: august(13), added: [{ kind: 'virgin', massGrams: 50_000, polymer: 'HDPE' }] },
      ),
      close('B', { Q: 100_000 }, { occurredAt: august(13) }, [WORKS]),
    ].reduce(told, pellets)
    const stated = (recycledShareBp: number): Act =>
      making({
        product: { name: 'Comb', units: 1_000, gramsPerUnit: 28, recycledShareBp },
        draws: [{ batch: B('Q'), massGrams: 28_000 }],
        added: [],
      })
    expect(stated(5_000)(blended).ok).toBe(true)
    expect(refused(stated(5_001)(blended)).rule?.id).toBe('R14')
  })

  it('weighs at least a gram, rounded up once for the lot', () => {
    const tiny = (units: number, grams: number) => making({ ...named(units, grams), added: [] })(pellets)
    const refusal = refused(tiny(1, 0.999))
    expect(refusal).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/units' }] })
    expect(refusal.detail).toBe('1 × 0.999 g is less than 1 g in all; a lot weighs at least 1 g.')
    const gramsOf = (units: number, grams: number) => {
      const [, , closed] = accepted(tiny(units, grams))
      return closed?.type === 'RunClosed' ? closed.data.outputs[0]?.massGrams : undefined
    }
    expect(gramsOf(1, 1)).toBe(1)
    expect(gramsOf(3, 0.5)).toBe(2)
    expect(gramsOf(1_001, 0.001)).toBe(2)
  })

  it('needs all the pellets that its units weigh: not half a gram of them comes from rounding (R14)', () => {
    const gram = (units: number, changes: Partial<MakeProduct> = {}) =>
      making({
        ...named(units, 0.001),
        draws: [{ batch: B('P'), massGrams: 1 }],
        added: [],
        ...changes,
      })(pellets)
    expect(gram(1_000).ok).toBe(true)
    const refusal = refused(gram(1_001))
    expect(refusal).toMatchObject({ code: 'outputs-exceed-inputs', rule: { id: 'R10' } })
    expect(refusal.detail).toContain('0.001 kg went in, but outputs of 0.002 kg')
    expect(gram(1_499, { draws: [{ batch: B('P'), massGrams: 2 }] }).ok).toBe(true)
  })

  it('keeps the content that was stated of it when it is renamed', () => {
    const product = { name: 'Comb', units: 1_000, gramsPerUnit: 28, recycledShareBp: 8_000 }
    const instead = { of: 'ProductMade', facts: { name: 'Brush' } } as const
    const renamed = [making({ product }), correct(`${R('M')}-4`, { instead })].reduce(told, pellets)
    expect(subject(renamed, B('M'), 'batch').product).toEqual({ ...product, name: 'Brush' })
  })

  it('can be renamed, and is taken back by way of its run', () => {
    const story = told(pellets, making())
    const instead = { of: 'ProductMade', facts: { name: 'Brush', lot: 'L-2' } } as const
    const renamed = told(story, correct(`${R('M')}-4`, { instead }))
    expect(subject(renamed, B('M'), 'batch').product).toEqual({
      units: 1_000,
      gramsPerUnit: 28,
      name: 'Brush',
      lot: 'L-2',
    })
    const refusal = refused(correct(`${R('M')}-4`)(story))
    expect(refusal).toMatchObject({ code: 'not-correctable', errors: [{ pointer: '/instead' }] })
    expect(refusal.detail).toContain(`correct the closing of run ${R('M')}`)
    const undone = [correct(`${R('M')}-3`), correct(`${R('M')}-2`), correct(`${R('M')}-1`)].reduce(
      told,
      story,
    )
    expect(subject(undone, B('M'), 'batch').status).toBe('void')
    expect(subject(undone, B('P'), 'batch').remainingGrams).toBe(98_000)
  })

  it('is not renamed once it was handed over: others have printed its name', () => {
    const instead = { of: 'ProductMade', facts: { name: 'Golden comb' } } as const
    const story = [making(), ship('A', ['M'], { occurredAt: august(22) })].reduce(told, pellets)
    expect(refused(correct(`${R('M')}-4`, { instead })(story))).toMatchObject({
      code: 'correct-first',
      blockedBy: [`${S('A')}-1`],
    })
  })

  it('is not renamed while it is held', () => {
    const instead = { of: 'ProductMade', facts: { name: 'Golden comb' } } as const
    const story = [making(), hold('M')].reduce(told, pellets)
    expect(refused(correct(`${R('M')}-4`, { instead })(story)).code).toBe('batch-held')
  })

  it('is not renamed once its run was reopened: it never was', () => {
    const instead = { of: 'ProductMade', facts: { name: 'Brush' } } as const
    const story = [making(), correct(`${R('M')}-3`)].reduce(told, pellets)
    expect(refused(correct(`${R('M')}-4`, { instead })(story)).code).toBe('batch-not-active')
  })

  it('is not made by closing a reopened run, which knows no units and no name', () => {
    const story = [making(), correct(`${R('M')}-3`)].reduce(told, pellets)
    const refusal = refused(close('M', { N: 28_000 }, { occurredAt: august(21) })(story))
    expect(refusal.code).toBe('run-not-open')
    expect(refusal.detail).toContain('void it and make the product lot anew')
  })
})
