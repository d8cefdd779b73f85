import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type * as z from 'zod'
import {
  acceptedView,
  invitationList,
  invitationView,
  madeInvitationView,
  memberList,
  memberView,
  shownInvitationView,
} from '../../shared/contract/answers/people.ts'
import { organisationView } from '../../shared/contract/answers/organisation.ts'
import { signInAs } from '../../infra/local/issuer/signing-in.ts'
import { jsonOf, type Answer, type Body } from '../client.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { wholeTable } from '../table.ts'
import { expectProblem } from './refused.ts'

/** People, from the invitation to the removal, on the real engine and with tokens of a real issuer on this machine. */
let world: InProcess
let operator: string
beforeAll(async () => {
  world = await startInProcess()
  operator = world.runtime.credentials.keys.operator
})
afterAll(() => world.end())
afterEach(() => void vi.useRealTimers())

/** Authorization code and PKCE, by HTTP, each time anew. */
const signIn = async (name: string): Promise<string> =>
  (await signInAs(`demo-${name}`, world.runtime.url)).accessToken

const post = (path: string, key: string, body: Body = {}): Promise<Answer> =>
  world.client.post(path, key, body)
const invite = (body: Body, key = operator, idempotencyKey: string = randomUUID()): Promise<Answer> =>
  world.client.post('/v1/invitations', key, body, { idempotencyKey })
const invited = async (body: Body, key = operator): Promise<z.output<typeof madeInvitationView>> =>
  madeInvitationView.parse(jsonOf(await invite(body, key)))
const accept = (token: string, code: string): Promise<Answer> =>
  post('/v1/invitations/accept', token, { code })
const whoAmI = (token: string): Promise<Answer> => world.client.get('/v1/organisation', { key: token })
const roleOf = async (token: string): Promise<string> =>
  organisationView.parse(jsonOf(await whoAmI(token))).role
const members = async (key = operator): Promise<z.output<typeof memberView>[]> =>
  memberList.parse(jsonOf(await world.client.get('/v1/members', { key }))).items
const invitation = async (id: string): Promise<z.output<typeof invitationView> | undefined> => {
  const { items } = invitationList.parse(jsonOf(await world.client.get('/v1/invitations', { key: operator })))
  return items.find((one) => one.id === id)
}
const act = (id: string, what: string, body: Body = {}, key = operator): Promise<Answer> =>
  post(`/v1/members/${id}/${what}`, key, body)

/** Makes a member of somebody who is none, with a token of theirs. */
async function join(name: string, role: string, key = operator): Promise<{ id: string; token: string }> {
  const token = await signIn(name)
  const { code } = await invited({ role, label: name }, key)
  return { id: acceptedView.parse(jsonOf(await accept(token, code))).id, token }
}
const leave = async (id: string, key = operator): Promise<void> =>
  void memberView.parse(jsonOf(await act(id, 'remove', {}, key)))

describe('somebody who has signed in', () => {
  it('is told, while nobody has invited them, that they belong to no organisation yet', async () => {
    const answer = await whoAmI(await signIn('newcomer'))
    expectProblem(answer, { status: 403, code: 'no-membership', says: ['invitation'] })
  })

  it('is a member once they accept an invitation, and acts in its role from the next request on', async () => {
    const token = await signIn('newcomer')
    const { id, code, link } = await invited({ role: 'station', label: 'Pier 3', sites: ['dachen'] })
    expect(link).toBe(`${world.runtime.publicUrl}/console/#invitation=${code}`)
    const accepted = acceptedView.parse(jsonOf(await accept(token, code)))
    const as = { role: 'station', label: 'Pier 3', sites: ['dachen'] }
    expect(accepted).toMatchObject({ organisationId: 'demo-coop', ...as })
    expect(await roleOf(token)).toBe('station')
    expect(jsonOf(await whoAmI(token))).toMatchObject({ memberId: accepted.id, recordsAt: ['dachen'] })
    expect(await invitation(id)).toMatchObject({ status: 'accepted', memberId: accepted.id })
    expect((await members()).find((one) => one.id === accepted.id)).toMatchObject({ ...as, status: 'active' })
    await leave(accepted.id)
  })

  it('is stored as a hash: neither their sign-in nor any code is in the table', async () => {
    const { id } = await join('newcomer', 'auditor')
    const { code } = await invited({ role: 'brand', label: 'Nobody yet' })
    const table = JSON.stringify(await wholeTable())
    for (const secret of ['demo-newcomer', code]) expect(table).not.toContain(secret)
    await leave(id)
  })

  it('is refused with the ID token of the same sign-in', async () => {
    const { idToken } = await signInAs('demo-newcomer', world.runtime.url)
    expectProblem(await whoAmI(idToken), { status: 401, code: 'unauthenticated' })
  })

  it('is told to try again, and not that they are nobody, while their issuer does not answer', async () => {
    const token = await signIn('newcomer')
    vi.stubEnv('OIDC_JWKS_URI', 'http://127.0.0.1:1/jwks')
    expectProblem(await whoAmI(token), { status: 503, code: 'unavailable' })
    vi.unstubAllEnvs()
    expectProblem(await whoAmI(token), { status: 403, code: 'no-membership' })
  })
})

describe('an invitation', () => {
  it('says to whoever has its code what it is for, and what became of it, but not what they are called', async () => {
    const read = (code: string): Promise<Answer> => post('/v1/invitations/read', '', { code })
    const { id, code } = await invited({ role: 'station', label: 'Pier 5', sites: ['dachen'] })
    const shown = await read(code)
    expect(shown.status).toBe(200)
    expect(shownInvitationView.parse(jsonOf(shown))).toMatchObject({
      organisation: { id: 'demo-coop' },
      role: 'station',
      sites: [{ id: 'dachen' }],
      status: 'open',
    })
    expect(shown.text).not.toContain('Pier 5')
    await post(`/v1/invitations/${id}/revoke`, operator)
    expect(jsonOf(await read(code))).toMatchObject({ status: 'revoked' })
    expectProblem(await read(`ti_${'0'.repeat(32)}`), { status: 401, code: 'unauthenticated' })
  })

  it('is good once: for whoever accepts it, who may send that again, and for nobody else', async () => {
    const [first, second] = await Promise.all([signIn('newcomer'), signIn('brand')])
    const { code } = await invited({ role: 'brand', label: 'First come' })
    const { id } = acceptedView.parse(jsonOf(await accept(first, code)))
    expect(acceptedView.parse(jsonOf(await accept(first, code))).id).toBe(id)
    const late = await accept(second, code)
    expectProblem(late, { status: 409, code: 'invitation-not-open', says: ['accepted'] })
    expectProblem(await whoAmI(second), { status: 403, code: 'no-membership' })
    await leave(id)
  })

  it('makes one member, however many race for it', async () => {
    const names = ['newcomer', 'collector', 'station', 'recycler']
    const tokens = await Promise.all(names.map(signIn))
    const { code } = await invited({ role: 'auditor', label: 'Race' })
    const answers = await Promise.all([...tokens, ...tokens].map((token) => accept(token, code)))
    const made = answers
      .filter(({ status }) => status === 201)
      .map((answer) => acceptedView.parse(jsonOf(answer)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    const raced = (await members()).filter(({ label }) => label === 'Race')
    expect(raced).toHaveLength(1)
    const standing = await Promise.all(tokens.map(async (token) => (await whoAmI(token)).status))
    expect(standing.toSorted((a, b) => a - b)).toEqual([200, 403, 403, 403])
    await leave(raced[0]?.id ?? '')
  })

  it('gives one person one membership, however many they accept at once', async () => {
    const token = await signIn('newcomer')
    const codes = await Promise.all(
      ['station', 'brand', 'auditor'].map(async (role) => (await invited({ role, label: 'Many' })).code),
    )
    const answers = await Promise.all(codes.map((code) => accept(token, code)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
    const [one, ...others] = (await members()).filter(
      ({ label, status }) => label === 'Many' && status === 'active',
    )
    expect(others).toEqual([])
    const another = await accept(token, (await invited({ role: 'brand', label: 'Another' })).code)
    expectProblem(another, { status: 409, code: 'member-already' })
    await leave(one?.id ?? '')
  })

  it('that was revoked, has expired or never was, is refused', async () => {
    const token = await signIn('newcomer')
    const revoked = await invited({ role: 'brand', label: 'Revoked' })
    const answer = await post(`/v1/invitations/${revoked.id}/revoke`, operator)
    expect(invitationView.parse(jsonOf(answer)).status).toBe('revoked')
    const told = { status: 409, code: 'invitation-not-open' } as const
    expectProblem(await accept(token, revoked.code), { ...told, says: ['revoked'] })
    const unknown = await accept(token, `ti_${'A'.repeat(32)}`)
    expectProblem(unknown, { status: 422, code: 'unknown-invitation', pointer: '/code' })
    const short = await invited({ role: 'brand', label: 'Short', expiresInSeconds: 60 })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    expectProblem(await accept(token, short.code), { ...told, says: ['expired'] })
  })

  it('that was accepted is not revoked: its member is removed instead', async () => {
    const token = await signIn('newcomer')
    const { id, code } = await invited({ role: 'brand', label: 'Used' })
    const member = acceptedView.parse(jsonOf(await accept(token, code)))
    const answer = await post(`/v1/invitations/${id}/revoke`, operator)
    expectProblem(answer, { status: 409, code: 'invitation-not-open', says: [member.id] })
    await leave(member.id)
  })

  it('is accepted by a person: no key becomes a member', async () => {
    const { code } = await invited({ role: 'brand', label: 'Nobody' })
    expectProblem(await accept(operator, code), { status: 403, code: 'role-not-allowed', says: ['person'] })
    expectProblem(await accept('tm_operator_unknownunknown', code), { status: 401, code: 'unauthenticated' })
  })

  it('is shown once: a resend is told that its code is not kept', async () => {
    const sending = randomUUID()
    const body = { role: 'brand', label: 'Once' }
    const { id } = madeInvitationView.parse(jsonOf(await invite(body, operator, sending)))
    expectProblem(await invite(body, operator, sending), { status: 409, code: 'shown-once', says: [id] })
  })

  it('is made by operators, for sites that there are, and for fourteen days at most', async () => {
    for (const role of ['collector', 'station', 'recycler', 'brand', 'auditor'] as const) {
      const answer = await invite({ role: 'operator', label: 'Me' }, world.runtime.credentials.keys[role])
      expectProblem(answer, { status: 403, code: 'role-not-allowed' })
    }
    const nowhere = await invite({ role: 'station', label: 'Where', sites: ['dachen', 'atlantis'] })
    expectProblem(nowhere, { status: 422, code: 'unknown-site', pointer: '/sites/1' })
    const long = await invite({ role: 'station', label: 'Long', expiresInSeconds: 14 * 86_400 + 1 })
    expectProblem(long, { status: 400, code: 'invalid-request', pointer: '/expiresInSeconds' })
  })
})

describe('a member', () => {
  it('that is suspended is refused by the next request, until they are resumed', async () => {
    const { id, token } = await join('newcomer', 'recycler')
    expect(memberView.parse(jsonOf(await act(id, 'suspend'))).status).toBe('suspended')
    expectProblem(await whoAmI(token), { status: 403, code: 'member-suspended' })
    expect(memberView.parse(jsonOf(await act(id, 'resume'))).status).toBe('active')
    expect(await roleOf(token)).toBe('recycler')
    await leave(id)
  })

  it('that was removed is refused, with every token they still have and every one to come', async () => {
    const { id, token } = await join('newcomer', 'recycler')
    expect(await roleOf(token)).toBe('recycler')
    await leave(id)
    for (const replayed of [token, await signIn('newcomer')])
      expectProblem(await whoAmI(replayed), { status: 403, code: 'no-membership' })
    expectProblem(await act(id, 'resume'), { status: 409, code: 'member-removed' })
    expect(memberView.parse(jsonOf(await act(id, 'remove'))).status).toBe('removed')
  })

  it('that was removed may join another organisation, and the one they left goes on knowing of them', async () => {
    const theirs = world.runtime.credentials.other.keys.operator
    const here = await join('newcomer', 'brand')
    await leave(here.id)
    const there = await join('newcomer', 'auditor', theirs)
    expect(organisationView.parse(jsonOf(await whoAmI(there.token)))).toMatchObject({
      id: 'zhoushan-coop',
      role: 'auditor',
    })
    expect((await members()).find(({ id }) => id === here.id)?.status).toBe('removed')
    expect((await members(theirs)).map(({ id }) => id)).toEqual([there.id])
    expectProblem(await act(there.id, 'remove'), { status: 404, code: 'not-found' })
    await leave(there.id, theirs)
    const back = await join('newcomer', 'station')
    expect(await roleOf(back.token)).toBe('station')
    await leave(back.id)
  })

  it('of one role can be given another, which counts for the next request', async () => {
    const { id, token } = await join('newcomer', 'recycler')
    const changed = memberView.parse(jsonOf(await act(id, 'role', { role: 'auditor', sites: ['huzhou'] })))
    expect(changed).toMatchObject({ role: 'auditor', sites: ['huzhou'] })
    expect(await roleOf(token)).toBe('auditor')
    await leave(id)
  })

  it('is nothing that others than operators could change, or see', async () => {
    const { id, token } = await join('newcomer', 'station')
    expectProblem(await world.client.get('/v1/members', { key: token }), {
      status: 403,
      code: 'role-not-allowed',
    })
    for (const what of ['suspend', 'resume', 'remove'])
      expectProblem(await act(id, what, {}, token), { status: 403, code: 'role-not-allowed' })
    expectProblem(await act(id, 'role', { role: 'operator' }, token), {
      status: 403,
      code: 'role-not-allowed',
    })
    await leave(id)
  })
})

describe('an organisation', () => {
  /** The other co-op, so that no other test is locked out should this one fail. */
  it('never loses its last operator, be it a key or a person', async () => {
    const { other } = world.runtime.credentials
    const { items } = JSON.parse((await world.client.get('/v1/keys', { key: other.keys.operator })).text)
    const first = items.find((key: { name: string }) => key.name === 'First key')
    const revoke = (key: string) => post(`/v1/keys/${first.id}/revoke`, key)
    const last = { status: 409, code: 'last-operator', says: [first.id] } as const
    expectProblem(await revoke(other.keys.operator), last)
    const { id, token } = await join('operator', 'operator', other.keys.operator)
    expect((await revoke(token)).status).toBe(200)
    for (const what of ['suspend', 'remove'])
      expectProblem(await act(id, what, {}, token), { status: 409, code: 'last-operator', says: [id] })
    expectProblem(await act(id, 'role', { role: 'auditor' }, token), { status: 409, code: 'last-operator' })
    const ending = { name: 'Ends', role: 'operator', expiresAt: '2099-01-01T00:00:00Z' }
    expect((await post('/v1/keys', token, ending)).status).toBe(201)
    expectProblem(await act(id, 'remove', {}, token), { status: 409, code: 'last-operator' })
    const { id: second, token: secondToken } = await join('auditor', 'operator', token)
    const raced = await Promise.all([act(id, 'remove', {}, secondToken), act(second, 'remove', {}, token)])
    expect(raced.filter(({ status }) => status === 200)).toHaveLength(1)
    const left = await Promise.all([token, secondToken].map(async (one) => (await whoAmI(one)).status))
    expect(left.toSorted((a, b) => a - b)).toEqual([200, 403])
  })
})
