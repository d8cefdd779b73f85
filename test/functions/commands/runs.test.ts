import { describe, expect, it } from 'vitest'
import { runView } from '../../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf } from '../../client.ts'
import {
  anOpenRun,
  aProduct,
  aRun,
  givenId,
  givenPellets,
  givenPickup,
  givenRunOf,
  newKey,
} from '../../given.ts'
import { runtimeForTests } from '../../runtime.ts'
import { expectProblem } from '../refused.ts'

/** Runs as plants have them: over days, in many calls, with second thoughts. */
const runtime = runtimeForTests()

const post = (path: string, body: object, options = {}) =>
  runtime.post(path, runtime.keys.recycler, { ...body }, options)
const run = (path: string, body: object) => givenRunOf(runtime, path, body)
const readRun = async (id: string) =>
  runView.parse(jsonOf(await runtime.get(`/v1/runs/${id}`, { key: runtime.keys.auditor })))
const day = (date: number, hour = 0): string =>
  `2026-08-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`
const opened = (changes: object = {}) =>
  givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun(changes))

describe('a washing run over three days', () => {
  it('is charged as the trucks come, and closed once with what came out, what was lost and what it took', async () => {
    const lots = await Promise.all([1, 2, 3].map(() => givenPickup(runtime, { moisturePct: 10 })))
    const id = await opened()
    for (const [index, lot] of lots.entries()) {
      for (const hour of [6, 14]) {
        const body = { occurredAt: day(10 + index, hour), charges: [{ batchId: lot.id, massKg: 50 }] }
        await run(`/v1/runs/${id}/charges`, body)
      }
    }
    expect(await readRun(id)).toMatchObject({ status: 'open', charges: 6, inputKg: 300, version: 7 })
    const closing = {
      occurredAt: day(13),
      outputs: [
        { massKg: 140, moisturePct: 1 },
        { massKg: 95, moisturePct: 1 },
      ],
      losses: { 'wash-loss': 35, moisture: 25, reject: 4 },
      wasteDocument: 'WB-7',
      energyKWh: 120.5,
      waterM3: 1.25,
    }
    const closed = await run(`/v1/runs/${id}/close`, closing)
    expect(closed).toMatchObject({ status: 'closed', unaccountedKg: 1, closedAt: day(13), version: 8 })
    expect(closed.outputs.map(({ massKg, moisturePct }) => [massKg, moisturePct])).toEqual([
      [140, 1],
      [95, 1],
    ])
    expect(closed.checks.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
      'R10 pass',
      'R10 pass',
      'R10 pass',
      'R9 pass',
      'R7 review',
    ])
    const read = await readRun(id)
    expect(read).toEqual({ ...closed, outputs: expect.any(Array) })
    expect(read).toMatchObject({ energyKWh: 120.5, waterM3: 1.25, wasteDocument: 'WB-7' })
  })
})

describe('a product lot', () => {
  it('takes water and energy and names where its rejects went, as any run does', async () => {
    const pellets = await givenPellets(runtime, 11)
    const body = aProduct(pellets.id, {
      charges: [{ batchId: pellets.id, massKg: 11 }],
      losses: { reject: 1 },
      wasteDocument: 'WB-9',
      energyKWh: 4,
      waterM3: 0.75,
    })
    const lot = batchOf(await runtime.post('/v1/products', runtime.keys.brand, body))
    expect(await readRun(lot.runId ?? '')).toMatchObject({
      energyKWh: 4,
      waterM3: 0.75,
      wasteDocument: 'WB-9',
    })
    expect(lot.checks).toContainEqual(expect.objectContaining({ rule: 'R10', verdict: 'pass' }))
    expect(lot.checks).not.toContainEqual(expect.objectContaining({ rule: 'R10', verdict: 'review' }))
    const fine = await runtime.post('/v1/products', runtime.keys.brand, { ...body, waterM3: 0.0001 })
    expectProblem(fine, { status: 400, code: 'invalid-request', pointer: '/waterM3' })
  })
})

describe('a consolidation', () => {
  it('makes one lot of 120 pickups in three calls, and keeps where each gram came from', async () => {
    const sites = ['dachen', 'shitang', 'ruoshan']
    const made = await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        givenPickup(runtime, {
          massKg: (1000 + index) / 1000,
          siteId: sites[index % 3],
          occurredAt: day(1 + (index % 5)),
        }),
      ),
    )
    const id = await opened({ step: 'consolidation', siteId: 'jiaojiang' })
    for (const start of [0, 40, 80]) {
      const charges = made.slice(start, start + 40).map(({ id: batchId, massKg }) => ({ batchId, massKg }))
      await run(`/v1/runs/${id}/charges`, { occurredAt: day(10), charges })
    }
    const total = made.reduce((sum, { massKg }) => sum + Math.round(massKg * 1000), 0) / 1000
    const { outputs, charges } = await run(`/v1/runs/${id}/close`, {
      occurredAt: day(11),
      outputs: [{ massKg: total }],
    })
    expect([charges, outputs[0]?.stage, outputs[0]?.form]).toEqual([120, 'collected', 'crate'])
    const grams = outputs[0]?.origins.map(({ placeId, massKg }) => [placeId, Math.round(massKg * 1000)])
    const expected = sites
      .toSorted()
      .map((site) => [
        site,
        made
          .filter(({ siteId }) => siteId === site)
          .reduce((sum, { massKg }) => sum + Math.round(massKg * 1000), 0),
      ])
    expect(grams).toEqual(expected)
  })

  it('of several plastics says what it was put together from, and gives no more of one than that', async () => {
    const crates = await givenPickup(runtime, { massKg: 90 })
    const bottles = await givenPickup(runtime, { massKg: 10, form: 'bottle', polymer: 'PET' })
    const charges = [crates, bottles].map(({ id: batchId, massKg }) => ({ batchId, massKg }))
    const lot = await run(
      '/v1/runs',
      aRun('', { step: 'consolidation', charges, outputs: [{ massKg: 100 }] }),
    )
    const [made] = lot.outputs
    expect(made).toMatchObject({
      polymer: 'mixed',
      polymersKg: { HDPE: 90, PET: 10 },
      sourceForm: 'mixed',
      sourceFormsKg: { crate: 90, bottle: 10 },
    })
    const id = made?.id ?? ''
    const washed = aRun(id, {
      step: 'cleaning',
      charges: [{ batchId: id, massKg: 100 }],
      outputs: [{ massKg: 85, polymer: 'PET' }],
      losses: { 'wash-loss': 15 },
    })
    expectProblem(await post('/v1/runs', washed), {
      status: 422,
      code: 'unlike-input',
      pointer: '/outputs/0/polymer',
      says: ['85 kg of PET came out, of 10 kg'],
    })
  })

  it('refuses a 41st batch in one call, saying how many are allowed', async () => {
    const charges = Array.from({ length: 41 }, () => ({ batchId: 'BZZZZZZZZZZZZ', massKg: 1 }))
    expectProblem(await post(`/v1/runs/${await opened()}/charges`, { charges }), {
      status: 400,
      code: 'invalid-request',
      pointer: '/charges',
      says: ['<=40', 'a list of 41'],
    })
  })
})

describe('opening a run', () => {
  it('is all that a body without charges and outputs does: what belongs to a closing is refused, not lost', async () => {
    const early = { losses: { reject: 1 }, energyKWh: 3, wasteDocument: 'W', claim: { scheme: 'OBP' } }
    const answer = await post('/v1/runs', anOpenRun({ ...early, added: [{ kind: 'virgin', massKg: 1 }] }))
    const { errors } = expectProblem(answer, { status: 400, code: 'invalid-request' })
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/added',
      '/claim',
      '/energyKWh',
      '/losses',
      '/wasteDocument',
    ])
    expect(errors?.[0]?.detail).toContain('close')
  })

  it('takes charges and outputs together or not at all', async () => {
    const { outputs: _, ...half } = aRun('BZZZZZZZZZZZZ')
    expectProblem(await post('/v1/runs', half), { status: 400, code: 'invalid-request', pointer: '/outputs' })
  })
})

describe('If-Match', () => {
  const seen = (version: number) => ({ headers: { 'if-match': `"${version}"` } })

  it('lets a change through only where the run is as it was read', async () => {
    const id = await opened()
    const { id: batchId } = await givenPickup(runtime)
    const body = { occurredAt: day(11), charges: [{ batchId, massKg: 1 }] }
    const stale = { status: 412, code: 'precondition-failed', says: [`${id} as "2"; it is "1" now`] }
    expectProblem(await post(`/v1/runs/${id}/charges`, body, seen(2)), stale)
    const idempotencyKey = newKey()
    const first = await post(`/v1/runs/${id}/charges`, body, { ...seen(1), idempotencyKey })
    const again = await post(`/v1/runs/${id}/charges`, body, { ...seen(1), idempotencyKey })
    expect([first.status, again.text]).toEqual([201, first.text])
    for (const [path, sent] of [
      ['close', { outputs: [{ massKg: 1 }] }],
      ['void', { reason: 'no' }],
    ] as const) {
      const answer = await post(`/v1/runs/${id}/${path}`, sent, seen(1))
      expectProblem(answer, { status: 412, code: 'precondition-failed' })
    }
    const gone = await post(`/v1/runs/${id}/void`, { reason: 'no' }, seen(2))
    expect([gone.status, runView.parse(jsonOf(gone)).status]).toEqual([201, 'void'])
  })
})

describe('giving up a run', () => {
  it('gives every gram back, and the run can then be neither charged, closed nor voided', async () => {
    const [a, b] = [await givenPickup(runtime), await givenPickup(runtime)]
    const id = await opened()
    for (const batchId of [a.id, b.id, a.id]) {
      await run(`/v1/runs/${id}/charges`, { occurredAt: day(11), charges: [{ batchId, massKg: 20 }] })
    }
    const voided = await run(`/v1/runs/${id}/void`, { reason: 'wrong line' })
    expect(voided).toMatchObject({ status: 'void', charges: 0, inputKg: 0 })
    for (const batch of [a, b]) {
      const now = await runtime.batch(batch.id, runtime.keys.auditor)
      expect(now).toMatchObject({ remainingKg: 100, usedIn: [], status: 'active' })
    }
    const gone = { status: 409, code: 'run-not-open', says: ['void'] }
    expectProblem(await post(`/v1/runs/${id}/charges`, { charges: [{ batchId: a.id, massKg: 1 }] }), gone)
    expectProblem(await post(`/v1/runs/${id}/close`, { outputs: [{ massKg: 1 }] }), gone)
    expectProblem(await post(`/v1/runs/${id}/void`, { reason: 'again' }), {
      ...gone,
      says: [`Run ${id} is void already`],
    })
  })

  it('of one that is closed needs it opened again, which needs what came out of it unused', async () => {
    const { id: batchId } = await givenPickup(runtime)
    const made = await run('/v1/runs', aRun(batchId, { step: 'cleaning' }))
    expectProblem(await post(`/v1/runs/${made.id}/void`, { reason: 'x' }), {
      status: 409,
      code: 'run-not-open',
      says: ['first reopen it'],
    })
    const next = aRun(made.outputIds[0] ?? '', {
      step: 'pelletizing',
      charges: [{ batchId: made.outputIds[0], massKg: 1 }],
      outputs: [{ massKg: 1 }],
    })
    const used = await run('/v1/runs', next)
    const { blockedBy } = expectProblem(await post(`/v1/runs/${made.id}/reopen`, { reason: 'x' }), {
      status: 409,
      code: 'correct-first',
    })
    expect(blockedBy).toEqual([`${used.id}-2`])
    await run(`/v1/runs/${used.id}/reopen`, { reason: 'x' })
    await run(`/v1/runs/${used.id}/void`, { reason: 'x' })
    const reopened = await run(`/v1/runs/${made.id}/reopen`, { reason: 'x' })
    expect(reopened).toMatchObject({ status: 'open', inputKg: 10, outputIds: [] })
    const closed = await run(`/v1/runs/${made.id}/close`, { occurredAt: day(12), outputs: [{ massKg: 9 }] })
    expect(closed.outputIds).not.toEqual(made.outputIds)
  })

  it('of a product lot does not leave a product without a name behind', async () => {
    const pellets = await givenPellets(runtime, 20)
    const product = await runtime.post('/v1/products', runtime.keys.brand, aProduct(pellets.id))
    const { runId = '' } = await runtime.batch(
      (product.headers.get('location') ?? '').split('/').at(-1) ?? '',
      runtime.keys.brand,
    )
    const { brand, operator } = runtime.keys
    jsonOf(await runtime.post(`/v1/runs/${runId}/reopen`, brand, { reason: 'too many' }))
    const outputs = { outputs: [{ massKg: 10 }] }
    expectProblem(await runtime.post(`/v1/runs/${runId}/close`, operator, outputs), {
      status: 409,
      code: 'run-not-open',
      says: ['make the product lot anew'],
    })
    const given = await runtime.post(`/v1/runs/${runId}/void`, brand, { reason: 'too many' })
    expect(runView.parse(jsonOf(given)).status).toBe('void')
    expect(await runtime.batch(pellets.id, runtime.keys.brand)).toMatchObject({ remainingKg: 20 })
  })
})

it('uses at once what a phone that runs four minutes ahead has recorded', async () => {
  const ahead = new Date(Date.now() + 240_000).toISOString()
  const { id: batchId, occurredAt, recordedAt } = await givenPickup(runtime, { occurredAt: ahead })
  expect(occurredAt).toBe(recordedAt)
  const { occurredAt: _, ...now } = aRun(batchId)
  expect((await post('/v1/runs', now)).status).toBe(201)
})
