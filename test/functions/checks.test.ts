import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import type { checkView } from '../../shared/contract/answers/batches.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import { shipmentView } from '../../shared/contract/answers/custody.ts'
import { batchOf, jsonOf } from '../client.ts'
import {
  aCertificate,
  aPickup,
  aProduct,
  aReceipt,
  aRun,
  aShipment,
  AT_SEA,
  givenPellets,
  givenPickup,
  givenRunOf,
  givenShipment,
} from '../given.ts'
import { eventually, runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Every rule that has data, through the API: passes, at its threshold, for review, refused. */
const runtime = runtimeForTests()
beforeAll(async () => {
  await runtime.post('/v1/certificates', runtime.keys.operator, aCertificate())
  const ending = aCertificate({ number: '7-2', sites: ['shitang'], validTo: '2026-07-31' })
  await runtime.post('/v1/certificates', runtime.keys.operator, ending)
  const ends = aCertificate({ number: '7-3', sites: ['ruoshan'], validTo: '2026-08-31' })
  await runtime.post('/v1/certificates', runtime.keys.operator, ends)
})

type Check = z.output<typeof checkView>
const recently = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
const photo = (name: string, more: object = {}) => ({
  sha256: createHash('sha256').update(name).digest('hex'),
  mediaType: 'image/jpeg',
  bytes: 1000,
  ...more,
})
const pickup = (changes: object) => runtime.post('/v1/pickups', runtime.keys.station, aPickup(changes))
const verdicts = (checks: readonly Check[] | undefined, rule: string) =>
  (checks ?? []).filter((check) => check.rule === rule).map(({ verdict }) => verdict)
/** North of the station on Dachen Island, by so many metres. */
const north = (metres: number) => ({ position: { lat: 28.45 + metres / 111_195, lon: 121.88, accuracyM: 5 } })
const TAKEN = '2026-08-01T00:30:00.000Z'

describe('a pickup', () => {
  it.each<[string, string, object, string]>([
    ['R1', 'at sea', AT_SEA, 'pass'],
    [
      'R1',
      'in a ring that crosses the shore',
      { position: { lat: 28.45, lon: 121.88, accuracyM: 50 } },
      'review',
    ],
    ['R2', '2,000 m from the station', north(1_999), 'pass'],
    ['R2', 'farther', north(2_001), 'review'],
    ['R3', '0.1 kg off', { massKg: 9.9, grossKg: 12, tareKg: 1, containers: 2 }, 'pass'],
    ['R4', 'as its scale shows', { scaleReadingKg: 100 }, 'pass'],
    ['R4', 'a gram off what its scale shows', { scaleReadingKg: 100.001 }, 'review'],
    ['R5', 'with a photo of its own', { photos: [photo('own')] }, 'pass'],
    ['R6', 'with half the usual mass of its pieces', { form: 'bottle', massKg: 1, pieces: 100 }, 'pass'],
    ['R6', 'with less than that', { form: 'bottle', massKg: 0.999, pieces: 100 }, 'review'],
    ['R6', 'with bags as heavy as they get', { form: 'bottle', massKg: 8, bags: 2 }, 'pass'],
    ['R6', 'with heavier bags', { form: 'bottle', massKg: 8.001, bags: 2 }, 'review'],
    ['R7', 'entered within 30 days', { occurredAt: recently(29.99) }, 'pass'],
    ['R7', 'entered later', { occurredAt: recently(30.01) }, 'review'],
    ['R13', 'under a certificate', AT_SEA, 'pass'],
    ['R13', 'under one that ends 30 days later', { ...AT_SEA, siteId: 'ruoshan' }, 'review'],
    ['R13', 'under one that has ended', { ...AT_SEA, siteId: 'shitang' }, 'review'],
    ['R15', 'with a photo of half an hour later', { photos: [photo('a', { takenAt: TAKEN })] }, 'pass'],
    [
      'R15',
      'with a photo of later still',
      { photos: [photo('b', { takenAt: '2026-08-01T00:30:01Z' })] },
      'review',
    ],
    [
      'R15',
      'with a photo of 2 km away',
      { ...north(0), photos: [photo('c', { lat: 28.47, lon: 121.88 })] },
      'review',
    ],
    ['R16', 'collected and weighed by two', { collector: 'Lin', weigher: 'Wang' }, 'pass'],
    ['R16', 'collected and weighed by one', { collector: 'Lin', weigher: 'Lin' }, 'review'],
  ])('%s: %s', async (rule, _what, changes, verdict) => {
    const made = batchOf(await pickup(changes))
    expect(verdicts(made.checks, rule)).toEqual([verdict])
  })

  it('R3: is refused where it weighs more net than with its containers, within the tolerance too', async () => {
    const problem = expectProblem(await pickup({ massKg: 0.15, grossKg: 0.05, tareKg: 0 }), {
      status: 422,
      code: 'check-failed',
      pointer: '/massKg',
      says: ['more than the gross 0.05 kg'],
    })
    expect(problem.rule?.id).toBe('R3')
    expect((await pickup({ massKg: 10, grossKg: 10, tareKg: 0.1 })).status).toBe(201)
  })

  it('R5: one photo may show two bags, which is for review, and the same entry twice is refused', async () => {
    const bag = { photos: [photo('two bags')], massKg: 10 }
    expect(verdicts(batchOf(await pickup(bag)).checks, 'R5')).toEqual(['pass'])
    const other = batchOf(await pickup({ ...bag, massKg: 12 }))
    expect(verdicts(other.checks, 'R5')).toEqual(['review'])
    const twice = expectProblem(await pickup({ ...bag, massKg: 12 }), { status: 422, code: 'check-failed' })
    expect(twice).toMatchObject({ rule: { id: 'R5' } })
    expect(twice.detail).toContain(other.id)
    const elsewhere = batchOf(await pickup({ ...bag, siteId: 'shitang' }))
    expect(verdicts(elsewhere.checks, 'R5')).toEqual(['review'])
    const nextDay = batchOf(await pickup({ ...bag, occurredAt: '2026-08-02T00:00:01Z' }))
    expect(verdicts(nextDay.checks, 'R5')).toEqual(['review'])
  })
})

describe('a run', () => {
  const wash = async (outKg: number, changes: object = {}, material: object = {}) => {
    const { id } = await givenPickup(runtime, material)
    const outputs = [{ massKg: outKg }]
    const charges = [{ batchId: id, massKg: 100 }]
    return runtime.post(
      '/v1/runs',
      runtime.keys.recycler,
      aRun(id, { step: 'cleaning', charges, outputs, ...changes }),
    )
  }

  it.each<[string, string, number, object, readonly string[]]>([
    ['R9', 'at the low end of the band', 80, { losses: { 'wash-loss': 20 } }, ['pass']],
    ['R9', 'below it', 79.999, { losses: { 'wash-loss': 20 } }, ['review']],
    ['R9', 'at the high end', 92, { losses: { 'wash-loss': 8 } }, ['pass']],
    ['R9', 'above it', 92.001, {}, ['review']],
    ['R10', 'with 2 % unaccounted for', 88, { losses: { 'wash-loss': 10 } }, ['pass', 'pass']],
    ['R10', 'with a gram more', 87.999, { losses: { 'wash-loss': 10 } }, ['review', 'pass']],
    ['R10', 'with rejects and no document', 88, { losses: { reject: 12 } }, ['pass', 'review']],
    ['R10', 'with rejects and one', 88, { losses: { reject: 12 }, wasteDocument: 'W-1' }, ['pass', 'pass']],
  ])('%s: %s', async (rule, _what, outKg, changes, expected) => {
    expect(verdicts(runView.parse(jsonOf(await wash(outKg, changes))).checks, rule)).toEqual(expected)
  })

  it('R9: is refused where dry mass comes from nowhere', async () => {
    const dry = (massKg: number) => ({ outputs: [{ massKg, moisturePct: 0 }] })
    expect((await wash(0, dry(80), { moisturePct: 20 })).status).toBe(201)
    const problem = expectProblem(await wash(0, dry(80.001), { moisturePct: 20 }), {
      status: 422,
      code: 'check-failed',
    })
    expect(problem.rule?.id).toBe('R9')
  })

  it('R8: takes the last gram of a batch, and not one more', async () => {
    const { id } = await givenPickup(runtime, { massKg: 10 })
    const draw = (massKg: number) =>
      runtime.post(
        '/v1/runs',
        runtime.keys.recycler,
        aRun(id, { charges: [{ batchId: id, massKg }], outputs: [{ massKg }] }),
      )
    expect((await draw(9.999)).status).toBe(201)
    const problem = expectProblem(await draw(0.002), {
      status: 409,
      code: 'not-enough-mass',
      says: ['0.001 kg left'],
    })
    expect(problem.rule).toEqual({ id: 'R8', zh: `批次 ${id} 尚余 0.001 千克；要求取用 0.002 千克。` })
    expect((await draw(0.001)).status).toBe(201)
  })

  it('R11 and R13: claims what its certificate and its mixture allow', async () => {
    const claimed = (claim: object, changes: object = {}) =>
      wash(90, { siteId: 'huzhou', claim: { scheme: 'OBP', ...claim }, ...changes }, AT_SEA)
    const whole = runView.parse(jsonOf(await claimed({ model: 'identity-preserved', percent: 100 })))
    expect(whole.outputs[0]).toMatchObject({ model: 'identity-preserved', claimsKg: { OBP: 90 } })
    expect([verdicts(whole.checks, 'R11'), verdicts(whole.checks, 'R13')]).toEqual([['pass'], ['pass']])
    const elsewhere = expectProblem(await claimed({}, { siteId: 'shitang' }), {
      status: 422,
      code: 'check-failed',
    })
    expect([elsewhere.rule?.id, elsewhere.errors?.[0]?.pointer]).toEqual(['R13', '/claim/scheme'])
    const nothing = expectProblem(await wash(90, { claim: { scheme: 'OBP' } }), {
      status: 422,
      code: 'check-failed',
    })
    expect([nothing.rule?.id, nothing.errors?.[0]?.pointer]).toEqual(['R11', '/claim/scheme'])
  })

  it('R14: states no more recycled content than its traced pellets make', async () => {
    const pellets = await givenPellets(runtime, 10)
    const stated = (recycledPercent: number) =>
      runtime.post(
        '/v1/products',
        runtime.keys.brand,
        aProduct(pellets.id, {
          units: 500,
          gramsPerUnit: 20,
          charges: [{ batchId: pellets.id, massKg: 4 }],
          added: [{ kind: 'virgin', massKg: 6 }],
          recycledPercent,
        }),
      )
    const problem = expectProblem(await stated(40.01), {
      status: 422,
      code: 'check-failed',
      pointer: '/recycledPercent',
    })
    expect(problem.rule?.id).toBe('R14')
    const made = batchOf(await stated(40))
    expect(made.product?.recycledPercent).toBe(40)
    expect(verdicts(made.checks ?? [], 'R14')).toEqual(['pass'])
    await eventually('the page of the lot', async () => {
      const page = await runtime.get(`/b/${made.id}?lang=en`)
      return page.text.includes('Recycled content, as its maker states') ? page : undefined
    })
  })

  it('R14: makes as many units as its pellets allow', async () => {
    const pellets = await givenPellets(runtime, 10)
    const units = (count: number) =>
      runtime.post(
        '/v1/products',
        runtime.keys.brand,
        aProduct(pellets.id, { units: count, gramsPerUnit: 20 }),
      )
    expectProblem(await units(501), { status: 422, code: 'outputs-exceed-inputs' })
    expect((await units(500)).status).toBe(201)
  })

  it('R14: makes no part of a gram of product from rounding', async () => {
    const pellets = await givenPellets(runtime, 10)
    const milligrams = (units: number) =>
      runtime.post(
        '/v1/products',
        runtime.keys.brand,
        aProduct(pellets.id, {
          units,
          gramsPerUnit: 0.001,
          charges: [{ batchId: pellets.id, massKg: 0.001 }],
        }),
      )
    for (const units of [1_499, 1_001]) {
      expectProblem(await milligrams(units), {
        status: 422,
        code: 'outputs-exceed-inputs',
        pointer: '/units',
        says: ['0.001 kg went in', 'outputs of 0.002 kg'],
      })
    }
    expect(await runtime.batch(pellets.id, runtime.keys.auditor)).toMatchObject({ remainingKg: 10 })
    expect(batchOf(await milligrams(1_000)).massKg).toBe(0.001)
  })
})

describe('a shipment', () => {
  it.each([
    ['R16', 98, {}, 'pass'],
    ['R16', 97.999, {}, 'review'],
    ['R16', 102, {}, 'pass'],
    ['R16', 102.001, {}, 'review'],
    ['R17', 100, { seen: { vehicle: '浙J 12345', manifestNumber: 'm1' } }, 'pass'],
    ['R17', 100, { seen: { vehicle: '浙J54321' } }, 'review'],
  ])('%s: %d of 100 kg received, %j', async (rule, massKg, changes, verdict) => {
    const { id } = await givenPickup(runtime)
    const shipment = await givenShipment(runtime, id)
    const receipt = aReceipt([{ batchId: id, massKg }], changes)
    const answer = await runtime.post(`/v1/shipments/${shipment}/receipt`, runtime.otherKeys.station, receipt)
    expect(verdicts(shipmentView.parse(jsonOf(answer)).checks, rule)).toEqual([verdict])
  })

  it('R17: is for review where it weighs more than its manifest says', async () => {
    const { id } = await givenPickup(runtime)
    const shipped = async (massKg: number) => {
      const body = aShipment([id], { manifest: { number: 'M', massKg } })
      return shipmentView.parse(jsonOf(await runtime.post('/v1/shipments', runtime.keys.station, body)))
    }
    const heavy = await shipped(99.999)
    expect(verdicts(heavy.checks, 'R17')).toEqual(['review'])
    await runtime.post(`/v1/events/${heavy.id}-1/corrections`, runtime.keys.station, {
      reason: 'weighed anew',
    })
    expect(verdicts((await shipped(100)).checks, 'R17')).toEqual(['pass'])
  })
})

it('R9 has the widest band for what may be anything, and R10 lets nothing dry off that was never wet', async () => {
  const { id } = await givenPickup(runtime, { form: 'other', moisturePct: 0 })
  const vanished = await givenRunOf(
    runtime,
    '/v1/runs',
    aRun(id, {
      step: 'cleaning',
      charges: [{ batchId: id, massKg: 100 }],
      outputs: [{ massKg: 1 }],
      losses: { moisture: 99 },
    }),
  )
  const reviews = vanished.checks
    ?.filter(({ verdict }) => verdict === 'review')
    .map(({ sentence }) => sentence.en)
  expect(reviews?.join(' ')).toContain('99 kg of moisture dried off; the input held up to 0 kg of water')
  expect(reviews?.join(' ')).toContain('55 % to 92 % is usual')
})
