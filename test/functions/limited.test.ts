import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptedView, madeInvitationView } from '../../shared/contract/answers/people.ts'
import { sealedPage } from '../../shared/contract/answers/privacy.ts'
import { signInAs } from '../../infra/local/issuer/signing-in.ts'
import { jsonOf, type Answer, type Body } from '../client.ts'
import { enrolledPhone, newEnrolment } from '../enrolled.ts'
import { aPickup, idOf } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { expectProblem } from './refused.ts'

/** Members who are limited to some sites of their organisation, on the real engine. */
let world: InProcess
let operator: string
let newcomer: string
let member = ''
beforeAll(async () => {
  world = await startInProcess()
  operator = world.runtime.credentials.keys.operator
  newcomer = (await signInAs('demo-newcomer', world.runtime.url)).accessToken
})
afterAll(() => world.end())

const post = (path: string, key: string, body: Body = {}): Promise<Answer> =>
  world.client.post(path, key, body)

/** The token of a member who has this role at this site alone. */
async function limited(role: string, site: string): Promise<string> {
  const body = { role, label: 'Newcomer', sites: [site] }
  if (member !== '') jsonOf(await post(`/v1/members/${member}/remove`, operator))
  const { code } = madeInvitationView.parse(jsonOf(await post('/v1/invitations', operator, body)))
  member = acceptedView.parse(jsonOf(await post('/v1/invitations/accept', newcomer, { code }))).id
  return newcomer
}

describe('a member who is limited to sites', () => {
  it('records there and nowhere else, whatever the request names or leaves out', async () => {
    const token = await limited('recycler', 'huzhou')
    const told = { status: 403, code: 'site-not-allowed', says: ['another site', 'huzhou'] } as const
    const opening = (siteId: string) => ({ step: 'cleaning', siteId })
    expectProblem(await post('/v1/runs', token, opening('jiaojiang')), told)
    expect((await post('/v1/runs', token, opening('huzhou'))).status).toBe(201)
    const theirs: { id: string } = JSON.parse((await post('/v1/runs', operator, opening('jiaojiang'))).text)
    expectProblem(await post(`/v1/runs/${theirs.id}/void`, token, { reason: 'not mine' }), told)
  })

  it('is shown what is sealed of those alone', async () => {
    const token = await limited('station', 'dachen')
    const sealedAt = async (siteId: string) => {
      const told = aPickup({ siteId, collector: 'Chen Ahai', vessel: '浙椒渔1' })
      const batch = idOf(await post('/v1/pickups', operator, told))
      const read = await world.client.get(`/v1/batches/${batch}/sealed`, { key: token })
      return { text: read.text, page: sealedPage.parse(jsonOf(read)) }
    }
    const [here, elsewhere] = [await sealedAt('dachen'), await sealedAt('shitang')]
    expect(here.text).toContain('Chen Ahai')
    expect(elsewhere.text).not.toMatch(/Chen Ahai|salt/)
    const statuses = elsewhere.page.items.flatMap(({ fields }) => fields.map(({ status }) => status))
    expect(new Set(statuses)).toEqual(new Set(['withheld']))
  })

  it('sees and revokes the phones and codes of those alone', async () => {
    const token = await limited('station', 'dachen')
    for (const [siteId, isTheirs] of [
      ['dachen', true],
      ['shitang', false],
    ] as const) {
      const phone = await enrolledPhone(world.client, operator, { siteId })
      const code = await newEnrolment(world.client, operator, { siteId })
      const seen = async (path: string): Promise<string> =>
        (await world.client.get(path, { key: token })).text
      expect((await seen('/v1/devices')).includes(phone.device.id)).toBe(isTheirs)
      expect((await seen('/v1/enrolments')).includes(code.id)).toBe(isTheirs)
      const status = isTheirs ? 200 : 404
      expect((await post(`/v1/devices/${phone.device.id}/revoke`, token)).status).toBe(status)
      expect((await post(`/v1/enrolments/${code.id}/cancel`, token)).status).toBe(status)
    }
  })

  it('is never an operator, who could lift the limit', async () => {
    const wished = { role: 'operator', sites: ['dachen'] }
    const told = { status: 400, code: 'invalid-request', pointer: '/sites' } as const
    expectProblem(await post('/v1/invitations', operator, { ...wished, label: 'Pier' }), told)
    await limited('station', 'dachen')
    expectProblem(await post(`/v1/members/${member}/role`, operator, wished), told)
  })
})
