import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createIssuer } from '../../../infra/local/issuer/issuer.ts'
import { authorize, redeem, signInAs } from '../../../infra/local/issuer/signing-in.ts'
import { refuseIssuerAt } from '../../../infra/local/issuer/where.ts'
import { organisationView } from '../../../shared/contract/answers/organisation.ts'
import { ROLES } from '../../../shared/domain/organisation.ts'
import { jsonOf } from '../../client.ts'
import { launch, startTestRuntime, temporaryFolder, type TestRuntime } from '../../runtime.ts'

/** The development issuer: what it asks of clients, what its page says, and where it does not start at all. */
const LOCAL = { host: '127.0.0.1', publicUrl: 'http://127.0.0.1:3000' }

describe('where others than this machine could reach it, the development issuer', () => {
  it.each([
    { ...LOCAL, host: '0.0.0.0' },
    { ...LOCAL, host: '192.168.1.20' },
    { ...LOCAL, host: '::' },
    { ...LOCAL, host: '127.0.0.1.example.org' },
    { ...LOCAL, publicUrl: 'http://192.168.1.20:3000' },
    { ...LOCAL, publicUrl: 'https://tunnel.example' },
    { ...LOCAL, publicUrl: 'http://localhost.example' },
  ])('refuses to start: HOST $host, PUBLIC_URL $publicUrl', (place) => {
    const start = () => createIssuer({ ...place, dataDir: '/nowhere', redirectPath: '/' })
    expect(start).toThrow('asks for no password, so it is only for this machine itself, and')
  })

  it.each(['127.0.0.1', '127.8.9.10', 'localhost', '::1'])('starts on %s', (host) => {
    expect(refuseIssuerAt({ host, publicUrl: 'http://localhost:3000' })).toBeUndefined()
    expect(refuseIssuerAt({ host, publicUrl: 'http://[::1]:3000' })).toBeUndefined()
  })

  it('leaves the system running without it, and saying so', async () => {
    const dataDir = await temporaryFolder()
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
    const started = launch({ DATA_DIR: dataDir, HOST: '0.0.0.0', SEED: 'none' })
    onTestFinished(started.killBoth)
    const url = await started.ready()
    expect(started.stdout()).toContain(
      'HOST is 0.0.0.0. To let people sign in, set OIDC_ISSUER and OIDC_AUDIENCE.',
    )
    expect((await fetch(`${url}/_issuer/.well-known/openid-configuration`)).status).toBe(404)
    const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.'
    const answer = await fetch(`${url}/v1/organisation`, { headers: { authorization: `Bearer ${token}` } })
    expect([answer.status, await answer.text()]).toEqual([
      401,
      expect.stringContaining('people do not sign in here'),
    ])
  })
})

describe('the development issuer', () => {
  let runtime: TestRuntime
  beforeAll(async () => {
    runtime = await startTestRuntime({ seed: 'demo' })
  })
  afterAll(async () => runtime?.stop())

  const ask = (changes: Readonly<Record<string, string | undefined>> = {}): Promise<Response> => {
    const parameters = {
      client_id: 'tidemark',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${runtime.url}/console/`,
      state: 'state',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...changes,
    }
    const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined)
    const query = new URLSearchParams(given)
    return fetch(`${runtime.url}/_issuer/auth?${query.toString()}`, { redirect: 'manual' })
  }
  const errorIn = (response: Response): string | null =>
    new URL(response.headers.get('location') ?? 'http://nowhere').searchParams.get('error')

  it('makes a member of each demo person but one, who can act at once and go on after a restart', async () => {
    for (const role of ROLES) {
      const { accessToken } = await signInAs(`demo-${role}`, runtime.url)
      const answer = await runtime.get('/v1/organisation', { key: accessToken })
      expect(organisationView.parse(jsonOf(answer))).toMatchObject({ id: 'demo-coop', role })
    }
    const { accessToken } = await signInAs('demo-newcomer', runtime.url)
    expect((await runtime.get('/v1/organisation', { key: accessToken })).status).toBe(403)
  })

  it('says in both languages, on a page with nothing from elsewhere, that it asks for no password', async () => {
    const asked = await ask()
    const cookie = asked.headers
      .getSetCookie()
      .map((set) => set.split(';')[0])
      .join('; ')
    const page = await fetch(new URL(asked.headers.get('location') ?? '', runtime.url), {
      headers: { cookie },
    })
    const body = await page.text()
    expect(page.status).toBe(200)
    expect(body).toContain('Development sign-in, no password.')
    expect(body).toContain('开发用登录，无需密码。')
    expect(body).not.toMatch(/(src|href)=|url\(|@import|<script/)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action /)
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('wants PKCE by SHA-256, a client and an address that it knows, and no implicit flow', async () => {
    expect(errorIn(await ask({ code_challenge: undefined, code_challenge_method: undefined }))).toBe(
      'invalid_request',
    )
    expect(errorIn(await ask({ code_challenge_method: 'plain' }))).toBe('invalid_request')
    const implicit = (await ask({ response_type: 'token' })).headers.get('location')
    expect(implicit).toContain('error=unsupported_response_type')
    for (const changes of [{ client_id: 'other' }, { redirect_uri: 'https://elsewhere.example/' }]) {
      const answer = await ask(changes)
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })

  it('redeems a code once, and only for who has the verifier', async () => {
    const stolen = await authorize('demo-brand', runtime.url)
    const form = { ...stolen.form, code_verifier: 'v'.repeat(43) }
    await expect(redeem({ ...stolen, form })).rejects.toThrow('answered 400')
    const grant = await authorize('demo-brand', runtime.url)
    expect((await redeem(grant)).accessToken).not.toBe('')
    await expect(redeem(grant)).rejects.toThrow('answered 400')
  })

  it('does not answer to a name that somebody else had lead to this machine', async () => {
    const { port } = new URL(runtime.url)
    const sent = request({
      host: '127.0.0.1',
      port,
      path: '/_issuer/jwks',
      headers: { host: `evil.example:${port}` },
    })
    sent.end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    expect(answer.statusCode).toBe(403)
  })

  it('gives a token to whoever asks for one by the command that the start names', async () => {
    const script = fileURLToPath(new URL('../../../infra/local/issuer/sign-in.ts', import.meta.url))
    const child = spawn(process.execPath, [script, 'auditor'], {
      env: { ...process.env, URL: runtime.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const token = (await text(child.stdout)).trim()
    const answer = await runtime.get('/v1/organisation', { key: token })
    expect(organisationView.parse(jsonOf(answer)).role).toBe('auditor')
  })

  it('keeps its key in a file that only its owner reads, and publishes the public half alone', async () => {
    const { signingKey } = JSON.parse(await readFile(join(runtime.dataDir, 'issuer.json'), 'utf8'))
    const { keys } = JSON.parse(await (await fetch(`${runtime.url}/_issuer/jwks`)).text())
    expect(keys).toMatchObject([{ kid: signingKey.kid, x: signingKey.x, alg: 'ES256' }])
    expect(keys[0]).not.toHaveProperty('d')
  })
})

it('goes on with the same key and the same people after a restart at the same address', async () => {
  const dataDir = await temporaryFolder()
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const first = await startTestRuntime({ seed: 'demo', dataDir })
  const { accessToken } = await signInAs('demo-brand', first.url)
  await first.stop()
  const again = launch({ DATA_DIR: dataDir, SEED: 'demo', PORT: new URL(first.url).port })
  onTestFinished(again.killBoth)
  const url = await again.ready()
  const headers = { authorization: `Bearer ${accessToken}` }
  expect((await fetch(`${url}/v1/organisation`, { headers })).status).toBe(200)
  const key = first.keys.operator
  const members = await fetch(`${url}/v1/members`, { headers: { authorization: `Bearer ${key}` } })
  expect(JSON.parse(await members.text()).items).toHaveLength(ROLES.length)
})
