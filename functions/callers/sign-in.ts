import type * as z from 'zod/mini'
import type { signInView } from '../../shared/contract/answers/service.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The names under which a deployment says where its pages send people to sign in. */
export const SIGN_IN_NAMES = {
  issuer: 'OIDC_ISSUER',
  clientId: 'OIDC_CLIENT_ID',
  authorizationEndpoint: 'OIDC_AUTHORIZATION_ENDPOINT',
  tokenEndpoint: 'OIDC_TOKEN_ENDPOINT',
  endSessionEndpoint: 'OIDC_END_SESSION_ENDPOINT',
  resource: 'OIDC_RESOURCE',
} as const

export type SignInAt = z.output<typeof signInView>

/**
 * Where people sign in, for the page that sends them there; undefined where they do not. All of it is public: a page
 * keeps no secret. It loads nothing, because the function that answers with it is also the health check.
 */
export function signInIn(environment: Environment): SignInAt | undefined {
  const said = (name: keyof typeof SIGN_IN_NAMES): string | undefined =>
    environment[SIGN_IN_NAMES[name]] || undefined
  const issuer = said('issuer')
  const clientId = said('clientId')
  const authorizationEndpoint = said('authorizationEndpoint')
  const tokenEndpoint = said('tokenEndpoint')
  if (!issuer || !clientId || !authorizationEndpoint || !tokenEndpoint) return undefined
  const endSessionEndpoint = said('endSessionEndpoint')
  const resource = said('resource')
  return {
    issuer,
    clientId,
    authorizationEndpoint,
    tokenEndpoint,
    ...(endSessionEndpoint !== undefined && { endSessionEndpoint }),
    ...(resource !== undefined && { resource }),
  }
}
