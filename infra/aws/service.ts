import { Stack, Validations, type Environment } from 'aws-cdk-lib'
import {
  HttpRoute,
  HttpRouteKey,
  HttpMethod,
  PayloadFormatVersion,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { FunctionName } from '../../shared/contract/functions.ts'
import { methodsOf } from '../../shared/contract/matching.ts'
import { asksWhoCalls } from '../../shared/contract/route.ts'
import { ROUTES, type Route } from '../../shared/contract/routes.ts'
import { authorizerOf } from './authorizer.ts'
import { functionNames, type Assets } from './assets.ts'
import type { Data } from './data.ts'
import type { Front } from './front.ts'
import { functionOf } from './function.ts'
import { deploySite } from './site.ts'
import type { Stage } from './stage.ts'
import { feedProjector, feedSequencer } from './stream.ts'
import { watchLog } from './watch.ts'

export interface ServiceProps {
  readonly stage: Stage
  readonly env: Environment
  readonly assets: Assets
  readonly front: Front
  readonly data: Data
}

/** Everything a release replaces: the functions, the routes to them, the stream that feeds one, the site's files. */
export class Service extends Stack {
  constructor(scope: Construct, id: string, { stage, env, assets, front, data }: ServiceProps) {
    super(scope, id, { description: 'Tidemark: functions, routes and the files of the site', env })
    const { publicUrl, logOrigin } = front
    const functions = new Map<FunctionName, LambdaFunction>()
    for (const name of functionNames()) {
      const made = functionOf(this, name, {
        stage,
        data,
        publicUrl,
        logOrigin,
        verifier: assets.verifier,
        bundle: assets.bundleOf(name),
      })
      functions.set(name, made)
      feed(this, name, made, data)
    }
    const asked = functions.get('authorizer')
    if (!asked) throw new Error('the function table has no authorizer')
    const authorizer = authorizerOf(this, asked, front)
    for (const [name, route] of Object.entries<Route>(ROUTES)) {
      const target = route.serves === 'site' ? undefined : functions.get(route.serves)
      if (target) routeTo(this, { name, route, target, front, authorizer })
    }
    const last = functions.get('contract')
    if (last) defaultTo(this, last, front)
    deploySite(this, { stage, folder: assets.site, front })
  }
}

/** What calls a function that nobody calls by HTTP. */
function feed(scope: Construct, name: FunctionName, made: LambdaFunction, { table }: Data): void {
  if (name === 'projector') feedProjector(scope, `${name}-stream`, made, table)
  if (name === 'sequencer') feedSequencer(scope, `${name}-stream`, made, table)
  if (name === 'monitor') watchLog(scope, made)
}

interface Row {
  readonly name: string
  readonly route: Route
  readonly target: LambdaFunction
  readonly front: Front
  readonly authorizer: IHttpRouteAuthorizer
}

/**
 * One row, with an integration of its own: shared ones would take their id from whichever route comes first in the
 * table, and be replaced when that changes. A row that is read by GET has a second route for HEAD.
 */
function routeTo(scope: Construct, { name, route, target, front, authorizer }: Row): void {
  const integration = integrationOf(name, target)
  for (const method of methodsOf(route)) {
    const made = new HttpRoute(scope, `${name}-${method === 'HEAD' ? 'head' : 'route'}`, {
      httpApi: front.api,
      routeKey: HttpRouteKey.with(route.path, method === 'HEAD' ? HttpMethod.HEAD : HttpMethod[route.method]),
      integration,
      ...(asksWhoCalls(route) && { authorizer }),
    })
    if (!asksWhoCalls(route)) acknowledgeOpen(made, whyOpen(route))
  }
}

const whyOpen = ({ callers }: Route): string =>
  callers === 'holder'
    ? 'The body is the credential, a code or what a device has signed, and the function verifies it.'
    : 'Open by design: it answers with nothing but public records.'

/** Where all goes that no row takes, so that it is refused as everything is refused, and not in API Gateway's words. */
function defaultTo(scope: Construct, target: LambdaFunction, front: Front): void {
  const made = new HttpRoute(scope, 'default-route', {
    httpApi: front.api,
    routeKey: HttpRouteKey.DEFAULT,
    integration: integrationOf('default', target),
  })
  acknowledgeOpen(made, 'It only says that there is nothing, or for which methods there is.')
}

const integrationOf = (name: string, target: LambdaFunction): HttpLambdaIntegration =>
  new HttpLambdaIntegration(name, target, { payloadFormatVersion: PayloadFormatVersion.VERSION_2_0 })

function acknowledgeOpen(route: HttpRoute, reason: string): void {
  Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason })
}
