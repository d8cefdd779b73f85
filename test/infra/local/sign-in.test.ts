import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { SIGN_IN_NAMES, signInIn } from '../../../functions/callers/sign-in.ts'
import { openSignIn } from '../../../infra/local/issuer/open.ts'
import { startIssuer, type TestIssuer } from '../../issuer.ts'

/** Where our page sends people to sign in when the environment names another issuer than the development one. */
beforeEach(() => {
  for (const name of Object.values(SIGN_IN_NAMES)) vi.stubEnv(name, undefined)
})
afterEach(() => void vi.unstubAllEnvs())

async function openFor(change: (issuer: TestIssuer) => void = () => {}) {
  const issuer = await startIssuer()
  onTestFinished(issuer.stop)
  change(issuer)
  vi.stubEnv('OIDC_ISSUER', issuer.issuer)
  const url = 'http://127.0.0.1:3000'
  const opened = await openSignIn({
    host: '127.0.0.1',
    url,
    publicUrl: url,
    dataDir: '/nowhere',
    issuer: issuer.issuer,
  })
  return { issuer: issuer.issuer, opened }
}

it('is what that issuer says of itself, and its tokens are fetched from there alone', async () => {
  vi.stubEnv('OIDC_CLIENT_ID', 'our-page')
  const { issuer, opened } = await openFor()
  expect(signInIn(process.env)).toEqual({
    issuer,
    clientId: 'our-page',
    authorizationEndpoint: `${issuer}/authorize`,
    tokenEndpoint: `${issuer}/token`,
  })
  expect(opened).toEqual({ told: `sign in at ${issuer}`, tokenOrigin: issuer })
})

it('is nowhere without a client of ours, which is said', async () => {
  const { opened } = await openFor()
  expect(signInIn(process.env)).toBeUndefined()
  expect(opened.told).toContain('set OIDC_CLIENT_ID')
})

it('is nowhere while the issuer does not answer, and the rest starts all the same', async () => {
  vi.stubEnv('OIDC_CLIENT_ID', 'our-page')
  const { opened } = await openFor((issuer) => issuer.break(500))
  expect(signInIn(process.env)).toBeUndefined()
  expect(opened.told).toContain('does not say where people sign in')
})
