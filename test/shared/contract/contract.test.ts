import { describe, expect, it } from 'vitest'
import { openApiDocument } from '../../../shared/contract/openapi.ts'
import { problemOf, refusalOfIssues } from '../../../shared/contract/problem.ts'
import { pickupBody } from '../../../shared/contract/requests/pickups.ts'
import { productBody } from '../../../shared/contract/requests/products.ts'
import { ROUTES, type Route } from '../../../shared/contract/routes.ts'
import { statusesOf } from '../../../shared/contract/statuses.ts'
import { REFUSALS, type RefusalCode } from '../../../shared/domain/refusal.ts'

const routes = Object.entries<Route>(ROUTES)
/** How OpenAPI writes a row: as it is, or each of the forms of its path. */
const formsOf = (name: string, { path, forms }: Route): [string, string][] =>
  Object.entries(forms ?? { [name]: path })

describe('the OpenAPI document', () => {
  const document = JSON.parse(JSON.stringify(openApiDocument('https://tidemark.example')))
  /** RFC 6901, for names without `~` or `/`. */
  const resolve = (ref: string): unknown =>
    ref.split('/').reduce((value, key) => (key === '#' ? value : value?.[key]), document)

  it('describes every route of the API, with its callers and its parameters', () => {
    for (const [name, route] of routes.filter(([, candidate]) => candidate.serves !== 'site')) {
      for (const [as, path] of formsOf(name, route)) {
        const { operationId, responses, ...told } = document.paths[path][route.method.toLowerCase()]
        expect(operationId).toBe(as)
        expect(told['x-roles'] ?? 'anyone').toEqual(route.callers)
        expect(responses[route.answer.status]).toBeDefined()
        expect(responses.default.content['application/problem+json']).toBeDefined()
      }
    }
    const parameters = document.paths['/v1/batches/{id}/trace'].get.parameters
    expect(parameters.map((parameter: { name: string }) => parameter.name)).toEqual([
      'id',
      'direction',
      'limit',
      'cursor',
      'Tidemark-Organisation',
    ])
  })

  const operation = (path: string, method: string) => document.paths[path][method]
  const parametersOf = (path: string, method: string, where: string) =>
    operation(path, method)
      .parameters.filter((parameter: { in: string }) => parameter.in === where)
      .map((parameter: { name: string }) => parameter.name)

  it('shows the note on a field where that was made, and nowhere else that has the field', () => {
    const limitOf = (path: string) =>
      operation(path, 'get').parameters.find((parameter: { name: string }) => parameter.name === 'limit')
        .schema
    expect(limitOf('/v1/batches/{id}/checks').description).toMatch(/^How many events are looked at/)
    expect(limitOf('/v1/batches/{id}/events').description).toBeUndefined()
    const { properties } = operation('/v1/shipments', 'post').requestBody.content['application/json'].schema
    expect(properties.siteId).toMatchObject({
      description: 'Where it leaves from',
      examples: ['dachen'],
    })
    expect(properties.to.properties.siteId.description).toBeUndefined()
  })

  it('says of every route which statuses it answers with, each in its own words', () => {
    const served = routes.filter(([, { serves }]) => serves !== 'site')
    for (const [name, route] of served) {
      for (const [, path] of formsOf(name, route)) {
        const { responses } = operation(path, route.method.toLowerCase())
        const told = Object.keys(responses).filter((status) => status !== 'default')
        expect([path, told]).toEqual([path, statusesOf(route).map(String)])
        for (const status of told) expect(responses[status].description).not.toBe('')
      }
    }
    expect(Object.keys(operation('/v1/pickups', 'post').responses)).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
      'default',
    ])
    expect(operation('/v1/pickups', 'post').responses['409'].description).toContain('The batch is held')
  })

  it('says of what is read which tag it has, and how to ask whether it is still the same', () => {
    for (const path of ['/v1/batches/{id}', '/v1/runs/{id}', '/v1/shipments/{id}', '/b/{id}']) {
      const { responses } = operation(path, 'get')
      const audited = path.startsWith('/v1/') ? ['Tidemark-Organisation'] : []
      expect(parametersOf(path, 'get', 'header')).toEqual([...audited, 'If-None-Match'])
      expect([responses['200'].headers.ETag, responses['304'].headers.ETag]).toEqual([
        expect.any(Object),
        expect.any(Object),
      ])
      expect(responses['304'].content).toBeUndefined()
    }
    expect(operation('/v1/batches', 'get').responses['304']).toBeUndefined()
  })

  it('says of what is changed which headers it takes and gives', () => {
    expect(parametersOf('/v1/runs', 'post', 'header')).toEqual(['Idempotency-Key'])
    expect(parametersOf('/v1/runs/{id}/close', 'post', 'header')).toEqual(['Idempotency-Key', 'If-Match'])
    const { headers } = operation('/v1/runs', 'post').responses['201']
    expect(Object.keys(headers)).toEqual(['Location', 'Idempotent-Replayed'])
    expect(headers.Location.description).toContain('/v1/runs/{id}')
    expect(operation('/v1/runs/{id}/close', 'post').responses['412']).toBeDefined()
  })

  it('says of the public page how to ask for a language and for JSON', () => {
    const { parameters, responses } = operation('/b/{id}', 'get')
    const options = parameters.filter((parameter: { in: string }) => parameter.in === 'query')
    expect(options.map(({ name, schema }: { name: string; schema: object }) => [name, schema])).toEqual([
      ['lang', { type: 'string', enum: ['en', 'zh'] }],
      ['format', { type: 'string', enum: ['html', 'json', 'jsonld'] }],
      ['linkType', { type: 'string', enum: ['linkset'] }],
    ])
    expect(Object.keys(responses)).toEqual(['200', '304', '400', '404', '429', '500', '503', 'default'])
    expect(Object.keys(responses['200'].content)).toEqual([
      'text/html',
      'application/json',
      'application/ld+json',
      'application/linkset+json',
    ])
    expect(Object.keys(responses['404'].content)).toEqual(['application/problem+json', 'text/html'])
  })

  it('says of every JSON answer what is in it', () => {
    for (const [name, { path, method, answer }] of routes) {
      if (answer.type !== 'application/json') continue
      const { content } = document.paths[path][method.toLowerCase()].responses[answer.status]
      const schema = resolve(content[answer.type].schema.$ref)
      expect([name, schema]).toEqual([name, expect.objectContaining({ type: 'object' })])
    }
  })

  it('refers to nothing that is not in it', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref ?? '')
    expect(refs).toContain('#/components/schemas/Batch')
    for (const ref of new Set(refs)) expect([ref, resolve(ref)]).toEqual([ref, expect.any(Object)])
  })

  it('says of a body what is needed and that nothing else is allowed', () => {
    const { schema } = document.paths['/v1/pickups'].post.requestBody.content['application/json']
    expect(schema.required).toEqual(['siteId', 'form'])
    expect(schema.additionalProperties).toBe(false)
  })
})

describe('problems', () => {
  it('have a status in the range of refusals for every code', () => {
    for (const [code, { status }] of Object.entries(REFUSALS)) {
      expect([code, status >= 400 && status < 600]).toEqual([code, true])
    }
    const codes: RefusalCode[] = ['busy']
    expect(problemOf({ code: codes[0] ?? 'busy', detail: 'later' })).toEqual({
      type: '/problems/busy',
      title: REFUSALS.busy.title,
      status: 409,
      detail: 'later',
      code: 'busy',
    })
  })

  it('point at each bad field with an escaped JSON Pointer (RFC 6901)', () => {
    const body = { siteId: 'dachen', form: 'net', massKg: 1, 'a/b~c': 1, photos: [{ sha256: 'x' }] }
    const parsed = pickupBody.safeParse(body)
    const { errors = [] } = refusalOfIssues(parsed.error?.issues ?? [], body, 'body')
    expect(errors.map((fault) => fault.pointer)).toEqual([
      '/photos/0/sha256',
      '/photos/0/mediaType',
      '/photos/0/bytes',
      '/a~1b~0c',
    ])
  })

  it('show at most a little of what was given', () => {
    const body = { siteId: 'x'.repeat(5_000), form: 'net', massKg: 1 }
    const parsed = pickupBody.safeParse(body)
    const { errors = [] } = refusalOfIssues(parsed.error?.issues ?? [], body, 'body')
    expect(errors[0]?.detail.length).toBeLessThan(200)
  })
})

describe('a GTIN', () => {
  const product = {
    siteId: 's',
    name: 'n',
    charges: [{ batchId: 'BAAAAAAAAAAAA', massKg: 1 }],
    units: 1,
    gramsPerUnit: 1,
  }

  it('is taken with its right check digit only', () => {
    expect(productBody.safeParse({ ...product, gtin: '09506000134352' }).success).toBe(true)
    expect(productBody.safeParse({ ...product, gtin: '09506000134353' }).success).toBe(false)
    expect(productBody.safeParse({ ...product, gtin: '9506000134352' }).success).toBe(true)
    expect(productBody.safeParse({ ...product, gtin: '950600013435' }).success).toBe(false)
    expect(productBody.safeParse({ ...product, gtin: '00000000000000' }).success).toBe(false)
  })
})
