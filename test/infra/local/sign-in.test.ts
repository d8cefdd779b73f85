import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { SIGN_IN_NAMES, signInIn } from '../../../functions/callers/sign-in.ts'
import { openSignIn } from '../../../infra/local/issuer/open.ts'
import { createSite } from '../../../infra/local/static.ts'
import { listen } from '../../../infra/local/serving.ts'
import { temporaryFolder } from '../../runtime.ts'
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

it('may be asked for tokens by our pages, and nobody else may', async () => {
  const root = await temporaryFolder()
  await mkdir(join(root, 'console'))
  await writeFile(join(root, 'console/index.html'), '<!doctype html>')
  const site = createSite(root, () => ['https://issuer.example'])
  const server = createServer((request, response) => void site(request, response))
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
    await rm(root, { recursive: true, force: true })
  })
  const answer = await fetch(`${await listen(server, { host: '127.0.0.1', port: 0 })}/console/`)
  await answer.text()
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("connect-src 'self' https://issuer.example;")
  expect(policy.match(/https:/g)).toHaveLength(1)
})
