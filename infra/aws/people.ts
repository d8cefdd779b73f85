import { Aws, Duration, Stack, Validations, type RemovalPolicy } from 'aws-cdk-lib'
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito'
import type { Construct } from 'constructs'
import { CONSOLE_PATH } from '../../shared/contract/route.ts'
import { ROLES } from '../../shared/domain/organisation.ts'
import type { Stage } from './stage.ts'

export interface PeopleProps {
  readonly stage: Stage
  /** The origin of the site, where people come back to from having signed in. */
  readonly siteUrl: string
  readonly removalPolicy: RemovalPolicy
}

/** What the authorizer must know to take people's tokens, as `functions/callers/people.ts` reads it. */
export type IssuerEnvironment = Readonly<
  Record<'OIDC_ISSUER' | 'OIDC_AUDIENCE' | 'OIDC_AUDIENCE_CLAIM' | 'OIDC_JWKS_URI', string>
>

/** What a page must know to send people there, as `functions/callers/sign-in.ts` reads it. */
export type SignInEnvironment = Readonly<
  Record<
    | 'OIDC_ISSUER'
    | 'OIDC_CLIENT_ID'
    | 'OIDC_AUTHORIZATION_ENDPOINT'
    | 'OIDC_TOKEN_ENDPOINT'
    | 'OIDC_END_SESSION_ENDPOINT',
    string
  >
>

export interface People {
  readonly issuer: IssuerEnvironment
  readonly signIn: SignInEnvironment
}

/** A prefix is taken once in a region, whoever has it; the account's number makes it ours. */
const prefixOf = (stage: Stage): string => `tidemark-${stage.name}-${Aws.ACCOUNT_ID}`

/**
 * The origin of the pages where people sign in. It is told by the stage alone, because the site that must let its pages
 * ask there is deployed before the user pool.
 */
export const signInOrigin = (stage: Stage, region: string): string =>
  `https://${prefixOf(stage)}.auth.${region}.amazoncognito.com`

/**
 * Where people sign in: a Cognito user pool with its own pages, and one public client for our site. Accounts say who
 * somebody is and nothing of what they may do: an account alone belongs to no organisation and is refused everywhere, so
 * whoever was invited may make their own. What the pool holds cannot be made again, so it is with the data.
 */
export function peopleOf(scope: Construct, props: PeopleProps): People {
  const pool = poolOf(scope, props)
  groupsOf(pool)
  const client = clientOf(pool, props)
  signInPagesOf(pool, client, props.stage)
  const pages = signInOrigin(props.stage, Stack.of(scope).region)
  return {
    issuer: {
      OIDC_ISSUER: pool.userPoolProviderUrl,
      OIDC_AUDIENCE: client.userPoolClientId,
      // Cognito's access tokens have no audience.
      OIDC_AUDIENCE_CLAIM: 'client_id',
      OIDC_JWKS_URI: `${pool.userPoolProviderUrl}/.well-known/jwks.json`,
    },
    signIn: {
      OIDC_ISSUER: pool.userPoolProviderUrl,
      OIDC_CLIENT_ID: client.userPoolClientId,
      OIDC_AUTHORIZATION_ENDPOINT: `${pages}/oauth2/authorize`,
      OIDC_TOKEN_ENDPOINT: `${pages}/oauth2/token`,
      OIDC_END_SESSION_ENDPOINT: `${pages}/logout`,
    },
  }
}

function poolOf(scope: Construct, { stage, removalPolicy }: PeopleProps): UserPool {
  const pool = new UserPool(scope, 'People', {
    // The smallest plan with passkeys and the newer pages.
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: true,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    // A new address counts once it was verified: until then one signs in with the old one.
    keepOriginal: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
    passkeyUserVerification: PasskeyUserVerification.REQUIRED,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
      passwordHistorySize: 5,
    },
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: stage.keepsData,
    removalPolicy,
  })
  Validations.of(pool).acknowledge(
    {
      id: 'AwsSolutions-COG2',
      reason:
        'Passkeys, which need the user to be verified, are two factors by themselves; those with a password may add a one-time code.',
    },
    {
      id: 'AwsSolutions-COG8',
      reason:
        'The plus plan costs for every user from the first; passkeys cannot be guessed, and an account alone may do nothing.',
    },
  )
  return pool
}

/** One for each role, for whoever looks after accounts. What somebody may do is said by their membership alone. */
function groupsOf(pool: UserPool): void {
  for (const role of ROLES)
    pool.addGroup(`Group-${role}`, {
      groupName: role,
      description: `People who work as ${role}; their membership says so, not this group`,
    })
}

/** The site in a browser, which cannot keep a secret: authorization code with PKCE, and nothing else. */
function clientOf(pool: UserPool, { siteUrl }: PeopleProps): UserPoolClient {
  return pool.addClient('Client', {
    generateSecret: false,
    authFlows: { user: true },
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
      scopes: [OAuthScope.OPENID],
      callbackUrls: [siteUrl + CONSOLE_PATH],
      logoutUrls: [siteUrl + CONSOLE_PATH],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(7),
    // A refresh token that was copied is noticed when it is used the second time (RFC 9700, 4.14.2).
    refreshTokenRotationGracePeriod: Duration.seconds(30),
  })
}

function signInPagesOf(pool: UserPool, client: UserPoolClient, stage: Stage): void {
  const domain = pool.addDomain('Domain', {
    cognitoDomain: { domainPrefix: prefixOf(stage) },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  })
  const pages = new CfnManagedLoginBranding(pool, 'Pages', {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  })
  pages.node.addDependency(domain)
}
