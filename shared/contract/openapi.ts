import * as z from 'zod/mini'
import { DEVICE_TOKEN_TYP, MAX_TOKEN_SECONDS } from '../domain/identity/device.ts'
import { ROLES } from '../domain/organisation.ts'
import { REFUSALS } from '../domain/refusal.ts'
import { ACCESS, type Access } from './access.ts'
import { ANSWERS } from './answers.ts'
import { ROUTES, type Route } from './routes.ts'
import { statusesOf } from './statuses.ts'

/** OpenAPI 3.1 of the route table. Paths, parameters, bodies and answers all come from it. */
export function openApiDocument(serverUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    if (route.serves === 'site') continue
    for (const [operationId, path] of Object.entries(route.forms ?? { [name]: route.path })) {
      const item = (paths[path] ??= {})
      item[route.method.toLowerCase()] = { ...operationOf(name, { ...route, path }), operationId }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tidemark',
      version: '1',
      description:
        'Traceability for recycled marine plastic. Masses are kilograms with at most three decimals.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: `Roles: ${ROLES.join(', ')}` },
        device: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: DEVICE_TOKEN },
        person: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: PERSON },
      },
      schemas: { Problem: PROBLEM_SCHEMA, ...answerSchemas() },
    },
  }
}

const DEVICE_TOKEN = `A token that a collector's device signs itself: ES256, typ ${DEVICE_TOKEN_TYP}, kid and iss its id, aud this origin, jti, and exp at most ${MAX_TOKEN_SECONDS} seconds after iat`
const PERSON = 'The access token of a person who has signed in by OpenID Connect'

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
    },
    rule: { type: 'object', properties: { id: { type: 'string' }, zh: { type: 'string' } } },
    blockedBy: { type: 'array', items: { type: 'string' } },
    requestId: { type: 'string' },
  },
}

const answers: Readonly<Record<string, z.core.$ZodType>> = ANSWERS
const refOf = (id: string): string => `#/components/schemas/${id}`

/** Each kind of answer once, under its name; one that is part of another is referred to there. */
function answerSchemas(): Record<string, unknown> {
  const named = z.registry<{ id: string }>()
  for (const schema of Object.values(ANSWERS)) named.add(schema, { id: idOf(schema) })
  const { schemas } = z.toJSONSchema(named, { io: 'output', uri: refOf })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutHead(schema)]))
}

function idOf(schema: z.core.$ZodType): string {
  const id = z.globalRegistry.get(schema)?.id
  if (id === undefined) throw new Error('an answer needs a name: .meta({ id })')
  return id
}

function operationOf(name: string, route: Route): Record<string, unknown> {
  return {
    operationId: name,
    summary: route.summary,
    ...securityOf(route),
    'x-reaches': reachOf(name),
    parameters: [
      ...pathParameters(route.path),
      ...queryParameters(route.query),
      ...optionParameters(route.options),
      ...headerParameters(route),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchemaOf(route.body) } },
      },
    }),
    responses: { ...responsesOf(name, route), default: refusal('Any other refusal (RFC 9457)', route) },
  }
}

function securityOf({ callers, devices }: Route): Record<string, unknown> {
  if (callers === 'anyone') return { security: [] }
  if (callers === 'holder') return { security: [], 'x-roles': callers }
  if (callers === 'person') return { security: [{ person: [] }], 'x-roles': callers }
  const security = [{ key: [] }, { person: [] }, ...(devices ? [{ device: [] }] : [])]
  return { security, 'x-roles': callers }
}

const access: Readonly<Record<string, Access>> = ACCESS

/** How far a route reaches, in the words of access.ts. */
function reachOf(name: string): Access['reaches'] | undefined {
  return access[name]?.reaches
}

/** An answer for each status that the row implies. */
function responsesOf(name: string, route: Route): Record<string, unknown> {
  const { status, type, also = [], tagged } = route.answer
  const schema = answers[name]
  const content = [
    [type, schema ? { schema: { $ref: refOf(idOf(schema)) } } : {}],
    ...also.map((other) => [other, {}]),
  ]
  const answer = {
    description: route.summary,
    headers: responseHeaders(route),
    content: Object.fromEntries(content),
  }
  const elsewhere = { description: ELSEWHERE, headers: { Location: LEADS_ON, Link: ALL_LINKS } }
  const choices = { ...answer, description: CHOICES }
  const unchanged = { description: 'You have it already (If-None-Match)', headers: tagged && { ETag: ETAG } }
  return Object.fromEntries(
    statusesOf(route).map((code) => {
      if (code === status) return [code, answer]
      if (code === 307) return [code, elsewhere]
      if (code === 300) return [code, choices]
      return [code, code === 304 ? unchanged : refusal(titlesOf(code), route)]
    }),
  )
}

const ELSEWHERE = 'What was asked for is to be had elsewhere'
const CHOICES = 'Several things fit alike: choose one of these'
const LEADS_ON = {
  description: 'Where, with the query of the request',
  schema: { type: 'string', format: 'uri' },
}
const ALL_LINKS = { description: 'Where all links are listed', schema: { type: 'string' } }

/** Who is shown a page is told so on a page. */
function refusal(description: string, { answer }: Route): Record<string, unknown> {
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return { description, content: { ...problem, ...(answer.type === 'text/html' && { [answer.type]: {} }) } }
}

/** What may be wrong, with one status: the titles of all refusals that have it. */
function titlesOf(status: number): string {
  const titles = Object.values(REFUSALS).filter((one) => one.status === status)
  return titles.map(({ title }) => title).join('; ')
}

function responseHeaders({ idempotent, answer }: Route): Record<string, unknown> {
  return {
    ...(answer.tagged && { ETag: ETAG }),
    ...(answer.location !== undefined && { Location: locationHeader(answer.location) }),
    ...(answer.linked && { Link: NEXT_PAGE }),
    ...(idempotent && { 'Idempotent-Replayed': REPLAYED }),
  }
}

const ETAG = {
  description: 'Names what was read, for If-None-Match and If-Match',
  schema: { type: 'string' },
}

const NEXT_PAGE = {
  description: 'Where the list goes on: `<…>; rel="next"` (RFC 8288). Absent on the last page',
  schema: { type: 'string' },
}

const REPLAYED = {
  description: 'Whether this is the answer to an earlier sending of the same request',
  schema: { type: 'boolean' },
}

const locationHeader = (location: string): object => ({
  description: `Where what was made can be read: ${location}`,
  schema: { type: 'string', format: 'uri-reference' },
})

function jsonSchemaOf(body: z.core.$ZodType): Record<string, unknown> {
  return withoutHead(z.toJSONSchema(body, { io: 'input', reused: 'inline' }))
}

/** A schema inside a document has the document's dialect, and its place there for a name. */
function withoutHead(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { $schema: _dialect, $id: _name, ...rest } = schema
  return rest
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.core.$ZodType | undefined): object[] {
  if (!query) return []
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
}

function optionParameters(options: Route['options'] = {}): object[] {
  return Object.entries(options).map(([name, values]) => ({
    name,
    in: 'query',
    required: false,
    description: 'Passed over where it is none of these',
    schema: { type: 'string', enum: values },
  }))
}

function headerParameters({ idempotent, conditional, answer, audited }: Route): object[] {
  return [
    ...(audited ? [ORGANISATION] : []),
    ...(idempotent ? [IDEMPOTENCY_KEY] : []),
    ...(conditional ? [IF_MATCH] : []),
    ...(answer.tagged ? [IF_NONE_MATCH] : []),
  ]
}

const ORGANISATION = {
  name: 'Tidemark-Organisation',
  in: 'header',
  required: false,
  description:
    'For auditors: the id of an organisation that granted yours an audit, in whose place to read. Your own, if left out.',
  schema: { type: 'string' },
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A UUID. Resending the same request with it gives the first answer again.',
  schema: { type: 'string', format: 'uuid' },
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag that was read. Refused with 412 if it has changed since.',
  schema: { type: 'string' },
}

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag that was read. Answered with 304 if it is still the same.',
  schema: { type: 'string' },
}
