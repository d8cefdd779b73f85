import { CONSOLE_PATH } from '../../../shared/contract/route.ts'
import { createIssuer, type IssuerEndpoint } from './issuer.ts'
import { AUDIENCE, ISSUER_PATH, refuseIssuerAt } from './where.ts'

/** Where people sign in. */
export interface SignIn {
  /** The development issuer, where there is one. */
  readonly endpoint?: IssuerEndpoint
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
export function openSignIn({ host, url, publicUrl, dataDir, issuer }: SignInPlace): SignIn {
  if (issuer !== undefined) return { told: `sign in at ${issuer}` }
  const refused = refuseIssuerAt({ host, publicUrl })
  tellFunctions(refused === undefined ? { url, publicUrl } : undefined)
  if (refused !== undefined) return { told: refused }
  return {
    endpoint: createIssuer({ host, publicUrl, dataDir, redirectPath: CONSOLE_PATH }),
    told: 'development sign-in, no password: npm run sign-in -- operator',
  }
}

/** What Lambda's environment would say. The keys are fetched where the runtime listens, whatever it is called outside. */
function tellFunctions(at: { readonly url: string; readonly publicUrl: string } | undefined): void {
  for (const name of [
    'OIDC_ISSUER',
    'OIDC_AUDIENCE',
    'OIDC_AUDIENCE_CLAIM',
    'OIDC_TOKEN_TYP',
    'OIDC_JWKS_URI',
  ])
    delete process.env[name]
  if (!at) return
  process.env['OIDC_ISSUER'] = at.publicUrl + ISSUER_PATH
  process.env['OIDC_AUDIENCE'] = AUDIENCE
  process.env['OIDC_JWKS_URI'] = `${at.url + ISSUER_PATH}/jwks`
}
