import { describe, expect, it } from 'vitest'
import { correctionView } from '../../shared/contract/answers/quality.ts'
import { jsonOf } from '../client.ts'
import {
  aCertificate,
  anInspection,
  anOpenRun,
  aPickup,
  aProduct,
  aReceipt,
  aRun,
  AT_SEA,
  givenId,
  givenPellets,
  givenPickup,
  givenRun,
  givenRunOf,
  givenShipment,
} from '../given.ts'
import { eventually, runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Mistakes, taken back or said anew, with their effects on everything derived. */
const runtime = runtimeForTests()

const correct = (event: string, changes: object = {}, key = runtime.keys.station) =>
  runtime.post(`/v1/events/${event}/corrections`, key, { reason: 'typed wrong', ...changes })
const corrected = async (event: string, changes: object = {}, key = runtime.keys.station) =>
  correctionView.parse(jsonOf(await correct(event, changes, key)))
const read = (id: string) => runtime.batch(id, runtime.keys.auditor)
const anew = (changes: object) => {
  const { siteId: _, occurredAt: __, ...fields } = aPickup(changes)
  return { instead: { type: 'PickupRecorded', ...fields } }
}

describe('a pickup', () => {
  it('said anew shows its new mass everywhere, the public page included', async () => {
    const { id } = await givenPickup(runtime)
    const answer = await corrected(`${id}-1`, anew({ massKg: 62.5, moisturePct: 12 }))
    expect(answer).toMatchObject({ id: `${id}-2`, corrects: `${id}-1`, type: 'PickupRecorded' })
    expect(await read(id)).toMatchObject({ massKg: 62.5, remainingKg: 62.5, moisturePct: 12 })
    const shown = await eventually('the passport to follow', async () => {
      const { text } = await runtime.get(`/b/${id}?format=json`)
      return text.includes('62500') ? text : undefined
    })
    expect(shown).not.toContain('100000')
  })

  it('said anew is checked like a new one', async () => {
    const { id } = await givenPickup(runtime)
    const light = await correct(`${id}-1`, anew({ massKg: undefined, grossKg: 1, tareKg: 2 }))
    expectProblem(light, {
      status: 400,
      code: 'invalid-request',
      pointer: '/tareKg',
      says: ['leaves no material'],
    })
    const heavy = await correct(`${id}-1`, anew({ massKg: 5, grossKg: 9, tareKg: 2 }))
    expect(expectProblem(heavy, { status: 422, code: 'check-failed' }).rule?.id).toBe('R3')
    expectProblem(await correct(`${id}-1`, anew({ moisturePct: 100 })), {
      status: 400,
      code: 'invalid-request',
      pointer: '/instead/moisturePct',
      says: ['below 100 %', 'Given: 100'],
    })
    const unknown = await correct(`${id}-1`, {
      instead: { type: 'PickupRecorded', form: 'net', siteId: 'dachen' },
    })
    expectProblem(unknown, { status: 400, code: 'invalid-request', pointer: '/instead/siteId' })
    expect(await read(id)).toMatchObject({ massKg: 100 })
  })

  it('keeps what is private out of the correction too', async () => {
    const { id } = await givenPickup(runtime)
    await corrected(`${id}-1`, anew({ position: { lat: 28.27161, lon: 121.61543 } }))
    const { text } = await runtime.get(`/v1/batches/${id}/events`, { key: runtime.keys.auditor })
    expect(text).toContain('EventCorrected')
    for (const secret of ['28.2716', '121.6154']) expect(text).not.toContain(secret)
    expect((await read(id)).origins).toMatchObject([{ placeId: 'shitang' }])
  })

  it('that never was can be neither used nor corrected again', async () => {
    const { id } = await givenPickup(runtime)
    await corrected(`${id}-1`)
    expect(await read(id)).toMatchObject({ status: 'void', massKg: 0, origins: [] })
    expectProblem(await runtime.post('/v1/runs', runtime.keys.recycler, aRun(id)), {
      status: 409,
      code: 'batch-not-active',
      says: ['declared a mistake'],
    })
    expectProblem(await correct(`${id}-1`), { status: 422, code: 'not-correctable', says: [`by ${id}-2`] })
  })

  it('may be entered again with its own photo once it was taken back', async () => {
    const photos = [{ sha256: 'cd'.repeat(32), mediaType: 'image/jpeg', bytes: 10 }]
    const wrongDay = await givenPickup(runtime, { photos, occurredAt: '2026-08-01T12:00:00.000Z' })
    await corrected(`${wrongDay.id}-1`)
    const again = await givenPickup(runtime, { photos })
    expect(again.checks).toContainEqual(expect.objectContaining({ rule: 'R5', verdict: 'pass' }))
    const third = await runtime.post('/v1/pickups', runtime.keys.station, aPickup({ photos }))
    expectProblem(third, { status: 422, code: 'check-failed', says: [again.id] })
  })
})

describe('a chain of mistakes', () => {
  it('is refused with what must be corrected first, and gives way when it is, to the last gram', async () => {
    const { id } = await givenPickup(runtime)
    const flakes = await givenRun(runtime, 'cleaning', id, 60)
    const pellets = await givenRun(runtime, 'pelletizing', flakes.id, 60)
    const taken: string[] = []
    const takeBack = async (event: string): Promise<void> => {
      const answer = await correct(event, {}, runtime.keys.operator)
      if (answer.status === 201) {
        taken.push(event)
        return
      }
      const { blockedBy = [], detail } = expectProblem(answer, { status: 409, code: 'correct-first' })
      for (const first of blockedBy) {
        expect(detail).toContain(first)
        await takeBack(first)
      }
      await takeBack(event)
    }
    await takeBack(`${id}-1`)
    const [washing, extruding] = [flakes.runId, pellets.runId]
    expect(taken).toEqual([`${extruding}-3`, `${extruding}-2`, `${washing}-3`, `${washing}-2`, `${id}-1`])
    for (const batch of [id, flakes.id, pellets.id]) expect((await read(batch)).status).toBe('void')
  })
})

describe('a hold', () => {
  it('is not shaken off by opening its run again, which would make the held batch anew', async () => {
    const { id: batchId } = await givenPickup(runtime)
    const run = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
    await givenRunOf(runtime, `/v1/runs/${run}/charges`, { charges: [{ batchId, massKg: 10 }] })
    const { outputs } = await givenRunOf(runtime, `/v1/runs/${run}/close`, { outputs: [{ massKg: 9 }] })
    const made = `/v1/batches/${outputs[0]?.id}`
    await runtime.post(`${made}/hold`, runtime.keys.operator, { reason: 'contamination' })
    const reopen = () => runtime.post(`/v1/runs/${run}/reopen`, runtime.keys.recycler, { reason: 'typo' })
    expectProblem(await reopen(), {
      status: 409,
      code: 'batch-held',
      says: ['Release first', 'contamination'],
    })
    await runtime.post(`${made}/release`, runtime.keys.operator, {})
    expect((await reopen()).status).toBe(201)
  })
})

describe('a charge', () => {
  it('taken back gives its grams and its claims back, and what it brought leaves the run', async () => {
    await runtime.post('/v1/certificates', runtime.keys.operator, aCertificate())
    const [a, b] = [await givenPickup(runtime, AT_SEA), await givenPickup(runtime)]
    const run = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
    for (const { id: batchId } of [a, b]) {
      await givenRunOf(runtime, `/v1/runs/${run}/charges`, { charges: [{ batchId, massKg: 33.333 }] })
    }
    await corrected(`${run}-2`, {}, runtime.keys.recycler)
    expect(await read(a.id)).toMatchObject({ remainingKg: 100, remainingClaimsKg: { OBP: 100 }, usedIn: [] })
    const closed = await givenRunOf(runtime, `/v1/runs/${run}/close`, { outputs: [{ massKg: 30 }] })
    expect(closed).toMatchObject({ inputKg: 33.333, charges: 1, claimsKg: {} })
    expect(closed.outputs[0]?.origins).toEqual([
      { placeId: 'dachen', period: '2026-08', found: 'unrecorded', massKg: 30 },
    ])
  })

  it('taken back frees a run of a hold that came with it', async () => {
    const [bad, good] = [await givenPickup(runtime), await givenPickup(runtime)]
    const run = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
    for (const { id: batchId } of [bad, good]) {
      await givenRunOf(runtime, `/v1/runs/${run}/charges`, { charges: [{ batchId, massKg: 10 }] })
    }
    await runtime.post(`/v1/batches/${bad.id}/hold`, runtime.keys.recycler, { reason: 'contamination' })
    await eventually('the run to be held', async () => {
      const { text } = await runtime.get(`/v1/runs/${run}`, { key: runtime.keys.auditor })
      return text.includes('"held":true') ? true : undefined
    })
    await corrected(`${run}-2`, {}, runtime.keys.recycler)
    const { held, outputs } = await givenRunOf(runtime, `/v1/runs/${run}/close`, {
      outputs: [{ massKg: 10 }],
    })
    expect([held, outputs[0]?.held]).toEqual([false, false])
  })
})

describe('others', () => {
  it('a shipment that never left, a receipt of the wrong load, a lab report, a product’s name', async () => {
    const { id } = await givenPickup(runtime)
    const first = await givenShipment(runtime, id)
    await corrected(`${first}-1`)
    expect(await read(id)).toMatchObject({ status: 'active', remainingKg: 100 })
    const second = await givenShipment(runtime, id)
    const theirs = runtime.otherKeys.station
    await runtime.post(`/v1/shipments/${second}/receipt`, theirs, aReceipt([{ batchId: id, massKg: 90 }]))
    const blocked = expectProblem(await correct(`${second}-1`), { status: 409, code: 'correct-first' })
    expect(blocked).toMatchObject({ blockedBy: [`${second}-2`] })
    expect(blocked.detail).toContain('by zhoushan-coop')
    expectProblem(await correct(`${second}-2`), { status: 404, code: 'not-found' })
    await corrected(`${second}-2`, {}, theirs)
    expect(await read(id)).toMatchObject({ status: 'in-transit', organisationId: 'demo-coop' })

    const tested = await givenPickup(runtime)
    const report = await givenId(
      runtime,
      `/v1/batches/${tested.id}/inspections`,
      runtime.keys.station,
      anInspection(),
    )
    const { occurredAt: _, ...inspection } = anInspection({ lab: 'Hangzhou lab' })
    await corrected(report, { instead: { type: 'BatchInspected', ...inspection } })
    expect((await read(tested.id)).inspections).toMatchObject([{ id: report, lab: 'Hangzhou lab' }])

    const pellets = await givenPellets(runtime, 10)
    const lot = await givenId(runtime, '/v1/products', runtime.keys.brand, aProduct(pellets.id))
    const { runId } = await read(lot)
    await corrected(`${runId}-4`, { instead: { type: 'ProductMade', name: 'Comb' } }, runtime.keys.brand)
    expect((await read(lot)).product).toMatchObject({ name: 'Comb', units: 500 })
  })
})

describe('a correction', () => {
  it('is refused that is dated before what it corrects, without a reason, or for nothing', async () => {
    const { id } = await givenPickup(runtime)
    const before = await correct(`${id}-1`, { occurredAt: '2026-07-31T00:00:00Z' })
    expectProblem(before, { status: 422, code: 'time-order', pointer: '/occurredAt' })
    expectProblem(await correct(`${id}-1`, { reason: ' ' }), {
      status: 400,
      code: 'invalid-request',
      pointer: '/reason',
    })
    for (const event of [`${id}-2`, 'B1', `${id}-01`, id]) {
      expectProblem(await correct(event), { status: 404, code: 'not-found' })
    }
    const other = { instead: { type: 'ProductMade', name: 'x' } }
    expectProblem(await correct(`${id}-1`, other), {
      status: 400,
      code: 'invalid-request',
      pointer: '/instead',
    })
    expect(await read(id)).toMatchObject({ status: 'active', massKg: 100 })
  })
})
