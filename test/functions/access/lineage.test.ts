import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventPage, tracePage } from '../../../shared/contract/answers/batches.ts'
import { grantView } from '../../../shared/contract/answers/identity.ts'
import { runView } from '../../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf } from '../../client.ts'
import { aPickup, aReceipt, aShipment, idOf } from '../../given.ts'
import { expectProblem } from '../refused.ts'
import { startPartners, type Partners } from './partners.ts'

/** How far partners see up and down a lineage, where nothing was granted and where something was. */
let { coop, zhoushan, ningbo } = { coop: '', zhoushan: '', ningbo: '' }
let lineage: Partners['batches']
let runs: Partners['runs']
let post: Partners['post']
let get: Partners['get']

let partners: Partners
beforeAll(async () => {
  partners = await startPartners()
  ;({ coop, zhoushan, ningbo, runs, post, get, batches: lineage } = partners)
})
afterEach(async () => {
  await partners.revokeAll()
})
afterAll(() => partners.world.end())

const lets = (key: string, to: string, depth: number) => partners.grant(key, { kind: 'lineage', to, depth })

/** What a trace says, without what is the same for all. */
async function traced(batch: string, key: string, direction = 'backward') {
  const { nodes } = tracePage.parse(
    jsonOf(await get(`/v1/batches/${batch}/trace?direction=${direction}`, key)),
  )
  return nodes.map(({ id, from }) => ({ id, from }))
}
const statusOf = async (path: string, key: string): Promise<number> => (await get(path, key)).status
const closed = { hidden: true, stage: 'cleaned', massKg: 60, month: '2026-08' }

describe('where nothing was granted, a partner', () => {
  it('sees what it was shipped and the run that made it, and further up stage, mass and month', async () => {
    expect(await traced(lineage.pellets, zhoushan)).toEqual([{ id: lineage.pellets, from: [closed] }])
    expect(batchOf(await get(`/v1/batches/${lineage.pellets}`, zhoushan)).runId).toBe(runs.pelletizing)
    const run = runView.parse(jsonOf(await get(`/v1/runs/${runs.pelletizing}`, zhoushan)))
    expect(run).toMatchObject({
      inputKg: 60,
      outputIds: [lineage.pellets],
      outputs: [{ id: lineage.pellets }],
    })
    for (const path of [
      `/v1/batches/${lineage.flakes}`,
      `/v1/batches/${lineage.pickup}/events`,
      `/v1/batches/${lineage.flakes}/trace`,
      `/v1/runs/${runs.cleaning}`,
      `/v1/runs/${runs.pelletizing}/events`,
    ])
      expectProblem(await get(path, zhoushan), { status: 404, code: 'not-found' })
  })

  it('sees in the history how it was made and moved, and of what names other batches of others a hash alone', async () => {
    const page = eventPage.parse(jsonOf(await get(`/v1/batches/${lineage.pellets}/events`, zhoushan)))
    expect(page.items.map(({ event, hidden }) => event?.['type'] ?? hidden)).toEqual([
      'RunClosed',
      'BatchShipped',
      'BatchReceived',
      'RunCharged',
    ])
    const all = eventPage.parse(jsonOf(await get(`/v1/batches/${lineage.pellets}/events`, coop)))
    expect(all.items.map(({ hash }) => hash)).toEqual(page.items.map(({ hash }) => hash))
    expect(all.items.map(({ event, hidden }) => event?.['type'] ?? hidden)).toEqual([
      'RunClosed',
      'BatchShipped',
      'BatchReceived',
      true,
    ])
  })

  it('that passed a batch on sees that it did, and nothing of what became of it', async () => {
    const pellets = batchOf(await get(`/v1/batches/${lineage.pellets}`, coop))
    expect(pellets).toMatchObject({
      status: 'passed-on',
      organisationId: 'zhoushan-coop',
      siteId: 'shenjiamen',
      remainingKg: 0,
      usedIn: [],
    })
    const onward = await traced(lineage.pickup, coop, 'forward')
    expect(onward.map(({ id }) => id)).toEqual([
      lineage.pickup,
      ...[lineage.flakes, lineage.spare].toSorted(),
      lineage.pellets,
    ])
    const told = await get(`/v1/batches/${lineage.pickup}/trace?direction=forward`, coop)
    for (const id of [lineage.blend, lineage.rest, runs.blending]) expect(told.text).not.toContain(id)
    expect(await statusOf(`/v1/batches/${lineage.blend}`, coop)).toBe(404)
    expect(await statusOf(`/v1/runs/${runs.blending}`, coop)).toBe(404)
  })

  it('is told why and since when what it has is held, and not on which batch of whose', async () => {
    jsonOf(await post(`/v1/batches/${lineage.pickup}/hold`, coop, { reason: 'contamination' }))
    await partners.world.runtime.projected()
    const told = await get(`/v1/batches/${lineage.blend}`, ningbo)
    const { holds } = batchOf(told)
    expect(holds).toEqual([{ reason: 'contamination', since: expect.any(String) }])
    const said = told.text + (told.headers.get('etag') ?? '')
    for (const theirs of [lineage.pickup, 'demo-coop']) expect(said).not.toContain(theirs)
    const [own] = batchOf(await get(`/v1/batches/${lineage.flakes}`, coop)).holds ?? []
    expect(own).toMatchObject({ batchId: lineage.pickup, organisationId: 'demo-coop' })
    jsonOf(await post(`/v1/batches/${lineage.pickup}/release`, coop, {}))
    await partners.world.runtime.projected()
  })

  it('of a partner sees nothing of whom that was supplied by', async () => {
    const from = [{ hidden: true, stage: 'pelletized', massKg: 50, month: '2026-08' }]
    expect(await traced(lineage.blend, ningbo)).toEqual([{ id: lineage.blend, from }])
    const run = runView.parse(jsonOf(await get(`/v1/runs/${runs.blending}`, ningbo)))
    expect(run.outputs.map(({ id }) => id)).toEqual([lineage.blend])
    expect((await get(`/v1/batches/${lineage.blend}/trace`, ningbo)).text).not.toContain('coop')
  })
})

describe('who passed a batch on to one who passed it on', () => {
  it('learns nothing of whom it went to, neither by its holds nor by what cannot be corrected any more', async () => {
    const batch = idOf(await post('/v1/pickups', coop, aPickup()))
    const at = (day: number) => ({ occurredAt: `2026-08-${day}T00:00:00.000Z` })
    const pass = async (from: string, load: object, receiver: string, day: number): Promise<string> => {
      const shipment = idOf(await post('/v1/shipments', from, aShipment([batch], { ...load, ...at(day) })))
      const receipt = aReceipt([{ batchId: batch, massKg: 100 }], at(day + 1))
      jsonOf(await post(`/v1/shipments/${shipment}/receipt`, receiver, receipt))
      return shipment
    }
    await pass(coop, { siteId: 'dachen' }, zhoushan, 13)
    const to = { organisationId: 'ningbo', siteId: 'beilun' }
    const onward = await pass(zhoushan, { siteId: 'shenjiamen', to }, ningbo, 15)
    jsonOf(await post(`/v1/batches/${batch}/hold`, ningbo, { reason: 'quality' }))
    jsonOf(await post(`/v1/batches/${batch}/hold`, coop, { reason: 'origin-in-doubt' }))
    const answers = [
      await get(`/v1/batches/${batch}`, coop),
      await get(`/v1/batches/${batch}/events`, coop),
      await post(`/v1/batches/${batch}/release`, coop),
      await post(`/v1/events/${batch}-1/corrections`, coop, { reason: 'typed wrong' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 409])
    for (const { text } of answers)
      expect([onward, 'ningbo', 'beilun'].filter((secret) => text.includes(secret))).toEqual([])
    expect(batchOf(await get(`/v1/batches/${batch}`, coop)).holds).toEqual([
      { reason: 'quality', since: expect.any(String) },
    ])
    expect(batchOf(await get(`/v1/batches/${batch}`, zhoushan)).holds).toMatchObject([
      { organisationId: 'ningbo' },
    ])
  })
})

describe('a lineage grant', () => {
  it('opens so many runs up as it says, in traces and by their ids, and no more', async () => {
    await lets(coop, 'zhoushan-coop', 2)
    const collected = { hidden: true, stage: 'collected', massKg: 100, month: '2026-08' }
    expect(await traced(lineage.pellets, zhoushan)).toEqual([
      { id: lineage.pellets, from: [{ batchId: lineage.flakes, massKg: 60 }] },
      { id: lineage.flakes, from: [collected] },
    ])
    expect(await traced(lineage.flakes, zhoushan)).toEqual([{ id: lineage.flakes, from: [collected] }])
    const cleaning = runView.parse(jsonOf(await get(`/v1/runs/${runs.cleaning}`, zhoushan)))
    expect(cleaning).toMatchObject({ outputIds: [lineage.flakes], outputs: [] })
    const flakes = eventPage.parse(jsonOf(await get(`/v1/batches/${lineage.flakes}/events`, zhoushan)))
    expect(flakes.items.map(({ event, hidden }) => event?.['type'] ?? hidden)).toEqual([true, true])
    expect((await get(`/v1/runs/${runs.cleaning}`, zhoushan)).text).not.toContain(lineage.spare)
    expect(await statusOf(`/v1/batches/${lineage.pickup}`, zhoushan)).toBe(404)
    expect(await statusOf(`/v1/batches/${lineage.spare}`, zhoushan)).toBe(404)

    await lets(coop, 'zhoushan-coop', 3)
    expect((await traced(lineage.pellets, zhoushan)).map(({ id }) => id)).toEqual([
      lineage.pellets,
      lineage.flakes,
      lineage.pickup,
    ])
    expect(await statusOf(`/v1/batches/${lineage.pickup}/checks`, zhoushan)).toBe(200)
  })

  it('of depth 0 closes even the run that made what was shipped', async () => {
    await lets(coop, 'zhoushan-coop', 0)
    expect(await traced(lineage.pellets, zhoushan)).toEqual([
      { id: lineage.pellets, from: [{ hidden: true }] },
    ])
    expect(batchOf(await get(`/v1/batches/${lineage.pellets}`, zhoushan)).runId).toBeUndefined()
    expect(await statusOf(`/v1/runs/${runs.pelletizing}`, zhoushan)).toBe(404)
    const [first] = eventPage.parse(
      jsonOf(await get(`/v1/batches/${lineage.pellets}/events`, zhoushan)),
    ).items
    expect(first).toEqual({ hash: first?.hash, hidden: true })
  })

  it('opens what two had only where both let it be seen', async () => {
    await lets(coop, 'ningbo', 20)
    expect(await traced(lineage.blend, ningbo)).toHaveLength(1)
    expect(await statusOf(`/v1/batches/${lineage.pickup}`, ningbo)).toBe(404)
    await lets(zhoushan, 'ningbo', 2)
    expect((await traced(lineage.blend, ningbo)).map(({ id }) => id)).toEqual([
      lineage.blend,
      lineage.pellets,
      lineage.flakes,
      lineage.pickup,
    ])
    expect(await statusOf(`/v1/batches/${lineage.pickup}`, ningbo)).toBe(200)
    const run = runView.parse(jsonOf(await get(`/v1/runs/${runs.cleaning}`, ningbo)))
    expect(run.outputs).toEqual([])
  })

  it('is over as soon as it is revoked, by whom it was given alone', async () => {
    const { id } = await lets(coop, 'zhoushan-coop', 3)
    expect(await statusOf(`/v1/batches/${lineage.flakes}`, zhoushan)).toBe(200)
    expectProblem(await post(`/v1/grants/${id}/revoke`, zhoushan), { status: 404, code: 'not-found' })
    expect(grantView.parse(jsonOf(await post(`/v1/grants/${id}/revoke`, coop))).status).toBe('revoked')
    expect(await statusOf(`/v1/batches/${lineage.flakes}`, zhoushan)).toBe(404)
    expect(await traced(lineage.pellets, zhoushan)).toEqual([{ id: lineage.pellets, from: [closed] }])
  })
})
