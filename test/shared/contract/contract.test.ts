import { describe, expect, it } from 'vitest'
import { openApiDocument } from '../../../shared/contract/openapi.ts'
import { problemOf, refusalOfIssues } from '../../../shared/contract/problem.ts'
import { pickupBody } from '../../../shared/contract/requests/pickups.ts'
import { productBody } from '../../../shared/contract/requests/products.ts'
import { ROUTES, type Route } from '../../../shared/contract/routes.ts'
import { REFUSALS, type RefusalCode } from '../../../shared/domain/refusal.ts'

const routes = Object.entries<Route>(ROUTES)

describe('the OpenAPI document', () => {
  const document = JSON.parse(JSON.stringify(openApiDocument('https://tidemark.example')))
  /** RFC 6901, for names without `~` or `/`. */
  const resolve = (ref: string): unknown =>
    ref.split('/').reduce((value, key) => (key === '#' ? value : value?.[key]), document)

  it('describes every route of the API, with its callers and its parameters', () => {
    for (const [name, route] of routes.filter(([, candidate]) => candidate.serves !== 'site')) {
      const operation = document.paths[route.path][route.method.toLowerCase()]
      expect(operation.operationId).toBe(name)
      expect(operation['x-roles'] ?? 'anyone').toEqual(route.callers)
      expect(operation.responses[route.answer.status]).toBeDefined()
      expect(operation.responses.default.content['application/problem+json']).toBeDefined()
    }
    const parameters = document.paths['/v1/batches/{id}/trace'].get.parameters
    expect(parameters.map((parameter: { name: string }) => parameter.name)).toEqual([
      'id',
      'direction',
      'limit',
      'cursor',
    ])
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
    expect(productBody.safeParse({ ...product, gtin: '9506000134352' }).success).toBe(false)
    expect(productBody.safeParse({ ...product, gtin: '00000000000000' }).success).toBe(false)
  })
})
