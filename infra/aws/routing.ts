import { Stack, Validations } from 'aws-cdk-lib'
import { CfnIntegration, CfnRoute, type HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Alias } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { FunctionName } from '../../shared/contract/functions.ts'
import { methodsOf } from '../../shared/contract/matching.ts'
import { asksWhoCalls } from '../../shared/contract/route.ts'
import { ROUTES, type Route } from '../../shared/contract/routes.ts'

export interface Routing {
  /** What is live of each function. */
  readonly live: ReadonlyMap<FunctionName, Alias>
  /** Of who is asked before every route that is not open. */
  readonly authorizerId: string
  readonly api: HttpApi
}

/**
 * The routes of the table, each to the function that serves it, and one for all that no row takes, so that it is refused
 * as everything is refused, and not in API Gateway's words.
 *
 * Made of parts: CDK's own routes make an integration and a permission for each of them, and a stack of CloudFormation
 * holds 500 things. Here a function has one of either.
 */
export function routeAll(scope: Construct, { live, authorizerId, api }: Routing): void {
  const targets = new Map([...live].map(([name, made]) => [name, targetOf(scope, name, made, api)]))
  const add = (id: string, routeKey: string, serves: FunctionName, asks: boolean): CfnRoute =>
    new CfnRoute(scope, id, {
      apiId: api.apiId,
      routeKey,
      target: targets.get(serves)?.() ?? '',
      authorizationType: asks ? 'CUSTOM' : 'NONE',
      ...(asks && { authorizerId }),
    })
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    if (route.serves === 'site') continue
    for (const method of methodsOf(route)) {
      const id = `${name}-${method === 'HEAD' ? 'head' : 'route'}`
      const made = add(id, `${method} ${route.path}`, route.serves, asksWhoCalls(route))
      if (!asksWhoCalls(route)) acknowledgeOpen(made, whyOpen(route))
    }
  }
  acknowledgeOpen(
    add('default-route', '$default', 'contract', false),
    'It only says that there is nothing, or for which methods there is.',
  )
}

/** How routes name a function. Integration and permission are made for the first that does. */
function targetOf(scope: Construct, name: FunctionName, made: Alias, api: HttpApi): () => string {
  let target: string | undefined
  return () => (target ??= integrate(scope, name, made, api))
}

function integrate(scope: Construct, name: FunctionName, made: Alias, { apiId }: HttpApi): string {
  const { partition, region, account } = Stack.of(scope)
  made.addPermission('called-by-api', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: `arn:${partition}:execute-api:${region}:${account}:${apiId}/*/*`,
  })
  const { ref } = new CfnIntegration(scope, `${name}-integration`, {
    apiId,
    integrationType: 'AWS_PROXY',
    integrationUri: made.functionArn,
    payloadFormatVersion: '2.0',
  })
  return `integrations/${ref}`
}

const whyOpen = ({ callers }: Route): string =>
  callers === 'holder'
    ? 'The body is the credential, a code or what a device has signed, and the function verifies it.'
    : 'Open by design: it answers with nothing but public records.'

function acknowledgeOpen(route: CfnRoute, reason: string): void {
  Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason })
}
