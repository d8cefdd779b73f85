import type { handler } from '../../functions/authorizer.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { madeKeyView } from '../../shared/contract/answers/identity.ts'
import { acceptedView, madeInvitationView } from '../../shared/contract/answers/people.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import type { Decision } from '../../shared/domain/refusal.ts'
import { signInAs } from '../../infra/local/issuer/signing-in.ts'
import { jsonOf, type Body } from '../client.ts'
import { deviceToken, enrolledPhone } from '../enrolled.ts'
import { startInProcess, type InProcess } from '../in-process.ts'

/**
 * What is revoked is refused by every process once that was answered, though each keeps for a second what vouches for
 * callers. The other process is a second copy of the authorizer's modules, which shares nothing with the first.
 */
let world: InProcess
let elsewhere: typeof handler
let operator: string
beforeAll(async () => {
  world = await startInProcess()
  operator = world.runtime.credentials.keys.operator
  vi.resetModules()
  elsewhere = (await import('../../functions/authorizer.ts')).handler
})
afterAll(() => world.end())
afterEach(() => void vi.unstubAllEnvs())

async function isKnownElsewhere(bearer: string): Promise<boolean> {
  const asked = { headers: { authorization: `Bearer ${bearer}` }, requestContext: { requestId: 'here' } }
  const caller: Decision<Caller> = JSON.parse((await elsewhere(asked)).context.caller)
  return caller.ok
}

/** As on Lambda, where there are other processes. */
async function change(path: string, body: Body = {}, key = operator): Promise<void> {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'any')
  jsonOf(await world.client.post(path, key, body))
  vi.unstubAllEnvs()
}

async function newKey(): Promise<{ id: string; secret: string }> {
  const made = await world.client.post('/v1/keys', operator, { name: 'Lost', role: 'station' })
  return madeKeyView.parse(jsonOf(made))
}

describe('in another process', () => {
  it('a key is refused once its revocation was answered', async () => {
    const { id, secret } = await newKey()
    expect(await isKnownElsewhere(secret)).toBe(true)
    await change(`/v1/keys/${id}/revoke`)
    expect(await isKnownElsewhere(secret)).toBe(false)
  })

  it('a key that was rotated without grace is refused once that was answered', async () => {
    const { id, secret } = await newKey()
    expect(await isKnownElsewhere(secret)).toBe(true)
    await change(`/v1/keys/${id}/rotate`, { graceSeconds: 0 })
    expect(await isKnownElsewhere(secret)).toBe(false)
  })

  it('a phone is refused once its revocation was answered', async () => {
    const phone = await enrolledPhone(world.client, world.runtime.credentials.keys.station)
    const token = (): Promise<string> => deviceToken(phone, world.client.url)
    expect(await isKnownElsewhere(await token())).toBe(true)
    await change(`/v1/devices/${phone.device.id}/revoke`)
    expect(await isKnownElsewhere(await token())).toBe(false)
  })

  it('a person is refused once their suspension was answered', async () => {
    const token = (await signInAs('demo-newcomer', world.runtime.url)).accessToken
    const invited = await world.client.post('/v1/invitations', operator, { role: 'station', label: 'New' })
    const { code } = madeInvitationView.parse(jsonOf(invited))
    const { id } = acceptedView.parse(
      jsonOf(await world.client.post('/v1/invitations/accept', token, { code })),
    )
    expect(await isKnownElsewhere(token)).toBe(true)
    await change(`/v1/members/${id}/suspend`)
    expect(await isKnownElsewhere(token)).toBe(false)
  })

  it('the callers of an organisation are refused once its suspension was answered', async () => {
    const { organisation, keys } = world.runtime.credentials.other
    expect(await isKnownElsewhere(keys.station)).toBe(true)
    await change(`/v1/organisations/${organisation}/suspend`)
    expect(await isKnownElsewhere(keys.station)).toBe(false)
  })
})
