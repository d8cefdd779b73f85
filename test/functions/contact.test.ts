import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { organisationView } from '../../shared/contract/answers/organisation.ts'
import { batchOf, jsonOf, type Answer } from '../client.ts'
import { aPickup, aRun, outputIdOf } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { expectProblem } from './refused.ts'

/** Whom the public may ask about what an organisation made. */
let world: InProcess
beforeAll(async () => {
  world = await startInProcess()
})
afterAll(() => world.end())

const set = (contact: unknown): Promise<Answer> =>
  world.client.post('/v1/organisation/contact', world.runtime.credentials.keys.operator, { contact })

const contactShownOn = async (batch: string): Promise<unknown> => {
  await world.runtime.projected()
  const page: { contact?: unknown } = JSON.parse((await world.client.get(`/b/${batch}?format=json`)).text)
  return page.contact
}

describe('the contact of an organisation', () => {
  it('stands on the public pages of all that it made before, too', async () => {
    const { station, recycler } = world.runtime.credentials.keys
    const pickup = batchOf(await world.client.post('/v1/pickups', station, aPickup())).id
    const flakes = outputIdOf(
      await world.client.post('/v1/runs', recycler, aRun(pickup, { siteId: 'huzhou' })),
    )
    for (const contact of ['first@wenling.example', 'second@wenling.example', null]) {
      expect((await set(contact)).status).toBe(200)
      for (const batch of [pickup, flakes]) expect(await contactShownOn(batch)).toBe(contact ?? undefined)
    }
  })

  it('stands on the public pages that are made from then on, until it says that there is none', async () => {
    const { operator, station } = world.runtime.credentials.keys
    const contactOn = async (contact: string | null): Promise<unknown> => {
      expect((await set(contact)).status).toBe(200)
      const { id } = batchOf(await world.client.post('/v1/pickups', station, aPickup()))
      await world.runtime.projected()
      const page: { contact?: unknown } = JSON.parse((await world.client.get(`/b/${id}?format=json`)).text)
      return page.contact
    }
    expect(await contactOn('ask@wenling.example')).toBe('ask@wenling.example')
    const own = organisationView.parse(jsonOf(await world.client.get('/v1/organisation', { key: operator })))
    expect(own.contact).toBe('ask@wenling.example')
    expect(await contactOn('https://wenling.example/ask')).toBe('https://wenling.example/ask')
    expect(await contactOn(null)).toBeUndefined()
  })

  it.each([
    'javascript:alert(1)',
    'http://coop.example',
    'coop.example',
    'a@b@c',
    'ask@coop.example?bcc=all@coop.example',
    'https://coop.example/\u202Exe',
    '',
  ])('is not %j', async (contact) => {
    expectProblem(await set(contact), { status: 400, code: 'invalid-request', pointer: '/contact' })
  })
})
