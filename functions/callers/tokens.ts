import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose'

/**
 * Tokens of people, verified as RFC 9068 and RFC 8725 ask: signed by a key that the issuer publishes, with an algorithm
 * that we allow whatever the token says, from this issuer, for us, now, and an access token.
 *
 * Loaded only when a person calls (`people.ts`): machines' keys need none of it.
 */
export interface Issuer {
  /** As it stands in `iss`, to the letter. */
  readonly issuer: string
  readonly audience: string
  /**
   * Where a token says for whom it is. Most issuers say so in `aud`; Cognito's access tokens have none, and name the
   * client that they were made for in `client_id` and what they are in `token_use`.
   */
  readonly audienceClaim: 'aud' | 'client_id'
  /** The `typ` of access tokens; `at+jwt` (RFC 9068) unless the issuer is known to write something else. */
  readonly typ: string
  /** Found by discovery where it is not given. */
  readonly jwksUri?: string | undefined
}

/** What a good token says: who it is, at this issuer. */
export interface Verified {
  readonly subject: string
}

/** Asymmetric signatures alone: with any other, whoever can verify a token could make one. */
export const ALGORITHMS: readonly string[] = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA', 'Ed25519']

const TOLERANCE_SECONDS = 30
/** No access token lives longer; one from the future is refused with this too. */
const MAX_AGE_SECONDS = 86_400

/** The issuer could not be asked for its keys: nobody knows yet whether the token is good. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable'
}

/** The token is none that we take; the message says why, in a sentence that may be shown to whoever sent it. */
export class BadToken extends Error {
  override readonly name = 'BadToken'
}

/** Verifies a token; throws {@link BadToken} or {@link IssuerUnavailable}. */
export async function verifyToken(token: string, from: Issuer): Promise<Verified> {
  const { issuer, audience, audienceClaim, typ } = from
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keysOf(from), {
      issuer,
      algorithms: [...ALGORITHMS],
      clockTolerance: TOLERANCE_SECONDS,
      maxTokenAge: MAX_AGE_SECONDS,
      requiredClaims: ['sub', 'exp', 'iat'],
      ...(audienceClaim === 'aud' && { audience, typ }),
    })
    if (audienceClaim === 'client_id') {
      const { typ: given = 'JWT' } = protectedHeader
      if (payload['token_use'] !== 'access' || given !== 'JWT')
        throw new BadToken('The token is no access token.')
      if (payload['client_id'] !== audience) throw new BadToken('The token was made for another client.')
    }
    if (typeof payload.sub !== 'string' || payload.sub === '') throw new BadToken('The token names nobody.')
    return { subject: payload.sub }
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new BadToken(sentenceOf(error))
    throw error
  }
}

/** Why a token is refused. What it says itself is not repeated: it may be anything. */
function sentenceOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) {
    return error.claim === 'iat'
      ? `The token was made more than ${MAX_AGE_SECONDS / 3600} hours ago.`
      : 'The token has expired.'
  }
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIMS[error.claim] ?? NO_ACCESS_TOKEN
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token is not signed as it must be; allowed: ${ALGORITHMS.join(', ')}.`
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token is signed with no key of the issuer.'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is wrong.'
  return 'The token cannot be read.'
}

const NO_ACCESS_TOKEN = 'The token lacks what an access token has.'
const CLAIMS: Readonly<Record<string, string>> = {
  iss: 'The token is from another issuer.',
  aud: 'The token was made for somebody else.',
  typ: 'The token is no access token.',
  nbf: 'The token is not valid yet.',
  iat: 'The token was made in the future.',
}

/**
 * So long after the keys were fetched, a token that names another does not have them fetched again: an issuer changes
 * keys once in months, and whoever makes up tokens must not make us ask it for every one.
 */
export const COOLDOWN_MS = 30_000
/** So long keys are used without asking again: a key that the issuer takes back is good for no longer. */
const KEPT_MS = 10 * 60_000
/** Two of these, for discovery and for the keys, and the authorizer still answers in time. */
const PATIENCE_MS = 2_000

const known = new Map<string, JWTVerifyGetKey>()

/** The keys of an issuer, fetched once for all tokens that come meanwhile. */
function keysOf({ issuer, jwksUri }: Issuer): JWTVerifyGetKey {
  const id = `${issuer} ${jwksUri ?? ''}`
  const found = known.get(id)
  if (found) return found
  let locating: Promise<JWTVerifyGetKey> | undefined
  const keys: JWTVerifyGetKey = async (header, token) => {
    try {
      locating ??= locate({ issuer, jwksUri })
      const located = await locating.catch((error: unknown) => {
        locating = undefined
        throw error
      })
      return await located(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error
      const reason = error instanceof Error ? error.message : 'unknown'
      throw new IssuerUnavailable(`${issuer} did not give its keys: ${reason}`, { cause: error })
    }
  }
  known.set(id, keys)
  return keys
}

async function locate({ issuer, jwksUri }: Pick<Issuer, 'issuer' | 'jwksUri'>): Promise<JWTVerifyGetKey> {
  return createRemoteJWKSet(new URL(jwksUri ?? (await discover(issuer))), {
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEPT_MS,
    timeoutDuration: PATIENCE_MS,
  })
}

/** OpenID Connect Discovery 1.0: where the issuer publishes its keys. */
async function discover(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!response.ok) throw new Error(`discovery answered ${response.status}`)
  const found: unknown = await response.json()
  if (typeof found !== 'object' || found === null) throw new Error('discovery answered with no object')
  const { issuer: named, jwks_uri: uri }: { issuer?: unknown; jwks_uri?: unknown } = found
  if (named !== issuer) throw new Error('discovery names another issuer')
  if (typeof uri !== 'string') throw new Error('discovery names no jwks_uri')
  return uri
}
