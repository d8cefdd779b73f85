import * as z from 'zod'
import { ROLES } from '../domain/organisation.ts'
import { ANSWERS } from './answers.ts'
import { ROUTES, type Route } from './routes.ts'

/** OpenAPI 3.1 of the route table. Paths, parameters, bodies and answers all come from it. */
export function openApiDocument(serverUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    if (route.serves === 'site') continue
    const item = (paths[route.path] ??= {})
    item[route.method.toLowerCase()] = operationOf(name, route)
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
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: `Roles: ${ROLES.join(', ')}` } },
      schemas: { Problem: PROBLEM_SCHEMA, ...answerSchemas() },
    },
  }
}

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

const answers: Readonly<Record<string, z.ZodType>> = ANSWERS
const refOf = (id: string): string => `#/components/schemas/${id}`

/** Each kind of answer once, under its name; one that is part of another is referred to there. */
function answerSchemas(): Record<string, unknown> {
  const named = z.registry<{ id: string }>()
  for (const schema of Object.values(ANSWERS)) named.add(schema, { id: idOf(schema) })
  const { schemas } = z.toJSONSchema(named, { io: 'output', uri: refOf })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutHead(schema)]))
}

function idOf(schema: z.ZodType): string {
  const id = schema.meta()?.id
  if (id === undefined) throw new Error('an answer needs a name: .meta({ id })')
  return id
}

function operationOf(name: string, route: Route): Record<string, unknown> {
  const { status, type } = route.answer
  const schema = answers[name]
  return {
    operationId: name,
    summary: route.summary,
    ...(route.callers === 'anyone'
      ? { security: [] }
      : { security: [{ key: [] }], 'x-roles': route.callers }),
    parameters: [...pathParameters(route.path), ...queryParameters(route.query), ...headerParameters(route)],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchemaOf(route.body) } },
      },
    }),
    responses: {
      [status]: {
        description: route.summary,
        content: { [type]: schema ? { schema: { $ref: refOf(idOf(schema)) } } : {} },
      },
      default: {
        description: 'A refusal (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function jsonSchemaOf(body: z.ZodType): Record<string, unknown> {
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

function queryParameters(query: z.ZodType | undefined): object[] {
  if (!query) return []
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
}

function headerParameters({ idempotent, conditional }: Route): object[] {
  return [...(idempotent ? [IDEMPOTENCY_KEY] : []), ...(conditional ? [IF_MATCH] : [])]
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
