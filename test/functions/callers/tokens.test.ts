import { generateKeyPair } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { COOLDOWN_MS, verifyToken, type Issuer } from '../../../functions/callers/tokens.ts'
import { AUDIENCE, KID, nowSeconds, startIssuer, SUBJECT, written, type TestIssuer } from '../../issuer.ts'

/** Each test has an issuer of its own: what was fetched from one is remembered. */
let there: TestIssuer
beforeEach(async () => {
  there = await startIssuer()
})
afterEach(async () => {
  vi.useRealTimers()
  await there.stop()
})

const from = (changes: Partial<Issuer> = {}): Issuer => ({
  issuer: there.issuer,
  audience: AUDIENCE,
  audienceClaim: 'aud',
  typ: 'at+jwt',
  ...changes,
})
const verified = async (token: string | Promise<string>, issuer = from()) => verifyToken(await token, issuer)
const refused = async (token: string | Promise<string>, sentence: string, issuer = from()): Promise<void> => {
  await expect(verified(token, issuer)).rejects.toThrow(
    expect.objectContaining({ name: 'BadToken', message: expect.stringContaining(sentence) }),
  )
}

describe('a token', () => {
  it('that the issuer signed for us is good, and says who it is', async () => {
    expect(await verified(there.token())).toEqual({ subject: SUBJECT })
    expect(await verified(there.token({ payload: { aud: ['others', AUDIENCE] } }))).toEqual({
      subject: SUBJECT,
    })
  })

  it('whose signature was changed is refused', async () => {
    const [header, payload, signature = ''] = (await there.token()).split('.')
    const other = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
    await refused(`${header}.${payload}.${other}`, 'The signature of the token is wrong')
  })

  it('whose contents were changed is refused', async () => {
    const [header, , signature] = (await there.token()).split('.')
    const [, forged] = written({}, { iss: there.issuer, aud: AUDIENCE, sub: 'operator', exp: 9e9 }).split('.')
    await refused(`${header}.${forged}.${signature}`, 'The signature of the token is wrong')
  })

  it('signed with a key of somebody else is refused, under the name of the right key too', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    await refused(there.token({ key: privateKey }), 'The signature of the token is wrong')
  })

  it('that brings its own key along is refused: only published keys count', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const header = { kid: 'mine', jku: 'http://127.0.0.1:1/jwks' }
    await refused(there.token({ key: privateKey, header }), 'signed with no key of the issuer')
  })

  it.each(['none', 'None', 'NONE'])('of alg %s, which nobody has signed, is refused', async (alg) => {
    const payload = {
      iss: there.issuer,
      aud: AUDIENCE,
      sub: SUBJECT,
      iat: nowSeconds(),
      exp: nowSeconds() + 60,
    }
    await refused(written({ alg, typ: 'at+jwt', kid: KID }, payload), 'not signed as it must be')
    await refused(written({ alg, typ: 'at+jwt', kid: KID }, payload, 'c2ln'), 'not signed as it must be')
  })

  it('signed by HS256 with the public key for a secret is refused', async () => {
    const key = new TextEncoder().encode(JSON.stringify(there.publicJwk))
    await refused(there.token({ key, header: { alg: 'HS256' } }), 'not signed as it must be')
  })

  it('that has expired is refused, after thirty seconds that clocks may differ by', async () => {
    expect(await verified(there.token({ payload: { exp: nowSeconds() - 20 } }))).toEqual({ subject: SUBJECT })
    await refused(there.token({ payload: { exp: nowSeconds() - 40 } }), 'has expired')
  })

  it('that is not valid yet, or was made in the future, is refused', async () => {
    expect(await verified(there.token({ payload: { nbf: nowSeconds() + 20 } }))).toEqual({ subject: SUBJECT })
    await refused(there.token({ payload: { nbf: nowSeconds() + 60 } }), 'not valid yet')
    await refused(there.token({ payload: { iat: nowSeconds() + 60 } }), 'made in the future')
  })

  it('that was made more than a day ago is refused, however long it says it is good', async () => {
    await refused(
      there.token({ payload: { iat: nowSeconds() - 90_000, exp: nowSeconds() + 300 } }),
      '24 hours',
    )
  })

  it('of another issuer is refused, if only by a slash', async () => {
    await refused(there.token({ payload: { iss: `${there.issuer}/` } }), 'from another issuer')
  })

  it('for another audience is refused, and one for none', async () => {
    await refused(there.token({ payload: { aud: 'urn:test:other' } }), 'made for somebody else')
    await refused(there.token({ without: ['aud'] }), 'made for somebody else')
  })

  it.each(['exp', 'iat', 'sub'])('without %s is refused', async (claim) => {
    await refused(there.token({ without: [claim] }), '')
  })

  it('that names nobody is refused', async () => {
    await refused(there.token({ payload: { sub: '' } }), 'names nobody')
  })

  it('that proves who signed in, an ID token, is refused in place of an access token', async () => {
    await refused(there.token({ header: { typ: 'JWT' } }), 'no access token')
  })

  it('that asks for an extension which we do not know is refused', async () => {
    const [, payload, signature] = (await there.token()).split('.')
    const header = { alg: 'ES256', kid: KID, typ: 'at+jwt', crit: ['exp'] }
    const [critical] = written(header, {}).split('.')
    await refused(`${critical}.${payload}.${signature}`, 'cannot be read')
  })
})

describe("Cognito's tokens", () => {
  const cognito = () => from({ audience: 'client-1', audienceClaim: 'client_id' })
  const access = { client_id: 'client-1', token_use: 'access' }
  const token = (payload: object, typ?: string) =>
    there.token({
      payload: { ...access, ...payload },
      without: ['aud'],
      header: typ === undefined ? { typ: 'JWT' } : { typ },
    })

  it('name their client, not their audience', async () => {
    expect(await verified(token({}), cognito())).toEqual({ subject: SUBJECT })
  })

  it('are refused where they are of another client, or no access tokens', async () => {
    await refused(token({ client_id: 'client-2' }), 'made for another client', cognito())
    await refused(token({ token_use: 'id' }), 'no access token', cognito())
    await refused(token({ token_use: undefined }), 'no access token', cognito())
    await refused(token({}, 'logout+jwt'), 'no access token', cognito())
  })
})

describe('the keys of an issuer', () => {
  it('are found by discovery and fetched once, for all tokens that come at once', async () => {
    const tokens = await Promise.all([there.token(), there.token(), there.token()])
    await Promise.all(tokens.map((token) => verified(token)))
    expect(there.fetched()).toEqual({ discovery: 1, keys: 1 })
  })

  it('are not looked for where it is said where they are', async () => {
    await verified(there.token(), from({ jwksUri: there.jwksUri }))
    expect(there.fetched()).toEqual({ discovery: 0, keys: 1 })
  })

  it('are fetched once more for a token of a key that is not known, and not again for every such token', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const unknown = () => there.token({ header: { kid: 'unheard-of' } })
    await verified(there.token())
    await refused(unknown(), 'signed with no key of the issuer')
    expect(there.fetched().keys).toBe(1)
    vi.setSystemTime(Date.now() + COOLDOWN_MS + 1)
    for (let sent = 0; sent < 5; sent++) await refused(unknown(), 'signed with no key of the issuer')
    expect(there.fetched().keys).toBe(2)
    expect(await verified(there.token())).toEqual({ subject: SUBJECT })
    expect(there.fetched().keys).toBe(2)
  })

  it('that cannot be had leave open whether a token is good, and are asked for anew by the next', async () => {
    const unavailable = expect.objectContaining({ name: 'IssuerUnavailable' })
    there.break(503)
    await expect(verified(there.token())).rejects.toThrow(unavailable)
    await expect(verified(there.token(), from({ jwksUri: there.jwksUri }))).rejects.toThrow(unavailable)
    there.break(undefined)
    expect(await verified(there.token())).toEqual({ subject: SUBJECT })
  })

  it('are not taken from an issuer that calls itself something else', async () => {
    const { issuer } = there
    const elsewhere = from({ issuer: issuer.replace('127.0.0.1', 'localhost') })
    await expect(verified(there.token(), elsewhere)).rejects.toThrow('discovery names another issuer')
  })
})
