import {
  authorizationUrl,
  base64url,
  isOurs,
  readCallback,
  signOutUrl,
  type Pending,
  type SignInAt,
  type SignInFault,
} from './oidc.ts'

/**
 * Who has signed in, for as long as this tab lives: kept in its sessionStorage, so that a reload asks nobody again and
 * nothing stays when the tab is closed. Tokens go to our own API in a header and nowhere else.
 */
interface Kept {
  readonly accessToken: string
  readonly expiresAtMs: number
}

const SESSION = 'tidemark.console.session'
const PENDING = 'tidemark.console.pending'
const INVITATION = 'tidemark.console.invitation'

const here = (): string => location.origin + location.pathname

/** Whether this browser lets the page keep anything at all: some forbid it together with cookies. */
export function canKeep(): boolean {
  try {
    sessionStorage.removeItem(`${SESSION}.none`)
    return true
  } catch {
    return false
  }
}

/** The token to call with; undefined where nobody has signed in, or no longer. */
export function currentToken(): string | undefined {
  const kept = read(SESSION)
  if (typeof kept !== 'object' || kept === null || !('accessToken' in kept) || !('expiresAtMs' in kept))
    return undefined
  const { accessToken, expiresAtMs } = kept
  if (typeof accessToken !== 'string' || typeof expiresAtMs !== 'number') return undefined
  return expiresAtMs > Date.now() ? accessToken : undefined
}

export const forgetSession = (): void => sessionStorage.removeItem(SESSION)

/** Takes the code of an invitation out of the address, so that no bookmark or screenshot of it has it. True if there was one. */
export function takeInvitation(): boolean {
  const code = new URLSearchParams(location.hash.slice(1)).get('invitation')
  if (code === null) return false
  sessionStorage.setItem(INVITATION, code.trim())
  history.replaceState(null, '', location.pathname + location.search)
  return true
}

/** Survives the way to the issuer and back. */
export const keptInvitation = (): string | undefined => sessionStorage.getItem(INVITATION) ?? undefined
export const forgetInvitation = (): void => sessionStorage.removeItem(INVITATION)

/** Leaves for the issuer. Resolves only where the browser cannot. */
export async function beginSignIn(at: SignInAt, asAnother = false): Promise<SignInFault | undefined> {
  if (!isSecureContext) return 'page'
  const pending: Pending = { state: chance(), nonce: chance(), verifier: chance() }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier))
  const challenge = base64url(new Uint8Array(digest))
  sessionStorage.setItem(PENDING, JSON.stringify(pending))
  location.assign(authorizationUrl(at, pending, { redirectUri: here(), challenge, asAnother }))
  return undefined
}

/** 256 bits, as RFC 7636 advises for the verifier. */
const chance = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)))

/**
 * Comes back from the issuer, if that is what this is: the code leaves the address and the history at once, counts once,
 * and is made into tokens by proving that it was us who asked.
 */
export async function finishSignIn(at: SignInAt): Promise<SignInFault | undefined> {
  const callback = readCallback(location.search, readPending(), at.issuer)
  if (callback.is === 'none') return undefined
  history.replaceState(null, '', location.pathname + location.hash)
  sessionStorage.removeItem(PENDING)
  if (callback.is === 'failed') return callback.why
  const { code, pending } = callback
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: at.clientId,
    code,
    code_verifier: pending.verifier,
    redirect_uri: here(),
    ...(at.resource !== undefined && { resource: at.resource }),
  })
  const response = await fetch(at.tokenEndpoint, { method: 'POST', body, credentials: 'omit' }).catch(
    () => undefined,
  )
  if (!response) return 'network'
  const tokens: unknown = await response.json().catch(() => undefined)
  const nowMs = Date.now()
  const kept = response.ok && keepable(tokens, at, pending, nowMs)
  if (!kept) return 'issuer'
  sessionStorage.setItem(SESSION, JSON.stringify(kept))
  return undefined
}

function keepable(tokens: unknown, at: SignInAt, { nonce }: Pending, nowMs: number): Kept | undefined {
  if (typeof tokens !== 'object' || tokens === null) return undefined
  if (!('access_token' in tokens) || !('id_token' in tokens)) return undefined
  const { access_token: accessToken, id_token: idToken } = tokens
  const seconds = 'expires_in' in tokens ? Number(tokens.expires_in) : Number.NaN
  if (typeof accessToken !== 'string' || typeof idToken !== 'string') return undefined
  const { issuer, clientId } = at
  if (!isOurs(idToken, { issuer, clientId, nonce, nowSeconds: nowMs / 1000 })) return undefined
  return { accessToken, expiresAtMs: nowMs + 1000 * (seconds > 0 ? seconds : DEFAULT_SECONDS) }
}

/** Of tokens that do not say how long they live; the API says so when one is over. */
const DEFAULT_SECONDS = 3_600

function readPending(): Pending | undefined {
  const kept = read(PENDING)
  if (typeof kept !== 'object' || kept === null) return undefined
  if (!('state' in kept) || !('nonce' in kept) || !('verifier' in kept)) return undefined
  const { state, nonce, verifier } = kept
  if (typeof state !== 'string' || typeof nonce !== 'string' || typeof verifier !== 'string') return undefined
  return { state, nonce, verifier }
}

/** Signs out here, and at the issuer where it has a page for that. True if the browser is leaving. */
export function signOut(at: SignInAt | undefined): boolean {
  forgetSession()
  const url = at && signOutUrl(at, here())
  if (url !== undefined) location.assign(url)
  return url !== undefined
}

function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    return undefined
  }
}
