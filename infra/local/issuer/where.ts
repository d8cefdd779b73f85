/** Where the development issuer is: a path of the local runtime, so that its tokens stay good over restarts. */
export const ISSUER_PATH = '/_issuer'

/** What stands in `aud` of its access tokens. */
export const AUDIENCE = 'urn:tidemark:api'

/** The one client: a public one, which proves by PKCE that it is who asked. */
export const CLIENT_ID = 'tidemark'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/

export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/**
 * Why there can be no development issuer here, in a sentence; undefined where there can. Whoever reaches it signs in as
 * whom they like, so nobody but this machine may reach it.
 */
export function refuseIssuerAt({
  host,
  publicUrl,
}: {
  readonly host: string
  readonly publicUrl?: string | undefined
}): string | undefined {
  const open = !isLoopback(host)
    ? `HOST is ${host}`
    : publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname)
      ? `PUBLIC_URL is ${publicUrl}`
      : undefined
  if (open === undefined) return undefined
  return `The development sign-in asks for no password, so it is only for this machine itself, and ${open}. To let people sign in, set OIDC_ISSUER and OIDC_AUDIENCE.`
}
