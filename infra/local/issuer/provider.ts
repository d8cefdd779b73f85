import Provider, { type Configuration } from 'oidc-provider'
import { errorPage, signOutPage } from './page.ts'
import { memoryOf } from './memory.ts'
import { demoPerson } from './people.ts'
import type { Secrets } from './secrets.ts'
import { AUDIENCE, CLIENT_ID } from './where.ts'

const TOKEN_SECONDS = 3_600
const SIGNED_IN_SECONDS = 12 * 3_600

/**
 * The development issuer: OpenID Connect as any other speaks it, with authorization code and PKCE for one public client,
 * and access tokens that are JWTs of RFC 9068 for our API. Only who signs in is left to a page without passwords.
 */
export function makeProvider(issuer: string, redirectUri: string, secrets: Secrets): Provider {
  const configuration: Configuration = {
    adapter: memoryOf(),
    jwks: { keys: [secrets.signingKey] },
    cookies: { keys: [secrets.cookieKey] },
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [redirectUri],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    responseTypes: ['code'],
    scopes: ['openid'],
    // The console asks for its tokens from a page of this origin, and no other page may.
    clientBasedCORS: (_, origin) => origin === new URL(redirectUri).origin,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        logoutSource: (context, form) => {
          context.body = signOutPage(form)
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenTTL: TOKEN_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      IdToken: TOKEN_SECONDS,
      Interaction: 3_600,
      Session: SIGNED_IN_SECONDS,
      Grant: SIGNED_IN_SECONDS,
    },
    interactions: { url: (_, { uid }) => `${new URL(issuer).pathname}/interaction/${uid}` },
    findAccount: (_, subject) =>
      demoPerson(subject) && { accountId: subject, claims: () => ({ sub: subject }) },
    // The client is ours: nobody is asked whether they consent to it.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc
      const grant = new provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    renderError: (context) => {
      context.type = 'html'
      context.body = errorPage()
    },
  }
  return new Provider(issuer, configuration)
}
