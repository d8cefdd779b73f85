import { SIGN_IN_NAMES, signInIn, type SignInAt } from '../../../functions/callers/sign-in.ts'
import { CONSOLE_PATH } from '../../../shared/contract/route.ts'
import { createIssuer, type IssuerEndpoint } from './issuer.ts'
import { AUDIENCE, CLIENT_ID, ISSUER_PATH, refuseIssuerAt } from './where.ts'

/** Where people sign in. */
export interface SignIn {
  /** The development issuer, where there is one. */
  readonly endpoint?: IssuerEndpoint
  /** Where our page has a code made into tokens, if that is not here. */
  readonly tokenOrigin?: string
  /** A sentence for whoever starts the system. */
  readonly told: string
}

export interface SignInPlace {
  readonly host: string
  /** Where the runtime listens. */
  readonly url: string
  /** Where browsers reach it. */
  readonly publicUrl: string
  readonly dataDir: string
  /** The issuer that the environment names, which then says all that the functions need. */
  readonly issuer?: string
}

/**
 * Opens the development issuer and lets the functions take its tokens, unless the environment names another issuer.
 * Where others than this machine can reach the runtime there is none: nobody signs in then, and all else works.
 */
export async function openSignIn(place: SignInPlace): Promise<SignIn> {
  const { host, url, publicUrl, dataDir, issuer } = place
  if (issuer !== undefined) return openElsewhere(issuer)
  const refused = refuseIssuerAt({ host, publicUrl })
  tellFunctions(refused === undefined ? { url, publicUrl } : undefined)
  if (refused !== undefined) return { told: refused }
  return {
    endpoint: createIssuer({ host, publicUrl, dataDir, redirectPath: CONSOLE_PATH }),
    told: `development sign-in, no password: ${publicUrl + CONSOLE_PATH}`,
  }
}

/** An issuer that is not ours. Its tokens are taken in any case; our page sends people there once it is known where. */
async function openElsewhere(issuer: string): Promise<SignIn> {
  const { clientId } = SIGN_IN_NAMES
  if (!process.env[clientId])
    return { told: `tokens of ${issuer}; for our page to sign in there, set ${clientId}` }
  const found = signInIn(process.env) ?? (await discover(issuer))
  if (!found) return { told: `tokens of ${issuer}, which does not say where people sign in` }
  return { told: `sign in at ${issuer}`, tokenOrigin: new URL(found.tokenEndpoint).origin }
}

const PATIENCE_MS = 5_000

/** OpenID Connect Discovery 1.0: what the issuer says of itself, put where the functions read it. */
async function discover(issuer: string): Promise<SignInAt | undefined> {
  const said = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
    .then((response) => response.json())
    .catch(() => undefined)
  const found: unknown = said
  if (typeof found !== 'object' || found === null || !('issuer' in found) || found.issuer !== issuer)
    return undefined
  const endpoints = Object.entries(found).filter(([, value]) => URL.canParse(String(value)))
  const told = new Map(endpoints.map(([name, value]) => [name, String(value)]))
  for (const [name, member] of METADATA) {
    const endpoint = told.get(member)
    if (endpoint !== undefined) process.env[SIGN_IN_NAMES[name]] ??= endpoint
  }
  return signInIn(process.env)
}

const METADATA = [
  ['authorizationEndpoint', 'authorization_endpoint'],
  ['tokenEndpoint', 'token_endpoint'],
  ['endSessionEndpoint', 'end_session_endpoint'],
] as const

/** What Lambda's environment would say. The keys are fetched where the runtime listens, whatever it is called outside. */
function tellFunctions(at: { readonly url: string; readonly publicUrl: string } | undefined): void {
  const taken = ['OIDC_AUDIENCE', 'OIDC_AUDIENCE_CLAIM', 'OIDC_TOKEN_TYP', 'OIDC_JWKS_URI']
  for (const name of [...taken, ...Object.values(SIGN_IN_NAMES)]) delete process.env[name]
  if (!at) return
  const issuer = at.publicUrl + ISSUER_PATH
  process.env['OIDC_AUDIENCE'] = AUDIENCE
  process.env['OIDC_JWKS_URI'] = `${at.url + ISSUER_PATH}/jwks`
  const signIn: SignInAt = {
    issuer,
    clientId: CLIENT_ID,
    authorizationEndpoint: `${issuer}/auth`,
    tokenEndpoint: `${issuer}/token`,
    endSessionEndpoint: `${issuer}/session/end`,
    resource: AUDIENCE,
  }
  for (const [name, variable] of Object.entries(SIGN_IN_NAMES))
    process.env[variable] = new Map(Object.entries(signIn)).get(name)
}
