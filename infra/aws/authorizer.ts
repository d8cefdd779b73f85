import { Stack } from 'aws-cdk-lib'
import { CfnAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Alias } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { Front } from './front.ts'

/**
 * Asked before every route that is not open, each time: what it says is kept nowhere, so that a key that is revoked is
 * refused at once. It names no header that a request must have, so that those without one are refused in our words.
 *
 * Made of parts, since CDK's own would put it into the API's stack, below the function that it asks. Returns its id.
 */
export function authorizerOf(scope: Construct, asked: Alias, { api }: Front): string {
  const { partition, region, account } = Stack.of(scope)
  const authorizer = new CfnAuthorizer(scope, 'authorizer-of-routes', {
    apiId: api.apiId,
    name: 'callers',
    authorizerType: 'REQUEST',
    authorizerUri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${asked.functionArn}/invocations`,
    authorizerPayloadFormatVersion: '2.0',
    enableSimpleResponses: true,
    authorizerResultTtlInSeconds: 0,
  })
  asked.addPermission('asked-by-api', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: `arn:${partition}:execute-api:${region}:${account}:${api.apiId}/authorizers/${authorizer.ref}`,
  })
  return authorizer.ref
}
