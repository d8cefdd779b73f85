import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issuerIn } from '../../../functions/callers/people.ts'
import { FUNCTIONS } from '../../../shared/contract/functions.ts'
import { ROLES } from '../../../shared/domain/organisation.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

let prod: Synthesis
beforeAll(async () => {
  prod = await synthesise('prod', 'empty')
})
afterAll(async () => prod.remove())

const only = ({ template }: Synthesis, type: string) => {
  const [found, ...others] = resourcesOf(template.data, type)
  if (!found || others.length > 0) throw new Error(`the template does not hold exactly one ${type}`)
  return found
}

describe('the user pool', () => {
  it('lets people sign in by passkey or a strong password, with a one-time code if they like', () => {
    expect(only(prod, 'AWS::Cognito::UserPool').properties).toMatchObject({
      UserPoolTier: 'ESSENTIALS',
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      WebAuthnUserVerification: 'required',
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      Policies: {
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
        },
      },
    })
  })

  it('asks for an address and nothing else of anybody', () => {
    const { Schema } = only(prod, 'AWS::Cognito::UserPool').properties
    expect(Schema).toEqual([{ Name: 'email', Required: true, Mutable: true }])
  })

  it('has a group for each role', () => {
    const groups = resourcesOf(prod.template.data, 'AWS::Cognito::UserPoolGroup')
    expect(new Set(groups.map(({ properties }) => properties.GroupName))).toEqual(new Set(ROLES))
  })
})

describe('the client', () => {
  it('is public and uses authorization codes alone, from our own site', () => {
    const { properties } = only(prod, 'AWS::Cognito::UserPoolClient')
    const site = { 'Fn::Join': ['', ['https://', expect.anything(), '/console/']] }
    expect(properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [site],
      LogoutURLs: [site],
      SupportedIdentityProviders: ['COGNITO'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
    })
    // With rotation Cognito refuses the flow that would go round it.
    expect(properties.ExplicitAuthFlows).toEqual(['ALLOW_USER_AUTH'])
  })

  it('has the newer pages, which know passkeys, at a name that carries the account', () => {
    expect(only(prod, 'AWS::Cognito::UserPoolDomain').properties).toMatchObject({
      Domain: { 'Fn::Join': ['', ['tidemark-prod-', { Ref: 'AWS::AccountId' }]] },
      ManagedLoginVersion: 2,
    })
    expect(only(prod, 'AWS::Cognito::ManagedLoginBranding').properties).toMatchObject({
      UseCognitoProvidedValues: true,
    })
  })
})

it('the authorizer is told whose tokens to take, the contract where people sign in, and no other function either', () => {
  const told = resourcesOf(prod.template.service, 'AWS::Lambda::Function').filter(
    ({ properties }) => 'OIDC_ISSUER' in (properties.Environment?.Variables ?? {}),
  )
  const toldTo = (name: 'authorizer' | 'contract') =>
    told.find(({ properties }) => properties.Description === `Tidemark: ${FUNCTIONS[name].does}`)?.properties
      .Environment.Variables ?? {}
  expect(told).toHaveLength(2)
  const { OIDC_AUDIENCE_CLAIM } = toldTo('authorizer')
  const issuer = { OIDC_ISSUER: 'https://issuer', OIDC_AUDIENCE: 'client', OIDC_AUDIENCE_CLAIM }
  expect(issuerIn(issuer)).toMatchObject({ audienceClaim: 'client_id' })
  const { OIDC_AUTHORIZATION_ENDPOINT, OIDC_TOKEN_ENDPOINT, OIDC_END_SESSION_ENDPOINT } = toldTo('contract')
  const at = (path: string) => ({
    'Fn::Join': [
      '',
      ['https://tidemark-prod-', { Ref: 'AWS::AccountId' }, `.auth.us-east-1.amazoncognito.com${path}`],
    ],
  })
  expect([OIDC_AUTHORIZATION_ENDPOINT, OIDC_TOKEN_ENDPOINT, OIDC_END_SESSION_ENDPOINT]).toEqual(
    ['/oauth2/authorize', '/oauth2/token', '/logout'].map(at),
  )
})
