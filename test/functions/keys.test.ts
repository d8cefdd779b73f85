import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { keyList, keyView, madeKeyView } from '../../shared/contract/answers/identity.ts'
import { organisationView } from '../../shared/contract/answers/organisation.ts'
import { jsonOf, problemOf, type Answer, type Body } from '../client.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { wholeTable } from '../table.ts'
import { expectProblem } from './refused.ts'

/** Keys of machines, from their making to their end, on the real engine. */
let world: InProcess
let operator: string
beforeAll(async () => {
  world = await startInProcess()
  operator = world.runtime.credentials.keys.operator
})
afterAll(() => world.end())

type MadeKey = z.output<typeof madeKeyView>

const make = (body: Body, key = operator, idempotencyKey: string = randomUUID()): Promise<Answer> =>
  world.client.post('/v1/keys', key, body, { idempotencyKey })
const made = async (body: Body): Promise<MadeKey> => madeKeyView.parse(jsonOf(await make(body)))
const whoAmI = (key: string): Promise<Answer> => world.client.get('/v1/organisation', { key })
const rotate = (id: string, body: Body, key = operator): Promise<Answer> =>
  world.client.post(`/v1/keys/${id}/rotate`, key, body)
const revoke = (id: string, key = operator): Promise<Answer> =>
  world.client.post(`/v1/keys/${id}/revoke`, key, {})
const listed = async (key = operator): Promise<z.output<typeof keyView>[]> =>
  keyList.parse(jsonOf(await world.client.get('/v1/keys', { key }))).items

describe('a key', () => {
  it('is shown once, works at once, and is stored as a hash alone', async () => {
    const key = await made({ name: 'Line 2', role: 'recycler' })
    expect(key).toMatchObject({ name: 'Line 2', role: 'recycler', status: 'active' })
    expect(organisationView.parse(jsonOf(await whoAmI(key.secret))).role).toBe('recycler')
    expect(JSON.stringify(await wholeTable())).not.toContain(key.secret)
    const found = (await listed()).find(({ id }) => id === key.id)
    expect(found?.lastUsedAt).toBeDefined()
    expect(found).not.toHaveProperty('secret')
  })

  it('is not made twice by a resend, which is told that its answer is not kept', async () => {
    const sending = randomUUID()
    const first = madeKeyView.parse(jsonOf(await make({ name: 'Once', role: 'brand' }, operator, sending)))
    const again = await make({ name: 'Once', role: 'brand' }, operator, sending)
    expectProblem(again, { status: 409, code: 'shown-once', says: [first.id] })
  })

  it('that is limited to scopes does nothing else, whatever its role may', async () => {
    const { secret } = await made({ name: 'Reader', role: 'operator', scopes: ['read'] })
    expect((await whoAmI(secret)).status).toBe(200)
    const refused = await make({ name: 'More', role: 'operator' }, secret)
    expectProblem(refused, { status: 403, code: 'scope-not-allowed', says: ['identity', 'read'] })
  })

  it('that is revoked is refused by the next request, and told so', async () => {
    const { id, secret } = await made({ name: 'Lost', role: 'station' })
    expect((await whoAmI(secret)).status).toBe(200)
    expect(keyView.parse(jsonOf(await revoke(id))).status).toBe('revoked')
    expectProblem(await whoAmI(secret), { status: 401, code: 'unauthenticated', says: ['revoked'] })
  })

  it('that is rotated goes on working beside its successor until its grace is over', async () => {
    const old = await made({ name: 'Scale', role: 'station', scopes: ['pickups', 'read'] })
    const second = madeKeyView.parse(jsonOf(await rotate(old.id, { graceSeconds: 3600 })))
    expect(second).toMatchObject({ name: 'Scale', role: 'station', scopes: ['pickups', 'read'] })
    expect((await whoAmI(old.secret)).status).toBe(200)
    expect((await whoAmI(second.secret)).status).toBe(200)
    expectProblem(await rotate(old.id, {}), { status: 409, code: 'key-not-active', says: [second.id] })
    const third = madeKeyView.parse(jsonOf(await rotate(second.id, { graceSeconds: 0 })))
    expectProblem(await whoAmI(second.secret), { status: 401, code: 'unauthenticated', says: ['expired'] })
    expect((await whoAmI(third.secret)).status).toBe(200)
  })

  it('of another organisation can neither be seen nor revoked nor rotated', async () => {
    const { id, secret } = await made({ name: 'Ours', role: 'station' })
    const theirs = world.runtime.credentials.other.keys.operator
    expectProblem(await revoke(id, theirs), { status: 404, code: 'not-found' })
    expectProblem(await rotate(id, {}, theirs), { status: 404, code: 'not-found' })
    expect((await listed(theirs)).map((key) => key.id)).not.toContain(id)
    expect((await whoAmI(secret)).status).toBe(200)
  })

  it('is refused where it would never be good, or names a scope twice', async () => {
    const late = await make({ name: 'Late', role: 'brand', expiresAt: '2020-01-01T00:00:00Z' })
    expectProblem(late, { status: 400, code: 'invalid-request', pointer: '/expiresAt' })
    const twice = await make({ name: 'Twice', role: 'brand', scopes: ['read', 'read'] })
    expectProblem(twice, { status: 400, code: 'invalid-request', pointer: '/scopes' })
  })

  it.each(['collector', 'station', 'recycler', 'brand', 'auditor'] as const)(
    'is nothing that a %s could make',
    async (role) => {
      const answer = await make({ name: 'Mine', role: 'operator' }, world.runtime.credentials.keys[role])
      expect(problemOf(answer).code).toBe('role-not-allowed')
    },
  )
})
