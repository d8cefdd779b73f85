import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiPatterns } from '../../../infra/aws/behaviours.ts'
import { FUNCTIONS } from '../../../shared/contract/functions.ts'
import { methodsOf } from '../../../shared/contract/matching.ts'
import { asksWhoCalls } from '../../../shared/contract/route.ts'
import { ROUTES, type Route } from '../../../shared/contract/routes.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

const SERVED = Object.values<Route>(ROUTES).filter(({ serves }) => serves !== 'site')

describe('the API', () => {
  let synthesis: Synthesis
  beforeAll(async () => {
    synthesis = await synthesise('dev', 'empty')
  })
  afterAll(async () => synthesis.remove())

  it('has every route of the table with its function, HEAD beside GET, and one for all that no route takes', () => {
    const expected = SERVED.flatMap((route) =>
      methodsOf(route).map((method): [string, string] => [`${method} ${route.path}`, describedBy(route)]),
    )
    expected.push(['$default', `Tidemark: ${FUNCTIONS.contract.does}`])
    expect(new Map(deployedRoutes(synthesis))).toEqual(new Map(expected))
    expect(deployedRoutes(synthesis)).toHaveLength(expected.length)
  })

  it('asks who calls before every route that is not open to anyone, each time anew, and before no other', () => {
    const routes = resourcesOf(synthesis.template.service, 'AWS::ApiGatewayV2::Route')
    const [authorizer, ...others] = resourcesOf(synthesis.template.service, 'AWS::ApiGatewayV2::Authorizer')
    expect(others).toEqual([])
    expect(authorizer?.properties).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 0,
    })
    expect(authorizer?.properties.IdentitySource ?? []).toEqual([])
    const asking = routes.filter(({ properties }) => properties.AuthorizationType === 'CUSTOM')
    for (const { properties } of asking) expect(properties.AuthorizerId).toEqual({ Ref: authorizer?.id })
    const closed = SERVED.filter(asksWhoCalls)
    const keys = closed.flatMap((route) => methodsOf(route).map((method) => `${method} ${route.path}`))
    expect(new Set(asking.map(({ properties }) => properties.RouteKey))).toEqual(new Set(keys))
  })

  it('gives functions events of payload format 2.0', () => {
    const formats = resourcesOf(synthesis.template.service, 'AWS::ApiGatewayV2::Integration').map(
      ({ properties }) => properties.PayloadFormatVersion,
    )
    expect(new Set(formats)).toEqual(new Set(['2.0']))
  })

  it('may call whoever serves a route, and who is asked who calls, and nobody else', () => {
    const permissions = resourcesOf(synthesis.template.service, 'AWS::Lambda::Permission').filter(
      ({ properties }) => properties.Principal === 'apigateway.amazonaws.com',
    )
    const [authorizer] = resourcesOf(synthesis.template.service, 'AWS::ApiGatewayV2::Authorizer')
    const called = permissions.map(({ properties }): [unknown, unknown] => [
      liveOf(synthesis, properties.FunctionName),
      properties.SourceArn['Fn::Join'][1].at(-1),
    ])
    const expected = new Map<unknown, unknown>(SERVED.map((route) => [describedBy(route), '/*/*']))
    expected.set(`Tidemark: ${FUNCTIONS.authorizer.does}`, { Ref: authorizer?.id })
    expect(called).toHaveLength(expected.size)
    expect(new Map(called)).toEqual(expected)
  })

  it('is throttled, and logs routes and statuses but neither addresses nor headers', () => {
    const [stage] = resourcesOf(synthesis.template.front, 'AWS::ApiGatewayV2::Stage')
    expect(stage?.properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    })
    const format: string = stage?.properties.AccessLogSettings.Format
    expect(JSON.parse(format)).toMatchObject({ route: '$context.routeKey', status: '$context.status' })
    expect(format).not.toMatch(/identity|sourceIp|header|authorizer/)
  })

  it('is reached through the CDN on every path of the table, and only there', () => {
    for (const { path } of SERVED) expect(patternsFor(path)).toHaveLength(1)
    expect(patternsFor(ROUTES.collect.path)).toEqual([])
    expect(patternsFor('/')).toEqual([])
  })
})

function deployedRoutes({ template }: Pick<Synthesis, 'template'>): [string, string][] {
  const byId = (type: string) =>
    new Map(resourcesOf(template.service, type).map(({ id, properties }) => [id, properties]))
  const integrations = byId('AWS::ApiGatewayV2::Integration')
  return resourcesOf(template.service, 'AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const integration = integrations.get(properties.Target['Fn::Join'][1][1].Ref)
    return [properties.RouteKey, liveOf({ template }, integration.IntegrationUri)]
  })
}

/** Of the function behind an alias, what the function table says that it does. */
function liveOf({ template }: Pick<Synthesis, 'template'>, alias: { readonly Ref: string }): string {
  const aliases = template.service.findResources('AWS::Lambda::Alias')
  const functions = template.service.findResources('AWS::Lambda::Function')
  const { Name, FunctionName } = aliases[alias.Ref]?.['Properties'] ?? {}
  expect(Name).toBe('live')
  return functions[FunctionName.Ref]?.['Properties'].Description
}

function describedBy({ serves }: Route): string {
  if (serves === 'site') throw new Error('the site has no function')
  return `Tidemark: ${FUNCTIONS[serves].does}`
}

/** Which of the CDN's patterns for the API a path falls under. */
function patternsFor(path: string): string[] {
  return [...apiPatterns().keys()].filter((pattern) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  )
}
