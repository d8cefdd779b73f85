import { describe, expect, it } from 'vitest'
import {
  certificateList,
  certificateView,
  holdView,
  inspectionView,
  releaseView,
} from '../../shared/contract/answers/quality.ts'
import { tracePage } from '../../shared/contract/answers/batches.ts'
import { massBalanceView } from '../../shared/contract/answers/reports.ts'
import { runView } from '../../shared/contract/answers/runs.ts'
import type { Passport } from '../../shared/domain/passport/passport.ts'
import { jsonOf } from '../client.ts'
import {
  aCertificate,
  anInspection,
  anOpenRun,
  aReceipt,
  aRun,
  givenId,
  givenPickup,
  givenRun,
  givenRunOf,
  givenShipment,
} from '../given.ts'
import { eventually, runtimeForTests } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** Lab results, holds that reach everything downstream, and certificates. */
const runtime = runtimeForTests()

const post = (path: string, body: object, key = runtime.keys.recycler, options = {}) =>
  runtime.post(path, key, { ...body }, options)
const hold = async (id: string, body: object = { reason: 'contamination' }, key = runtime.keys.recycler) =>
  holdView.parse(jsonOf(await post(`/v1/batches/${id}/hold`, body, key)))
const release = async (id: string, body: object = {}, key = runtime.keys.recycler) =>
  releaseView.parse(jsonOf(await post(`/v1/batches/${id}/release`, body, key)))
const until = (id: string, held: boolean) =>
  eventually(`${id} to be ${held ? 'held' : 'free'}`, async () =>
    (await runtime.batch(id, runtime.keys.auditor)).held === held ? true : undefined,
  )

describe('an inspection', () => {
  it('is shown with the batch, and whether it passed is computed', async () => {
    const { id } = await givenPickup(runtime)
    const results = [{ parameter: 'ash', method: 'ISO 3451-1', value: 3.1, unit: '%', highest: 3 }]
    const reportSha256 = 'ab'.repeat(32)
    const made = inspectionView.parse(
      jsonOf(await post(`/v1/batches/${id}/inspections`, anInspection({ results, reportSha256 }))),
    )
    expect(made).toMatchObject({ batchId: id, passed: false, results: [{ passed: false }] })
    const { inspections } = await runtime.batch(id, runtime.keys.auditor)
    expect(inspections).toMatchObject([
      { id: made.id, passed: false, lab: 'Ningbo lab', sample: 'S-1', reportSha256 },
    ])
  })

  it('without limits has no verdict, and does not hide that another result failed', async () => {
    const { id } = await givenPickup(runtime)
    const lead = { parameter: 'lead', method: 'XRF', value: 9_000, unit: 'ppm' }
    const inspected = async (results: readonly object[]) =>
      inspectionView.parse(jsonOf(await post(`/v1/batches/${id}/inspections`, anInspection({ results }))))
    const measured = await inspected([lead])
    expect(measured).not.toHaveProperty('passed')
    expect(measured.results[0]).not.toHaveProperty('passed')
    expect(await inspected([lead, { ...lead, highest: 100 }])).toMatchObject({ passed: false })
    const { inspections } = await runtime.batch(id, runtime.keys.auditor)
    expect(inspections?.map(({ passed }) => passed)).toEqual([undefined, false])
  })

  it('that failed is an exception in the mass balance of its site', async () => {
    const { id } = await givenPickup(runtime, { siteId: 'ruoshan' })
    const results = [
      { parameter: 'ash', method: 'ISO 3451-1', value: 9, unit: '%', highest: 3 },
      { parameter: 'moisture', method: 'ISO 15512', value: 1, unit: '%', highest: 3 },
    ]
    const made = inspectionView.parse(
      jsonOf(await post(`/v1/batches/${id}/inspections`, anInspection({ results }))),
    )
    const path = '/v1/reports/mass-balance?site=ruoshan&from=2026-08-01&to=2026-09-01'
    const exceptions = await eventually('the report to know', async () => {
      const { report } = massBalanceView.parse(jsonOf(await runtime.get(path, { key: runtime.keys.auditor })))
      return report.exceptions.counts['failed-inspection'] === 1 ? report.exceptions.listed : undefined
    })
    expect(exceptions).toContainEqual(
      expect.objectContaining({
        kind: 'failed-inspection',
        event: made.id,
        batchId: id,
        outside: ['ash'],
      }),
    )
    const csv = await runtime.get(`${path}&format=csv`, { key: runtime.keys.auditor })
    expect(csv.text).toContain(`${id}: ash`)
  })

  it.each([
    ['no result', { results: [] }, '/results'],
    [
      'limits the wrong way round',
      { results: [{ parameter: 'a', method: 'm', value: 1, unit: '%', lowest: 2, highest: 1 }] },
      '/results/0/highest',
    ],
    ['a report that is no hash', { reportSha256: 'report.pdf' }, '/reportSha256'],
    [
      'a value in words',
      { results: [{ parameter: 'a', method: 'm', value: '<0.1', unit: '%' }] },
      '/results/0/value',
    ],
  ])('is refused with %s', async (_what, changes, pointer) => {
    const { id } = await givenPickup(runtime)
    const answer = await post(`/v1/batches/${id}/inspections`, anInspection(changes))
    expectProblem(answer, { status: 400, code: 'invalid-request', pointer })
  })
})

describe('a hold', () => {
  it('reaches all that was made of a batch, through runs that are still open, and leaves with its release', async () => {
    const { id } = await givenPickup(runtime)
    const flakes = await givenRun(runtime, 'cleaning', id, 40)
    const pellets = await givenRun(runtime, 'pelletizing', flakes.id, 40)
    const open = await givenId(
      runtime,
      '/v1/runs',
      runtime.keys.recycler,
      anOpenRun({ step: 'blending', occurredAt: '2026-08-11T00:00:00.000Z' }),
    )
    await givenRunOf(runtime, `/v1/runs/${open}/charges`, { charges: [{ batchId: pellets.id, massKg: 10 }] })
    const { holdId } = await hold(id)
    await until(pellets.id, true)
    const run = await eventually('the run to be held', async () => {
      const read = runView.parse(jsonOf(await runtime.get(`/v1/runs/${open}`, { key: runtime.keys.auditor })))
      return read.held ? read : undefined
    })
    expect(run.held).toBe(true)
    const told = { status: 409, code: 'batch-held' }
    expectProblem(await post('/v1/runs', aRun(pellets.id, { step: 'blending' })), {
      ...told,
      says: ['something it was made of is held'],
    })
    const fresh = await givenRun(runtime, 'cleaning', (await givenPickup(runtime)).id, 10)
    const joining = { charges: [{ batchId: fresh.id, massKg: 1 }] }
    expectProblem(await post(`/v1/runs/${open}/charges`, joining), {
      ...told,
      says: ['holds material that is held'],
    })
    expect((await runtime.batch(pellets.id, runtime.keys.auditor)).holds).toMatchObject([
      { holdId, batchId: id, organisationId: 'demo-coop', reason: 'contamination' },
    ])
    const { outputs } = await givenRunOf(runtime, `/v1/runs/${open}/close`, { outputs: [{ massKg: 10 }] })
    expect(outputs[0]?.held).toBe(true)
    const forward = await runtime.get(`/v1/batches/${id}/trace?direction=forward`, {
      key: runtime.keys.auditor,
    })
    const nodes = tracePage.parse(jsonOf(forward)).nodes
    expect(nodes.map(({ held }) => held)).toEqual(nodes.map(() => true))
    expect(nodes).toHaveLength(4)
    expect(await release(id)).toMatchObject({ released: [holdId], batch: { held: false } })
    for (const batch of [flakes.id, pellets.id, outputs[0]?.id ?? '']) await until(batch, false)
  })

  it('names in the forward trace the open run in which the material is', async () => {
    const { id } = await givenPickup(runtime)
    const run = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
    await givenRunOf(runtime, `/v1/runs/${run}/charges`, { charges: [{ batchId: id, massKg: 100 }] })
    const nodes = async () => {
      const path = `/v1/batches/${id}/trace?direction=forward`
      return tracePage.parse(jsonOf(await runtime.get(path, { key: runtime.keys.auditor }))).nodes
    }
    const step = { runId: run, step: 'cleaning', organisationId: 'demo-coop', siteId: 'huzhou' }
    expect((await nodes()).map((node) => [node.id, node.inRuns])).toEqual([[id, [step]]])
    const { outputs } = await givenRunOf(runtime, `/v1/runs/${run}/close`, { outputs: [{ massKg: 80 }] })
    expect((await nodes()).map((node) => [node.id, node.inRuns])).toEqual([
      [id, undefined],
      [outputs[0]?.id, undefined],
    ])
  })

  it('names in the forward trace whom a load on its way has to be asked back from', async () => {
    const { id } = await givenPickup(runtime)
    const flakes = await givenRun(runtime, 'cleaning', id, 40)
    const shipment = await givenShipment(runtime, flakes.id)
    const told = async () => {
      const path = `/v1/batches/${id}/trace?direction=forward`
      const { nodes } = tracePage.parse(jsonOf(await runtime.get(path, { key: runtime.keys.auditor })))
      return nodes.map((node) => [node.id, node.organisationId, node.inTransitTo])
    }
    const to = { organisationId: 'zhoushan-coop', siteId: 'shenjiamen' }
    expect(await told()).toEqual([
      [id, 'demo-coop', undefined],
      [flakes.id, 'demo-coop', to],
    ])
    const receipt = aReceipt([{ batchId: flakes.id, massKg: 40 }])
    jsonOf(await post(`/v1/shipments/${shipment}/receipt`, receipt, runtime.otherKeys.station))
    expect(await told()).toEqual([
      [id, 'demo-coop', undefined],
      [flakes.id, 'zhoushan-coop', undefined],
    ])
  })

  it('shows on public pages within seconds, with its reason and without the note', async () => {
    const { id } = await givenPickup(runtime)
    const flakes = await givenRun(runtime, 'cleaning', id, 40)
    await hold(id, { reason: 'origin-in-doubt', note: 'asked the harbour master' })
    const passport = await eventually('the passport to tell', async () => {
      const { status, text } = await runtime.get(`/b/${flakes.id}?format=json`)
      if (status !== 200) return undefined
      const read: Passport = JSON.parse(text)
      return read.holds.length > 0 ? { read, text } : undefined
    })
    expect(passport.read.holds).toMatchObject([{ batch: id, reason: 'origin-in-doubt' }])
    expect(passport.text).not.toContain('harbour master')
  })

  it('changes what a reader has cached, though nothing happened to the batch itself', async () => {
    const { id } = await givenPickup(runtime)
    const flakes = await givenRun(runtime, 'cleaning', id, 40)
    const key = runtime.keys.auditor
    const tag = (await runtime.get(`/v1/batches/${flakes.id}`, { key })).headers.get('etag') ?? ''
    await hold(id)
    await until(flakes.id, true)
    const again = await runtime.get(`/v1/batches/${flakes.id}`, { key, headers: { 'if-none-match': tag } })
    expect(again.status).toBe(200)
    const headers = { 'if-match': again.headers.get('etag') ?? '' }
    expect(
      (await post(`/v1/batches/${flakes.id}/inspections`, anInspection(), undefined, { headers })).status,
    ).toBe(201)
    const stale = await post(`/v1/batches/${flakes.id}/hold`, { reason: 'other' }, undefined, { headers })
    expectProblem(stale, { status: 412, code: 'precondition-failed' })
  })

  it('is placed once for each reason, and released by who placed it', async () => {
    const { id } = await givenPickup(runtime)
    await hold(id)
    const again = await post(`/v1/batches/${id}/hold`, { reason: 'contamination' })
    expectProblem(again, { status: 409, code: 'batch-held', says: ['already, since'] })
    const second = await hold(id, { reason: 'quality' })
    expect(await release(id, { holdId: second.holdId })).toMatchObject({ batch: { held: true } })
    expect(await release(id)).toMatchObject({ batch: { held: false } })
    expectProblem(await post(`/v1/batches/${id}/release`, {}), { status: 409, code: 'not-held' })
  })

  it('of a receiver can be released by it even after its receipt was taken back', async () => {
    const { id } = await givenPickup(runtime)
    const theirs = runtime.otherKeys.station
    const shipment = await givenShipment(runtime, id)
    await post(`/v1/shipments/${shipment}/receipt`, aReceipt([{ batchId: id, massKg: 100 }]), theirs)
    await hold(id, { reason: 'quality' }, theirs)
    const taken = await post(`/v1/events/${shipment}-2/corrections`, { reason: 'another load' }, theirs)
    expect(taken.status).toBe(201)
    expect((await release(id, {}, theirs)).released).toHaveLength(1)
  })
})

describe('a certificate', () => {
  const list = async (key: string) =>
    certificateList.parse(jsonOf(await runtime.get('/v1/certificates', { key }))).items

  it('is listed as soon as it is registered, and as withdrawn as soon as it is', async () => {
    const made = certificateView.parse(
      jsonOf(await post('/v1/certificates', aCertificate(), runtime.keys.operator)),
    )
    expect(await list(runtime.keys.auditor)).toContainEqual(made)
    expect(await list(runtime.otherKeys.auditor)).toEqual([])
    const path = `/v1/events/${made.id}-1/corrections`
    const refused = await post(path, { reason: 'wrong number' }, runtime.keys.station)
    expectProblem(refused, { status: 403, code: 'role-not-allowed', says: ['operator'] })
    expect((await post(path, { reason: 'wrong number' }, runtime.keys.operator)).status).toBe(201)
    expect((await list(runtime.keys.auditor)).find(({ id }) => id === made.id)?.withdrawnAt).toBeDefined()
  })

  it.each([
    ['that ends before it begins', { validTo: '2025-12-31' }, 400, 'invalid-request', '/validTo'],
    ['for a site of others', { sites: ['dachen', 'shenjiamen'] }, 422, 'unknown-site', '/sites/1'],
    ['for no step', { steps: [] }, 400, 'invalid-request', '/steps'],
    ['of a scheme in lower case', { scheme: 'obp' }, 400, 'invalid-request', '/scheme'],
    ['on no day', { validFrom: '2026-02-30' }, 400, 'invalid-request', '/validFrom'],
    ['with a link that is none', { url: 'javascript:alert(1)' }, 400, 'invalid-request', '/url'],
  ])('is refused %s', async (_what, changes, status, code, pointer) => {
    const answer = await post('/v1/certificates', aCertificate(changes), runtime.keys.operator)
    expectProblem(answer, { status, code, pointer })
  })
})
