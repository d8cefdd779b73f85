import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { madeKeyView } from '../../shared/contract/answers/identity.ts'
import {
  madeOrganisationView,
  organisationView,
  siteView,
  standingList,
  standingView,
} from '../../shared/contract/answers/organisation.ts'
import { sowOrganisation } from '../../infra/sowing.ts'
import { DEMO_ORGANISATION } from '../../infra/local/story.ts'
import { jsonOf, type Answer } from '../client.ts'
import { aPickup, aReceipt, aShipment, anOpenRun, idOf } from '../given.ts'
import { signInAs } from '../../infra/local/issuer/signing-in.ts'
import { madeInvitationView } from '../../shared/contract/answers/people.ts'
import { codeIn, newEnrolment, useCode } from '../enrolled.ts'
import { newPhoneKey } from '../phone.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { wholeTable } from '../table.ts'
import { expectProblem } from './refused.ts'

/** Organisations and their sites, from their making on, on the real engine. */
let world: InProcess
let host: string
let zhoushan: string
beforeAll(async () => {
  world = await startInProcess()
  host = world.runtime.credentials.keys.operator
  zhoushan = world.runtime.credentials.other.keys.operator
})
afterAll(() => world.end())

const post = (path: string, key: string, body: object = {}, idempotencyKey: string = randomUUID()) =>
  world.client.post(path, key, { ...body }, { idempotencyKey })

const aSite = (id: string, changes: object = {}) => ({
  id,
  kind: 'station',
  name: { en: `${id} station`, zh: `${id}回收站` },
  lat: 30,
  lon: 122,
  ...changes,
})
const anOrganisation = (id: string, changes: object = {}) => ({
  id,
  name: { en: `${id} Co-op`, zh: `${id}合作社` },
  sites: [aSite('first')],
  ...changes,
})

type Made = z.output<typeof madeOrganisationView>
const made = async (id: string): Promise<Made> =>
  madeOrganisationView.parse(jsonOf(await post('/v1/organisations', host, anOrganisation(id))))
const readOwn = async (key: string): Promise<z.output<typeof organisationView>> =>
  organisationView.parse(jsonOf(await world.client.get('/v1/organisation', { key })))
const standingOf = async (id: string) => {
  const all = standingList.parse(jsonOf(await world.client.get('/v1/organisations', { key: host })))
  return all.items.find((one) => one.id === id)
}

describe('an organisation', () => {
  it('is made by the host, with its first sites and a key of its operator that is shown once', async () => {
    const { secret, ...told } = await made('xiangshan')
    expect(told).toMatchObject({ id: 'xiangshan', status: 'active', sites: 1 })
    expect(await readOwn(secret)).toMatchObject({
      id: 'xiangshan',
      role: 'operator',
      sites: [aSite('first')],
    })
    expect(JSON.stringify(await wholeTable())).not.toContain(secret)
    const station = await post('/v1/keys', secret, { name: 'Scale', role: 'station' })
    const { secret: scale } = madeKeyView.parse(jsonOf(station))
    const pickup = aPickup({ siteId: 'first' })
    expect((await post('/v1/pickups', scale, pickup)).status).toBe(201)
  })

  it('is not made twice: not by a resend, whose answer is not kept, nor under an id that is taken', async () => {
    const sending = randomUUID()
    const body = anOrganisation('yuhuan')
    expect((await post('/v1/organisations', host, body, sending)).status).toBe(201)
    expectProblem(await post('/v1/organisations', host, body, sending), { status: 409, code: 'shown-once' })
    const other = anOrganisation('yuhuan', { sites: [] })
    expectProblem(await post('/v1/organisations', host, other, sending), {
      status: 422,
      code: 'idempotency-key-reused',
    })
    expectProblem(await post('/v1/organisations', host, body), {
      status: 409,
      code: 'id-taken',
      pointer: '/id',
    })
  })

  it('has its first key made anew where that was lost, until somebody has called in its name', async () => {
    const lost = (await made('luqiao')).secret
    const renew = (sending?: string, key = host): Promise<Answer> =>
      post('/v1/organisations/luqiao/first-key', key, {}, sending)
    expectProblem(await renew(undefined, zhoushan), { status: 403, code: 'host-only' })
    const sending = randomUUID()
    const { secret } = madeKeyView.parse(jsonOf(await renew(sending)))
    expectProblem(await renew(sending), { status: 409, code: 'shown-once' })
    expectProblem(await world.client.get('/v1/organisation', { key: lost }), {
      status: 401,
      code: 'unauthenticated',
      says: ['revoked'],
    })
    expect((await readOwn(secret)).id).toBe('luqiao')
    expectProblem(await renew(), { status: 409, code: 'organisation-in-use' })
    const nobodys = await post('/v1/organisations/nobody/first-key', host, {})
    expectProblem(nobodys, { status: 404, code: 'not-found' })
  })

  it('is one alone, where two make it at the same time', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => post('/v1/organisations', host, anOrganisation('sanmen'))),
    )
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409', '409'])
    const keys = answers.flatMap((answer) =>
      answer.status === 201 ? [madeOrganisationView.parse(jsonOf(answer)).secret] : [],
    )
    expect((await readOwn(keys[0] ?? '')).id).toBe('sanmen')
  })

  it('is refused with two first sites of one id', async () => {
    const body = anOrganisation('wenling', { sites: [aSite('a'), aSite('a')] })
    expectProblem(await post('/v1/organisations', host, body), {
      status: 400,
      code: 'invalid-request',
      pointer: '/sites',
    })
  })

  it('is made, listed, suspended and resumed by the host alone; to others it is not even told whether it is there', async () => {
    const asked = [
      post('/v1/organisations', zhoushan, anOrganisation('mine')),
      world.client.get('/v1/organisations', { key: zhoushan }),
      post('/v1/organisations/demo-coop/suspend', zhoushan),
      post('/v1/organisations/nobody/suspend', zhoushan),
      post('/v1/organisations/zhoushan-coop/resume', zhoushan),
    ]
    for (const answer of await Promise.all(asked))
      expectProblem(answer, { status: 403, code: 'host-only', says: ['zhoushan-coop'] })
    expect((await standingOf('demo-coop'))?.isHost).toBe(true)
    expect((await standingOf('zhoushan-coop'))?.status).toBe('active')
  })
})

describe('suspension', () => {
  const suspend = (id: string, key?: string): Promise<Answer> =>
    post(`/v1/organisations/${id}/suspend`, host, {}, key)

  it('refuses all callers of an organisation at once, whatever they ask, until it is resumed', async () => {
    const { secret } = await made('daishan')
    const collector = madeKeyView.parse(
      jsonOf(await post('/v1/keys', secret, { name: 'Boat', role: 'collector' })),
    ).secret
    const pickup = aPickup({ siteId: 'first' })
    const batch = idOf(await post('/v1/pickups', collector, pickup))
    await world.runtime.projected()
    const sending = randomUUID()
    const suspended = standingView.parse(jsonOf(await suspend('daishan', sending)))
    expect(suspended.status).toBe('suspended')
    const told = { status: 403, code: 'organisation-suspended', says: ['daishan', 'public pages stay'] }
    expectProblem(await post('/v1/pickups', collector, pickup), told)
    expectProblem(await world.client.get(`/v1/batches/${batch}`, { key: secret }), told)
    expectProblem(await post('/v1/keys', secret, { name: 'More', role: 'brand' }), told)
    expect((await world.client.get(`/b/${batch}`)).status).toBe(200)
    expect((await standingOf('daishan'))?.suspendedAt).toBe(suspended.suspendedAt)

    const again = await suspend('daishan', sending)
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([
      JSON.stringify(suspended),
      'true',
    ])
    expect(standingView.parse(jsonOf(await suspend('daishan'))).suspendedAt).toBe(suspended.suspendedAt)
    const resumed = standingView.parse(jsonOf(await post('/v1/organisations/daishan/resume', host)))
    expect(resumed.status).toBe('active')
    expect((await post('/v1/pickups', collector, pickup)).status).toBe(201)
  })

  it('lets nobody become a member and no phone be enrolled, by what was given out before', async () => {
    const { secret } = await made('linhai')
    const enrolment = await newEnrolment(world.client, secret, { siteId: 'first' })
    const invited = await post('/v1/invitations', secret, { role: 'station', label: 'New' })
    const { code } = madeInvitationView.parse(jsonOf(invited))
    const person = (await signInAs('demo-newcomer', world.runtime.url)).accessToken
    jsonOf(await suspend('linhai'))
    const told = { status: 403, code: 'organisation-suspended' }
    expectProblem(await useCode(world.client, codeIn(enrolment), await newPhoneKey()), told)
    expectProblem(await post('/v1/invitations/accept', person, { code }), told)
    jsonOf(await post('/v1/organisations/linhai/resume', host))
    expect((await post('/v1/invitations/accept', person, { code })).status).toBe(201)
    expect((await useCode(world.client, codeIn(enrolment), await newPhoneKey())).status).toBe(201)
  })

  it('leaves nobody who would ship to the organisation, which could not receive', async () => {
    const { keys } = world.runtime.credentials
    await made('shengsi')
    jsonOf(await suspend('shengsi'))
    const batch = idOf(await post('/v1/pickups', keys.station, aPickup()))
    const load = aShipment([batch], { to: { organisationId: 'shengsi', siteId: 'first' } })
    expectProblem(await post('/v1/shipments', keys.station, load), {
      status: 422,
      code: 'unknown-organisation',
      pointer: '/to/organisationId',
      says: ['suspended'],
    })
  })

  it('is nothing that the host could do to itself, nor to one that is not there', async () => {
    expectProblem(await suspend('demo-coop'), { status: 409, code: 'host-stays' })
    expectProblem(await suspend('nobody'), { status: 404, code: 'not-found' })
    expect((await readOwn(host)).isHost).toBe(true)
  })
})

describe('a site', () => {
  it('is added by an operator, and shown and used at once', async () => {
    const { keys } = world.runtime.credentials
    const added = siteView.parse(jsonOf(await post('/v1/sites', host, aSite('jinqing'))))
    expect(added).toEqual(aSite('jinqing'))
    expect((await readOwn(host)).sites).toContainEqual(added)
    expect((await post('/v1/pickups', keys.station, aPickup({ siteId: 'jinqing' }))).status).toBe(201)
    expect((await readOwn(zhoushan)).sites).not.toContainEqual(added)
  })

  it('is added once, whoever sends it again, and not under an id that is taken', async () => {
    const sending = randomUUID()
    const first = await post('/v1/sites', host, aSite('songmen'), sending)
    const again = await post('/v1/sites', host, aSite('songmen'), sending)
    expect([again.status, again.text]).toEqual([201, first.text])
    const taken = { status: 409, code: 'id-taken', pointer: '/id' }
    expectProblem(await post('/v1/sites', host, aSite('songmen')), taken)
    expectProblem(await post('/v1/sites', host, aSite('dachen')), taken)
    expect((await readOwn(host)).sites.filter(({ id }) => id === 'songmen')).toHaveLength(1)
  })

  it('of one operator is not lost by that of another who adds one at the same time', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => `together-${letter}`)
    const answers = await Promise.all(ids.map((id) => post('/v1/sites', zhoushan, aSite(id))))
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201))
    expect((await readOwn(zhoushan)).sites.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })

  it('that is sown again at the next start stays as it has become', async () => {
    const before = await readOwn(host)
    await sowOrganisation({ ...DEMO_ORGANISATION, isHost: true }, host)
    expect(await readOwn(host)).toEqual(before)
  })

  it('that is closed takes nothing new, while what lies there can leave and what happened before is still told', async () => {
    const { keys, other } = world.runtime.credentials
    jsonOf(await post('/v1/sites', host, aSite('old-pier')))
    const pickup = aPickup({ siteId: 'old-pier' })
    const [stays, leaves] = [
      idOf(await post('/v1/pickups', keys.station, pickup)),
      idOf(await post('/v1/pickups', keys.station, pickup)),
    ]
    const { closedAt = '' } = siteView.parse(jsonOf(await post('/v1/sites/old-pier/close', host)))
    expect(Date.parse(closedAt)).toBeGreaterThan(0)
    const told = { status: 409, code: 'site-closed', pointer: '/siteId', says: ['old-pier', closedAt] }
    const now = { siteId: 'old-pier', occurredAt: new Date().toISOString() }
    expectProblem(await post('/v1/pickups', keys.station, aPickup(now)), told)
    expectProblem(await post('/v1/runs', keys.recycler, anOpenRun(now)), told)
    expect((await post('/v1/pickups', keys.station, pickup)).status).toBe(201)

    const load = aShipment([leaves], { siteId: 'old-pier' })
    const shipment = idOf(await post('/v1/shipments', keys.station, load))
    const receipt = aReceipt([{ batchId: leaves, massKg: 100 }])
    expect((await post(`/v1/shipments/${shipment}/receipt`, other.keys.station, receipt)).status).toBe(201)
    const run = { ...anOpenRun(), charges: [{ batchId: stays, massKg: 10 }], outputs: [{ massKg: 10 }] }
    expect((await post('/v1/runs', keys.recycler, run)).status).toBe(201)
  })

  it('that is closed receives no load, and none is sent there', async () => {
    const { keys } = world.runtime.credentials
    jsonOf(await post('/v1/sites', zhoushan, aSite('old-quay')))
    jsonOf(await post('/v1/sites/old-quay/close', zhoushan))
    const batch = idOf(await post('/v1/pickups', keys.station, aPickup()))
    const to = { organisationId: 'zhoushan-coop', siteId: 'old-quay' }
    const load = aShipment([batch], { to, occurredAt: new Date().toISOString() })
    expectProblem(await post('/v1/shipments', keys.station, load), {
      status: 409,
      code: 'site-closed',
      pointer: '/to/siteId',
    })
  })

  it('is closed once and for good, and another organisation’s is not there', async () => {
    jsonOf(await post('/v1/sites', host, aSite('gone')))
    const first = siteView.parse(jsonOf(await post('/v1/sites/gone/close', host)))
    expect(siteView.parse(jsonOf(await post('/v1/sites/gone/close', host)))).toEqual(first)
    expectProblem(await post('/v1/sites', host, aSite('gone')), { status: 409, code: 'id-taken' })
    expectProblem(await post('/v1/sites/gone/close', zhoushan), { status: 404, code: 'not-found' })
  })
})
