import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolmentList, enrolmentView, ownDeviceView } from '../../shared/contract/answers/devices.ts'
import { jsonOf, type Answer, type Client } from '../client.ts'
import { codeIn, newEnrolment, useCode } from '../enrolled.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { newPhoneKey } from '../phone.ts'
import { expectProblem } from './refused.ts'

/** Codes that wait for a phone: listed and cancelled, on the real engine. */
let world: InProcess
let client: Client
let station: string
beforeAll(async () => {
  world = await startInProcess()
  client = world.client
  station = world.runtime.credentials.keys.station
})
afterAll(() => world.end())

const unusable = { status: 409, code: 'code-not-usable' }

describe('a code', () => {
  it('is listed while it waits, newest first and page by page, and not for longer', async () => {
    const theirs = world.runtime.credentials.other.keys.station
    const made: string[] = []
    for (const label of ['boat 1', 'boat 2', 'boat 3', 'boat 4', 'boat 5'])
      made.unshift((await newEnrolment(client, theirs, { siteId: 'shenjiamen', label })).id)
    const [, , cancelled = ''] = made
    jsonOf(await client.post(`/v1/enrolments/${cancelled}/cancel`, theirs, {}))
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const query = cursor === undefined ? '' : `&cursor=${cursor}`
      const answer = await client.get(`/v1/enrolments?limit=2${query}`, { key: theirs })
      const { items, next } = enrolmentList.parse(jsonOf(answer))
      expect(items.length).toBeLessThanOrEqual(2)
      seen.push(...items.map(({ id }) => id))
      cursor = next
      if (cursor === undefined) break
    }
    expect(seen).toEqual(made.filter((id) => id !== cancelled))
  })

  it('that is cancelled enrols nobody, and is cancelled again without harm', async () => {
    const made = await newEnrolment(client, station)
    const cancel = (key = station): Promise<Answer> =>
      client.post(`/v1/enrolments/${made.id}/cancel`, key, {})
    const theirs = world.runtime.credentials.other.keys.station
    expectProblem(await cancel(theirs), { status: 404, code: 'not-found' })
    const first = enrolmentView.parse(jsonOf(await cancel()))
    expect(enrolmentView.parse(jsonOf(await cancel()))).toEqual(first)
    const answer = await useCode(client, codeIn(made), await newPhoneKey())
    expectProblem(answer, { ...unusable, says: ['cancelled at'] })
    expect(
      enrolmentList
        .parse(jsonOf(await client.get('/v1/enrolments', { key: station })))
        .items.map(({ id }) => id),
    ).not.toContain(made.id)
  })

  it('that was used is not cancelled: there is a device to revoke', async () => {
    const made = await newEnrolment(client, station)
    const used = await useCode(client, codeIn(made), await newPhoneKey())
    const { id } = ownDeviceView.parse(jsonOf(used))
    const answer = await client.post(`/v1/enrolments/${made.id}/cancel`, station, {})
    expectProblem(answer, { ...unusable, says: ['was used', id] })
  })
})
