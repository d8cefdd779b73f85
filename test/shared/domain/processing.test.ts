import { describe, expect, it } from 'vitest'
import type { ProcessBatches } from '../../../shared/domain/decide/one-shot.ts'
import type { MakeProduct } from '../../../shared/domain/decide/product.ts'
import { fold } from '../../../shared/domain/state/fold.ts'
import {
  accepted,
  ACTOR,
  afterRun,
  batch,
  givenPickups,
  makeProduct,
  pickupCommand,
  processBatches,
  refused,
  runCommand,
  stored,
} from './scenario.ts'

const onePickup = givenPickups(pickupCommand())
const decide = (changes: Partial<ProcessBatches>, world = onePickup, actor = ACTOR) =>
  processBatches(runCommand(changes), world, actor)

describe('a cleaning run', () => {
  it('draws from what it was charged with and makes a cleaned batch with the losses on its journey', () => {
    const world = afterRun(onePickup, runCommand())
    expect(batch(world, 'BAAAAAAAAAAAA')).toMatchObject({ remainingGrams: 0, status: 'used-up', version: 2 })
    expect(batch(world, 'BBBBBBBBBBBBB')).toMatchObject({
      stage: 'cleaned',
      form: 'flake',
      polymer: 'HDPE',
      massGrams: 80_000,
      origins: [{ placeId: 'dachen', period: '2026-08', found: 'unrecorded', grams: 80_000 }],
    })
    expect(
      batch(world, 'BBBBBBBBBBBBB').journey.map(({ step, inputGrams, outputGrams }) => [
        step,
        inputGrams,
        outputGrams,
      ]),
    ).toEqual([
      ['collection', 100_000, 100_000],
      ['cleaning', 100_000, 80_000],
    ])
  })

  it('says that three events happened, the run being their home', () => {
    expect(accepted(decide({})).map(({ type, home, id }) => [type, home, id])).toEqual([
      ['RunOpened', 'RAAAAAAAAAAAA', 'RAAAAAAAAAAAA-1'],
      ['RunCharged', 'RAAAAAAAAAAAA', 'RAAAAAAAAAAAA-2'],
      ['RunClosed', 'RAAAAAAAAAAAA', 'RAAAAAAAAAAAA-3'],
    ])
  })

  it('may use a part of a batch and leaves the rest', () => {
    const draws = [{ batch: 'BAAAAAAAAAAAA', massGrams: 30_000 }]
    const outputs = [{ batch: 'BBBBBBBBBBBBB', massGrams: 25_000 }]
    const world = afterRun(onePickup, runCommand({ draws, outputs, losses: { 'wash-loss': 5_000 } }))
    expect(batch(world, 'BAAAAAAAAAAAA')).toMatchObject({ remainingGrams: 70_000, status: 'active' })
  })

  it('blends origins in proportion to what each batch gave', () => {
    const second = pickupCommand({
      batch: 'BCCCCCCCCCCCC',
      position: { lat: 28.27, lon: 121.61 },
      netGrams: 300_000,
    })
    const draws = [
      { batch: 'BAAAAAAAAAAAA', massGrams: 100_000 },
      { batch: 'BCCCCCCCCCCCC', massGrams: 300_000 },
    ]
    const world = afterRun(
      givenPickups(pickupCommand(), second),
      runCommand({
        draws,
        outputs: [{ batch: 'BBBBBBBBBBBBB', massGrams: 200_000 }],
        losses: { reject: 200_000 },
      }),
    )
    expect(batch(world, 'BBBBBBBBBBBBB').origins).toEqual([
      { placeId: 'dachen', period: '2026-08', found: 'unrecorded', grams: 50_000 },
      { placeId: 'shitang', period: '2026-08', found: 'near-coast', grams: 150_000 },
    ])
  })

  it('passes up to two per cent unaccounted and marks more for review', () => {
    const verdictFor = (outputGrams: number): unknown => {
      const outputs = [{ batch: 'BBBBBBBBBBBBB', massGrams: outputGrams }]
      const closed = accepted(decide({ outputs, losses: {} })).find((event) => event.type === 'RunClosed')
      return closed?.data.checks
    }
    expect(verdictFor(98_000)).toContainEqual(expect.objectContaining({ rule: 'R10', verdict: 'pass' }))
    expect(verdictFor(97_999)).toContainEqual(expect.objectContaining({ rule: 'R10', verdict: 'review' }))
  })
})

describe('a run is refused', () => {
  it('when more is drawn than is there, saying what is left', () => {
    const refusal = refused(decide({ draws: [{ batch: 'BAAAAAAAAAAAA', massGrams: 100_001 }] }))
    expect(refusal).toMatchObject({ code: 'not-enough-mass', errors: [{ pointer: '/charges/0/massKg' }] })
    expect(refusal.detail).toContain('has 100 kg left; 100.001 kg were to be drawn')
  })

  it('when outputs and losses exceed the input, by a single gram', () => {
    expect(refused(decide({ losses: { 'wash-loss': 20_001 } })).code).toBe('outputs-exceed-inputs')
  })

  it('when the batch is unknown, or is another organisation’s, in the same words', () => {
    const unknown = refused(decide({ draws: [{ batch: 'BZZZZZZZZZZZZ', massGrams: 1 }] }))
    const foreign = refused(decide({}, onePickup, { ...ACTOR, org: 'others' }))
    expect([unknown.code, foreign.code]).toEqual(['unknown-batch', 'unknown-batch'])
    expect(foreign.detail).toBe('You hold no batch BAAAAAAAAAAAA.')
  })

  it('when a stage would go backwards or be jumped over', () => {
    expect(refused(decide({ step: 'pelletizing' })).code).toBe('wrong-stage')
    const cleaned = afterRun(onePickup, runCommand())
    const again = { run: 'RBBBBBBBBBBBB', draws: [{ batch: 'BBBBBBBBBBBBB', massGrams: 80_000 }] }
    expect(refused(decide(again, cleaned))).toMatchObject({ code: 'wrong-stage' })
    expect(refused(decide({ ...again, step: 'sorting' }, cleaned))).toMatchObject({ code: 'wrong-stage' })
  })

  it('when it is dated before its material was collected, or in the future', () => {
    expect(refused(decide({ occurredAt: '2026-07-31T23:59:59.999Z' })).code).toBe('time-order')
    expect(refused(decide({ occurredAt: '2026-09-02T00:00:00.000Z' })).code).toBe('future-time')
  })

  it('when one batch is charged twice, because the sum could exceed it', () => {
    const twice = { batch: 'BAAAAAAAAAAAA', massGrams: 60_000 }
    expect(refused(decide({ draws: [twice, twice] })).errors).toMatchObject([{ pointer: '/charges/1' }])
  })
})

describe('a product lot', () => {
  const pellets = afterRun(
    afterRun(onePickup, runCommand()),
    runCommand({
      run: 'RCCCCCCCCCCCC',
      step: 'pelletizing',
      draws: [{ batch: 'BBBBBBBBBBBBB', massGrams: 80_000 }],
      outputs: [{ batch: 'BDDDDDDDDDDDD', massGrams: 78_000 }],
      losses: { purge: 2_000 },
    }),
  )
  const command: MakeProduct = {
    run: 'REEEEEEEEEEEE',
    batch: 'BEEEEEEEEEEEE',
    site: 'works',
    occurredAt: '2026-08-30T00:00:00.000Z',
    product: { name: 'Phone case', units: 1_000, gramsPerUnit: 28 },
    draws: [{ batch: 'BDDDDDDDDDDDD', massGrams: 22_400 }],
    added: [{ kind: 'other', massGrams: 5_600, polymer: 'unknown' }],
    losses: {},
  }

  it('weighs units times grams, and shows the material that is not from the sea as a share of its own', () => {
    const world = fold(pellets, stored(accepted(makeProduct(command, pellets, ACTOR))))
    expect(batch(world, 'BEEEEEEEEEEEE')).toMatchObject({
      stage: 'product',
      massGrams: 28_000,
      product: { name: 'Phone case', units: 1_000, gramsPerUnit: 28 },
      origins: [
        { placeId: 'dachen', period: '2026-08', found: 'unrecorded', grams: 22_400 },
        { placeId: 'other', period: '', grams: 5_600 },
      ],
    })
  })

  it('cannot hold more units than its material allows (R14)', () => {
    const greedy = makeProduct({ ...command, product: { ...command.product, units: 1_001 } }, pellets, ACTOR)
    expect(refused(greedy).code).toBe('outputs-exceed-inputs')
  })

  it('is made of pellets only', () => {
    const flakes = { ...command, draws: [{ batch: 'BAAAAAAAAAAAA', massGrams: 22_400 }] }
    expect(refused(makeProduct(flakes, onePickup, ACTOR)).code).toBe('wrong-stage')
  })
})
