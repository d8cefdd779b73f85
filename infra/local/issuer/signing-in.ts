import { createHash, randomBytes } from 'node:crypto'
import { CONSOLE_PATH } from '../../../shared/contract/route.ts'
import { AUDIENCE, CLIENT_ID, ISSUER_PATH } from './where.ts'

/** Tokens of somebody who has signed in. */
export interface SignedIn {
  readonly accessToken: string
  readonly idToken: string
}

/** What we use of the issuer's metadata (OpenID Connect Discovery 1.0). */
interface Metadata {
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
}

/** What a client brings back from the issuer, to be redeemed there. */
export interface Grant {
  readonly tokenEndpoint: string
  readonly form: Readonly<Record<'code' | 'code_verifier' | 'redirect_uri', string>>
}

/**
 * Signs somebody in at the development issuer of the runtime at `url` as a browser would: authorization code with PKCE
 * (RFC 7636), the page's form, cookies and redirects. Throws a sentence at the first answer that is not as it should be.
 */
export async function signInAs(subject: string, url: string): Promise<SignedIn> {
  return redeem(await authorize(subject, url))
}

/** The way through the browser, up to the code. */
export async function authorize(subject: string, url: string): Promise<Grant> {
  const found = await json<Metadata>(await fetch(`${url + ISSUER_PATH}/.well-known/openid-configuration`))
  const redirectUri = new URL(found.issuer).origin + CONSOLE_PATH
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const asked = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    resource: AUDIENCE,
  })
  const visit = visitor()
  const page = await visit(`${found.authorization_endpoint}?${asked.toString()}`)
  const back = await visit(page, new URLSearchParams({ person: subject }))
  const answer = new URL(await visit(back)).searchParams
  const code = answer.get('code')
  if (code === null || answer.get('state') !== state || answer.get('iss') !== found.issuer)
    throw new Error(`${found.issuer} did not sign ${subject} in: ${answer.get('error') ?? 'no code'}`)
  const form = { code, code_verifier: verifier, redirect_uri: redirectUri }
  return { tokenEndpoint: found.token_endpoint, form }
}

/** The way behind the browser's back: the code for tokens. */
export async function redeem({ tokenEndpoint, form }: Grant): Promise<SignedIn> {
  const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: CLIENT_ID, ...form })
  const answer = await fetch(tokenEndpoint, { method: 'POST', body })
  const { access_token: accessToken, id_token: idToken } = await json<{
    access_token: string
    id_token: string
  }>(answer)
  return { accessToken, idToken }
}

async function json<T>(response: Response): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 200)}`)
  const value: T = JSON.parse(text)
  return value
}

/** Asks for an address, or sends it a form, with the cookies that were set before; resolves to where it leads. */
function visitor(): (address: string, form?: URLSearchParams) => Promise<string> {
  const cookies = new Map<string, string>()
  return async (address, form) => {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form && { method: 'POST', body: form }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    const to = response.headers.get('location')
    if (to === null)
      throw new Error(`${new URL(address).pathname} answered ${response.status} and leads nowhere`)
    return new URL(to, address).href
  }
}
