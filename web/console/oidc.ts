import type * as z from 'zod'
import type { signInView } from '../../shared/contract/answers/service.ts'

/**
 * Authorization code with PKCE, as a public client must do it: OpenID Connect Core 1.0, RFC 7636, RFC 9700. What is
 * decided here is pure; `session.ts` keeps, fetches and sends.
 */
export type SignInAt = z.output<typeof signInView>

/** What is remembered between sending somebody to the issuer and their coming back. */
export interface Pending {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** base64url without padding (RFC 4648, 5). */
export function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

export interface Destination {
  /** This page, as the issuer knows it. */
  readonly redirectUri: string
  /** SHA-256 of the verifier, in base64url. */
  readonly challenge: string
  /** Has the issuer ask who it is even where it knows. */
  readonly asAnother?: boolean
}

/** Where somebody is sent to sign in. */
export function authorizationUrl(
  { authorizationEndpoint, clientId, resource }: SignInAt,
  { state, nonce }: Pick<Pending, 'state' | 'nonce'>,
  { redirectUri, challenge, asAnother = false }: Destination,
): string {
  const url = new URL(authorizationEndpoint)
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid',
    state,
    nonce,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(resource !== undefined && { resource }),
    ...(asAnother && { prompt: 'login' }),
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

/**
 * Why nobody is signed in. `stale`: it was begun in another window, or is over; `denied`: the issuer did not sign anybody
 * in; `issuer`: it did not give what it should have; `page`: this address is not secure, so the browser lacks what PKCE
 * needs; `storage`: this browser keeps nothing for pages, so nobody comes back as who they left.
 */
export type SignInFault = 'stale' | 'denied' | 'issuer' | 'page' | 'storage' | 'network' | 'expired'

export type Callback =
  | { readonly is: 'none' }
  | { readonly is: 'code'; readonly code: string; readonly pending: Pending }
  | { readonly is: 'failed'; readonly why: 'stale' | 'denied' }

/**
 * What the issuer sends back in the address. It counts only with the state that we sent, and, where the issuer names
 * itself (RFC 9207), from the one we asked: an answer that somebody else began signs nobody in.
 */
export function readCallback(search: string, pending: Pending | undefined, issuer: string): Callback {
  const given = new URLSearchParams(search)
  const [state, code, from] = [given.get('state'), given.get('code'), given.get('iss')]
  if (code === null && !given.has('error')) return { is: 'none' }
  if (!pending || state !== pending.state || (from !== null && from !== issuer))
    return { is: 'failed', why: 'stale' }
  return code === null ? { is: 'failed', why: 'denied' } : { is: 'code', code, pending }
}

export interface Expected {
  readonly issuer: string
  readonly clientId: string
  readonly nonce: string
  readonly nowSeconds: number
}

/** Clocks of phones are off by more than those of servers. */
const TOLERANCE_SECONDS = 300

/**
 * Whether an ID token is of the sign-in that we began: its issuer, its audience, its time and our nonce. It came from
 * the issuer itself over TLS, which stands in for its signature (OpenID Connect Core 1.0, 3.1.3.7, 6).
 */
export function isOurs(idToken: string, { issuer, clientId, nonce, nowSeconds }: Expected): boolean {
  const { iss, aud, azp, nonce: carried, exp } = claimsIn(idToken)
  const audience: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  return (
    iss === issuer &&
    audience.includes(clientId) &&
    (audience.length === 1 || azp === clientId) &&
    carried === nonce &&
    typeof exp === 'number' &&
    exp > nowSeconds - TOLERANCE_SECONDS
  )
}

function claimsIn(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ''] = token.split('.')
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (one) =>
      one.charCodeAt(0),
    )
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof claims === 'object' && claims !== null ? { ...claims } : {}
  } catch {
    return {}
  }
}

/**
 * Where somebody signs out of the issuer too (OpenID Connect RP-Initiated Logout 1.0). No token goes into the address:
 * the client's id says who asks. Cognito wants the way back under a name of its own, which others pass over.
 */
export function signOutUrl({ endSessionEndpoint, clientId }: SignInAt, backTo: string): string | undefined {
  if (endSessionEndpoint === undefined) return undefined
  const url = new URL(endSessionEndpoint)
  url.searchParams.set('client_id', clientId)
  url.searchParams.set('post_logout_redirect_uri', backTo)
  url.searchParams.set('logout_uri', backTo)
  return url.href
}
