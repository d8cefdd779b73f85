import { createHash, randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  authorizationUrl,
  base64url,
  isOurs,
  readCallback,
  signOutUrl,
  type SignInAt,
} from '../../../web/console/oidc.ts'
import { written } from '../../issuer.ts'

const AT: SignInAt = {
  issuer: 'https://issuer.example',
  clientId: 'page',
  authorizationEndpoint: 'https://issuer.example/authorize?tenant=7',
  tokenEndpoint: 'https://issuer.example/token',
}
const PENDING = { state: 'the-state', nonce: 'the-nonce', verifier: 'the-verifier' }
const HERE = 'https://tidemark.example/console/'

describe('where somebody is sent to sign in', () => {
  it('is asked for a code, with state, nonce and the hash of the verifier, and never told the verifier', () => {
    const challenge = createHash('sha256').update(PENDING.verifier).digest('base64url')
    const url = new URL(authorizationUrl(AT, PENDING, { redirectUri: HERE, challenge }))
    expect(url.origin + url.pathname).toBe('https://issuer.example/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: '7',
      response_type: 'code',
      client_id: 'page',
      redirect_uri: HERE,
      scope: 'openid',
      state: 'the-state',
      nonce: 'the-nonce',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    expect(url.href).not.toContain(PENDING.verifier)
  })

  it('is told for what the token shall be good where it must be, and to ask anew for somebody else', () => {
    const url = authorizationUrl({ ...AT, resource: 'urn:api' }, PENDING, {
      redirectUri: HERE,
      challenge: 'c',
      asAnother: true,
    })
    const { searchParams } = new URL(url)
    expect([searchParams.get('resource'), searchParams.get('prompt')]).toEqual(['urn:api', 'login'])
  })
})

describe('what comes back in the address', () => {
  const read = (search: string, pending: typeof PENDING | undefined = PENDING) =>
    readCallback(search, pending, AT.issuer)

  it('is a code, if it has the state that was sent', () => {
    const callback = { is: 'code', code: 'c', pending: PENDING }
    expect(read('?code=c&state=the-state')).toEqual(callback)
    expect(read('?code=c&state=the-state&iss=https%3A%2F%2Fissuer.example')).toEqual(callback)
  })

  it.each([
    ['with another state', '?code=c&state=other'],
    ['without a state', '?code=c'],
    ['from another issuer', '?code=c&state=the-state&iss=https%3A%2F%2Fevil.example'],
    ['a refusal with another state', '?error=access_denied&state=other'],
  ])('signs nobody in %s', (_, search) => {
    expect(read(search)).toEqual({ is: 'failed', why: 'stale' })
  })

  it('signs nobody in where nothing was begun', () => {
    expect(readCallback('?code=c&state=the-state', undefined, AT.issuer)).toEqual({
      is: 'failed',
      why: 'stale',
    })
  })

  it('may be that the issuer signed nobody in', () => {
    expect(read('?error=access_denied&state=the-state')).toEqual({ is: 'failed', why: 'denied' })
  })

  it('is nothing at all on any other visit', () => {
    expect(read('')).toEqual({ is: 'none' })
    expect(read('?from=messenger')).toEqual({ is: 'none' })
  })
})

describe('an ID token', () => {
  const NOW = 1_800_000_000
  const CLAIMS = { iss: AT.issuer, aud: 'page', nonce: 'the-nonce', exp: NOW + 60 }
  const accepts = (claims: object): boolean =>
    isOurs(written({ alg: 'ES256' }, claims, 'signature'), {
      issuer: AT.issuer,
      clientId: 'page',
      nonce: 'the-nonce',
      nowSeconds: NOW,
    })

  it('is taken from the sign-in that was begun here', () => {
    expect(accepts(CLAIMS)).toBe(true)
    expect(accepts({ ...CLAIMS, aud: ['page'] })).toBe(true)
    expect(accepts({ ...CLAIMS, aud: ['page', 'other'], azp: 'page' })).toBe(true)
    expect(accepts({ ...CLAIMS, name: '陈阿海' })).toBe(true)
  })

  it.each([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another client', { aud: 'other' }],
    ['several clients, of whom another asked', { aud: ['page', 'other'], azp: 'other' }],
    ['another sign-in', { nonce: 'other' }],
    ['no sign-in that it names', { nonce: undefined }],
    ['long ago', { exp: NOW - 301 }],
    ['whenever', { exp: undefined }],
  ])('is refused that is of %s', (_, change) => {
    expect(accepts({ ...CLAIMS, ...change })).toBe(false)
  })

  it('is refused, and throws nothing, whatever text it is', () => {
    const expected = { issuer: AT.issuer, clientId: 'page', nonce: 'n', nowSeconds: NOW }
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => !isOurs(`${a}.${b}.x`, expected)))
  })
})

describe('signing out', () => {
  it('has the issuer send people back here, and carries no token', () => {
    const url = new URL(
      signOutUrl({ ...AT, endSessionEndpoint: 'https://issuer.example/logout' }, HERE) ?? '',
    )
    expect(url.origin + url.pathname).toBe('https://issuer.example/logout')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'page',
      post_logout_redirect_uri: HERE,
      logout_uri: HERE,
    })
  })

  it('ends here where the issuer has no page for it', () => {
    expect(signOutUrl(AT, HERE)).toBeUndefined()
  })
})

it('base64url is as everybody else writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    }),
  )
  expect(base64url(randomBytes(32))).toMatch(/^[\w-]{43}$/)
})
