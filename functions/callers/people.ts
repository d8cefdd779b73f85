import type { Caller } from '../../shared/domain/identity/caller.ts'
import { callerOfMember, NO_MEMBERSHIP, type Person } from '../../shared/domain/identity/member.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { findIdentity, type Stored } from '../adapters/identities.ts'
import { forgetEverywhere, keeper, VOUCHED_MS } from '../adapters/kept.ts'
import { log } from '../http/log.ts'
import { refOf } from './secrets.ts'
import type { Issuer } from './tokens.ts'

/**
 * People, who sign in at an issuer (OpenID Connect) and come with its access token. Which issuer that is, the
 * environment says: `OIDC_ISSUER` and `OIDC_AUDIENCE`, and where they differ from the usual `OIDC_AUDIENCE_CLAIM`,
 * `OIDC_TOKEN_TYP` and `OIDC_JWKS_URI`.
 */
type Environment = Readonly<Record<string, string | undefined>>

/** The issuer of people's tokens; undefined where nobody but machines calls. Throws where only half of it is told. */
export function issuerIn(environment: Environment): Issuer | undefined {
  const issuer = environment['OIDC_ISSUER'] || undefined
  if (issuer === undefined) return undefined
  const audience = environment['OIDC_AUDIENCE'] || undefined
  if (audience === undefined) throw new Error('OIDC_ISSUER is set and OIDC_AUDIENCE is not; set both.')
  const audienceClaim = environment['OIDC_AUDIENCE_CLAIM'] || 'aud'
  if (audienceClaim !== 'aud' && audienceClaim !== 'client_id')
    throw new Error(`OIDC_AUDIENCE_CLAIM is ${JSON.stringify(audienceClaim)}; allowed are aud and client_id.`)
  return {
    issuer,
    audience,
    audienceClaim,
    typ: environment['OIDC_TOKEN_TYP'] || 'at+jwt',
    jwksUri: environment['OIDC_JWKS_URI'] || undefined,
  }
}

/** Three parts with dots between them (RFC 7519); the last is empty in those that nobody has signed. */
export const isToken = (bearer: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(bearer)

/** Where the membership of a person lies. */
export const refOfPerson = (issuer: string, subject: string): string => refOf(`${issuer} ${subject}`)

/** Who has signed in, if their token is good. */
export async function personByToken(token: string): Promise<Decision<Person>> {
  const from = issuerIn(process.env)
  if (!from) return refuse('unauthenticated', 'A token was given, but people do not sign in here.')
  const { verifyToken, BadToken, IssuerUnavailable } = await import('./tokens.ts')
  try {
    const { subject } = await verifyToken(token, from)
    return accept({ ref: refOfPerson(from.issuer, subject) })
  } catch (error) {
    if (error instanceof BadToken) return refuse('unauthenticated', error.message)
    if (!(error instanceof IssuerUnavailable)) throw error
    log('error', 'issuer unavailable', { reason: error.message })
    return refuse(
      'unavailable',
      'Whoever vouches for people does not answer just now. Send the same request again in a moment.',
    )
  }
}

const members = keeper<Stored<'member'>>(VOUCHED_MS)

/** The member that a person is, if any. */
export async function callerByPerson({ ref }: Person): Promise<Decision<Caller>> {
  const found = await members.get(ref, () => findIdentity('member', ref))
  return found ? callerOfMember(found.record) : refuse('no-membership', NO_MEMBERSHIP)
}

/** So that a change counts, everywhere once this resolves. */
export const forgetMember = (ref: string): Promise<void> => forgetEverywhere(members, ref)
