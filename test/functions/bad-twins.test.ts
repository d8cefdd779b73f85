import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { batchOf, type Answer } from '../client.ts'
import {
  aCertificate,
  aPickup,
  aProduct,
  aRun,
  AT_SEA,
  givenPellets,
  givenPickup,
  givenRunOf,
} from '../given.ts'
import { runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** The twins of a good batch that differ from it in one thing, each as somebody would send it, and what they are told. */
const runtime = runtimeForTests()

const pickup = (changes: object): Promise<Answer> =>
  runtime.post('/v1/pickups', runtime.keys.station, aPickup(changes))
const run = (batch: string, changes: object): Promise<Answer> =>
  runtime.post('/v1/runs', runtime.keys.recycler, aRun(batch, changes))
const PHOTO = {
  sha256: createHash('sha256').update('photo').digest('hex'),
  mediaType: 'image/jpeg',
  bytes: 10,
}

it('a yield of 103 %', async () => {
  const { id } = await givenPickup(runtime)
  const answer = await run(id, { step: 'cleaning', outputs: [{ massKg: 10.3 }] })
  expectProblem(answer, {
    status: 422,
    code: 'outputs-exceed-inputs',
    pointer: '/outputs',
    says: ['10 kg went in', '10.3 kg'],
  })
  expect(await runtime.batch(id, runtime.keys.auditor)).toMatchObject({ remainingKg: 100 })
})

it.each([
  ['went in', 1, [{ massKg: 100, moisturePct: 0 }], 'at least 100 kg came out of at most 50.001 kg'],
  [
    'came out',
    0,
    [{ massKg: 99.999, moisturePct: 0 }, { massKg: 0.001 }],
    'at least 99.999 kg came out of at most 50 kg',
  ],
])('dry plastic made of water, with a gram of unknown moisture that %s', async (_, grams, outputs, says) => {
  const wet = await givenPickup(runtime, { moisturePct: 50 })
  const unknown = await givenPickup(runtime)
  const charges = [
    { batchId: wet.id, massKg: 100 },
    ...(grams > 0 ? [{ batchId: unknown.id, massKg: grams / 1000 }] : []),
  ]
  const problem = expectProblem(await run(wet.id, { step: 'cleaning', charges, outputs }), {
    status: 422,
    code: 'check-failed',
    says: [says],
  })
  expect(problem.rule).toMatchObject({ id: 'R9', zh: expect.stringContaining('按干基计') })
  const kept = await Promise.all([wet, unknown].map(({ id }) => runtime.batch(id, runtime.keys.auditor)))
  expect(kept.map(({ remainingKg }) => remainingKg)).toEqual([100, 100])
})

it('one lot consumed twice', async () => {
  const { id } = await givenPickup(runtime, { massKg: 10 })
  expect((await run(id, {})).status).toBe(201)
  expectProblem(await run(id, {}), { status: 409, code: 'not-enough-mass', says: ['0 kg left; 10 kg'] })
})

it('a pickup six kilometres inland that calls itself shoreline', async () => {
  const inland = { form: 'bottle', polymer: 'PET', position: { lat: 28.64, lon: 121.38, accuracyM: 10 } }
  expectProblem(await pickup({ ...inland, obpClass: 'SHORELINE' }), {
    status: 400,
    code: 'invalid-request',
    pointer: '/obpClass',
    says: ['no field'],
  })
  const made = batchOf(await pickup({ ...inland, siteId: 'jiaojiang' }))
  expect(made.oceanBound?.obpClass).toBe('POTENTIAL')
})

it('a point in GCJ-02, which is converted where it says so: taken as WGS 84 it would be half a kilometre off', async () => {
  const position = { lat: 28.4476, lon: 121.9035, accuracyM: 5 }
  const distance = async (where: object) =>
    batchOf(await pickup({ position: where })).checks?.find(({ rule }) => rule === 'R2')?.verdict
  expect(await distance({ ...position, crs: 'GCJ02' })).toBe('pass')
  expect(await distance(position)).toBe('review')
})

it('a photo that was used before, in the same pickup and in another', async () => {
  const first = batchOf(await pickup({ photos: [PHOTO] }))
  const twice = expectProblem(await pickup({ photos: [PHOTO] }), {
    status: 422,
    code: 'check-failed',
    says: [first.id, '24 hours'],
  })
  expect(twice.rule).toMatchObject({ id: 'R5', zh: expect.stringContaining('照片') })
  const other = batchOf(await pickup({ photos: [PHOTO], massKg: 50 }))
  expect(other.checks).toContainEqual(expect.objectContaining({ rule: 'R5', verdict: 'review' }))
})

it('an expired scope certificate, and 100 % OBP with virgin input', async () => {
  const { operator } = runtime.keys
  await runtime.post('/v1/certificates', operator, aCertificate())
  const [{ id }] = [await givenPickup(runtime, AT_SEA)]
  const late = { step: 'cleaning', siteId: 'shitang', claim: { scheme: 'OBP' } }
  await runtime.post(
    '/v1/certificates',
    operator,
    aCertificate({ number: '7-0', sites: ['shitang'], validTo: '2026-08-09' }),
  )
  const expired = expectProblem(await run(id, late), {
    status: 422,
    code: 'check-failed',
    pointer: '/claim/scheme',
  })
  expect(expired.detail).toContain('OBP 7-0 (2026-01-01 to 2026-08-09) does not cover 2026-08-10')
  const charge = (batchId: string) => ({ charges: [{ batchId, massKg: 10 }] })
  const washed = await givenRunOf(runtime, '/v1/runs', aRun(id, { step: 'cleaning', siteId: 'huzhou' }))
  const pelletized = aRun('', { step: 'pelletizing', siteId: 'huzhou', ...charge(washed.outputIds[0] ?? '') })
  const { outputIds } = await givenRunOf(runtime, '/v1/runs', pelletized)
  const lot = (percent: number) =>
    runtime.post('/v1/products', runtime.keys.brand, {
      ...aProduct(outputIds[0] ?? ''),
      units: 625,
      added: [{ kind: 'virgin', massKg: 2.5, polymer: 'HDPE' }],
      claim: { scheme: 'OBP', percent },
    })
  const virgin = expectProblem(await lot(100), { status: 422, code: 'check-failed' })
  expect(virgin.rule?.id).toBe('R11')
  expect(virgin.detail).toContain('2.5 kg of 12.5 kg is not certified; the 10 kg contained allow 80 %')
  const honest = batchOf(await lot(80))
  expect(honest).toMatchObject({ model: 'controlled-blending', claimsKg: { OBP: 10 } })
})

it('a time in the future', async () => {
  const occurredAt = new Date(Date.now() + 400_000).toISOString()
  expectProblem(await pickup({ occurredAt }), {
    status: 422,
    code: 'future-time',
    pointer: '/occurredAt',
    says: ['5 minutes'],
  })
})

it('latitude and longitude swapped', async () => {
  const answer = await pickup({ position: { lat: 121.88, lon: 28.45 } })
  expectProblem(answer, {
    status: 400,
    code: 'invalid-request',
    pointer: '/position/lat',
    says: ['swapped?', '121.88'],
  })
})

it('a tare above the gross mass', async () => {
  const scale = { massKg: undefined, grossKg: 10, tareKg: 6, containers: 2 }
  expectProblem(await pickup(scale), {
    status: 400,
    code: 'invalid-request',
    pointer: '/tareKg',
    says: ['Gross 10 kg less 2 containers of 6 kg leaves no material'],
  })
  expectProblem(await pickup({ ...scale, grossKg: undefined, tareKg: undefined, massKg: 5 }), {
    status: 400,
    code: 'invalid-request',
    pointer: '/containers',
    says: ['with grossKg and tareKg'],
  })
})

it('a negative loss', async () => {
  const { id } = await givenPickup(runtime)
  const answer = await run(id, { losses: { reject: -0.001 } })
  expectProblem(answer, { status: 400, code: 'invalid-request', pointer: '/losses/reject', says: ['-0.001'] })
})

it('an empty record', async () => {
  const answer = await runtime.post('/v1/pickups', runtime.keys.station, {})
  const { errors } = expectProblem(answer, { status: 400, code: 'invalid-request' })
  expect(errors?.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/siteId', '/form']))
})

it('a photo that is none: what is taken, and what to do', async () => {
  const says = [
    'image/jpeg, image/png, image/webp, image/heic or image/heif',
    'as the camera wrote it',
    '"image/gif"',
  ]
  const gif = { ...PHOTO, mediaType: 'image/gif' }
  const upload = await runtime.post('/v1/photos', runtime.keys.collector, gif)
  expectProblem(upload, { status: 400, code: 'invalid-request', pointer: '/mediaType', says })
  expectProblem(await pickup({ photos: [gif] }), {
    status: 400,
    code: 'invalid-request',
    pointer: '/photos/0/mediaType',
    says,
  })
})

it.each([
  [{ mediaType: 'image/heic' }, '/photos/0/thumbnail/mediaType', 'A thumbnail is image/jpeg'],
  [{ bytes: 500_001 }, '/photos/0/thumbnail/bytes', '500000'],
  [{ takenAt: '2026-08-05T06:30:00Z' }, '/photos/0/thumbnail/takenAt', 'takenAt'],
])('a thumbnail that is none: %o', async (change, pointer, says) => {
  const thumbnail = { ...PHOTO, ...change }
  expectProblem(await pickup({ photos: [{ ...PHOTO, thumbnail }] }), {
    status: 400,
    code: 'invalid-request',
    pointer,
    says: [says],
  })
})

it('units that no pellets were allocated for', async () => {
  const pellets = await givenPellets(runtime, 10)
  const answer = await runtime.post('/v1/products', runtime.keys.brand, aProduct(pellets.id, { units: 501 }))
  expectProblem(answer, { status: 422, code: 'outputs-exceed-inputs', says: ['10.02 kg'] })
})
