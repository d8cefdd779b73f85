import type * as z from 'zod/mini'
import { MAX_BODY_BYTES } from '../../shared/contract/limits.ts'
import { refusalOfIssues } from '../../shared/contract/problem.ts'
import { ORGANISATION_HEADER, scopeOf, type Route } from '../../shared/contract/route.ts'
import type { ROUTES, RouteName } from '../../shared/contract/routes.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import type { Person } from '../../shared/domain/identity/member.ts'
import { accept, refuse, type Decision, type Refused } from '../../shared/domain/refusal.ts'
import type { HttpEvent } from './http.ts'
import { repeatedMember } from './repeated.ts'

/** A request that fits its route: authenticated where the route asks for it, body and query checked and typed. */
export interface Request<Name extends RouteName> {
  readonly path: Readonly<Record<string, string>>
  readonly header: (name: string) => string | undefined
  readonly caller: CallerOf<Name>
  readonly body: Parsed<Name, 'body'>
  readonly query: Parsed<Name, 'query'>
  /** As they stand in the address, percent-encoded. */
  readonly rawPath: string
  readonly rawQueryString: string
  readonly rawQuery: Readonly<Record<string, string | undefined>>
  /** The address that it comes from, for counting guesses. It is neither kept nor logged. */
  readonly source: string
  /** A lower-case UUID; empty on routes that do not ask for one. */
  readonly idempotencyKey: string
}

type Table = typeof ROUTES
type Parsed<Name extends RouteName, Part extends 'body' | 'query'> =
  Table[Name] extends Record<Part, infer Schema extends z.ZodMiniType> ? z.output<Schema> : undefined
type CallerOf<Name extends RouteName> = Table[Name]['callers'] extends 'anyone' | 'holder'
  ? undefined
  : Table[Name]['callers'] extends 'person'
    ? Person
    : Caller

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Checks in the order in which a stranger may learn things: who, what kind of body, which fields. */
export async function readRequest<Name extends RouteName>(
  _name: Name,
  route: Route,
  event: HttpEvent,
): Promise<Decision<Request<Name>>> {
  const header = (wanted: string): string | undefined => event.headers[wanted]
  const caller = admit(route, event)
  if (!caller.ok) return caller
  const idempotencyKey = readIdempotencyKey(route, header('idempotency-key'))
  if (!idempotencyKey.ok) return idempotencyKey
  const body = readBody(route, event)
  if (!body.ok) return body
  const rawQuery = event.queryStringParameters ?? {}
  const query = check(route.query, rawQuery, 'query')
  if (!query.ok) return query
  const request = {
    path: decodePath(event.pathParameters ?? {}),
    header,
    caller: caller.value,
    body: body.value,
    query: query.value,
    rawPath: event.rawPath,
    rawQueryString: event.rawQueryString,
    rawQuery,
    source: event.requestContext.http.sourceIp,
    idempotencyKey: idempotencyKey.value,
  }
  return accept(typed<Name>(request))
}

/** The table ties each route's name to its schemas, and the checks above have run them: this only gives that its type. */
function typed<Name extends RouteName>(request: { [Key in keyof Request<Name>]: unknown }): Request<Name> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see the docstring
  return request as Request<Name>
}

const decodePath = (parameters: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value ?? '']))

/** The caller that the authorizer told of, if the row lets it in. */
function admit(route: Route, event: HttpEvent): Decision<Caller | Person | undefined> {
  if (route.callers === 'anyone' || route.callers === 'holder') return accept(undefined)
  const { caller: told, person } = event.requestContext.authorizer?.lambda ?? {}
  if (told === undefined) throw new Error('nobody was asked who calls')
  const caller: Decision<Caller> = JSON.parse(told)
  if (route.callers === 'person') return admitPerson(person, caller)
  if (!caller.ok) return caller
  const { role, scopes, by } = caller.value
  if (by.kind === 'device' && !route.devices) return refuse('role-not-allowed', DEVICES_DO)
  if (!route.callers.includes(role)) {
    const allowed = route.callers.join(', ')
    return refuse('role-not-allowed', `You call in the role ${role}; allowed here: ${allowed}.`)
  }
  if (event.headers[ORGANISATION_HEADER] !== undefined && !route.audited) {
    const detail = `Nobody does this in another organisation's place; leave out the header ${ORGANISATION_HEADER}.`
    return refuse('role-not-allowed', detail)
  }
  const scope = scopeOf(route)
  if (scopes && !scopes.includes(scope)) {
    return refuse(
      'scope-not-allowed',
      `This needs the scope ${scope}; this key is limited to: ${scopes.join(', ')}.`,
    )
  }
  return caller
}

const DEVICES_DO =
  "A collector's device records pickups that it has signed, asks for links to upload their photos, and reads what became of a pickup; nothing else."
/** Whoever has signed in, of whichever organisation or none. */
function admitPerson(ref: string | undefined, caller: Decision<Caller>): Decision<Person> {
  if (ref !== undefined) return accept({ ref })
  if (!caller.ok) return caller
  return refuse(
    'role-not-allowed',
    'Only a person who has signed in can do that; what you call with is not one.',
  )
}

function readIdempotencyKey(route: Route, header: string | undefined): Decision<string> {
  if (!route.idempotent) return accept('')
  const key = header?.trim().toLowerCase() ?? ''
  if (UUID.test(key)) return accept(key)
  const given = header === undefined ? 'none was given' : `given: ${JSON.stringify(header.slice(0, 60))}`
  return refuse(
    'idempotency-key-missing',
    `Idempotency-Key must be a UUID that is new for every new request; ${given}.`,
  )
}

function readBody(route: Route, event: HttpEvent): Decision<unknown> {
  if (!route.body) return accept(undefined)
  const text = textOf(event)
  if (text === undefined) return refuse('malformed-json', 'The body is not UTF-8, in which JSON is written.')
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_BODY_BYTES) {
    return refuse('body-too-large', `The body has ${bytes} bytes; at most ${MAX_BODY_BYTES} are allowed.`)
  }
  const refused = refuseMediaType(event.headers)
  if (refused) return refused
  try {
    const body: unknown = JSON.parse(text)
    const repeated = repeatedMember(text)
    if (repeated === undefined) return check(route.body, body, 'body')
    const detail = `The body gives ${repeated.slice(0, 160)} more than once; give every member of an object once.`
    return refuse('invalid-request', detail, repeated)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refuse('malformed-json', `The body is not JSON: ${error.message.slice(0, 160)}.`)
  }
}

/** Undefined where the bytes are no UTF-8. API Gateway hands over as base64 what it does not take for text. */
function textOf({ body = '', isBase64Encoded }: HttpEvent): string | undefined {
  if (!isBase64Encoded) return body
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'))
  } catch {
    return undefined
  }
}

/** JSON has one encoding (RFC 8259, §8.1), and we unpack nothing. */
function refuseMediaType(headers: HttpEvent['headers']): Refused | undefined {
  const [type, ...parameters] = (headers['content-type'] ?? 'no content type')
    .split(';')
    .map((part) => part.trim().toLowerCase())
  if (type !== 'application/json')
    return refuse('unsupported-media-type', `Given: ${type}; allowed: application/json.`)
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8)
  if (charset !== undefined && !/^"?utf-?8"?$/.test(charset))
    return refuse('unsupported-media-type', `Given: charset ${charset}; allowed: utf-8.`)
  const coding = headers['content-encoding']?.trim().toLowerCase()
  if (coding !== undefined && coding !== '' && coding !== 'identity')
    return refuse('unsupported-media-type', `Given: content-encoding ${coding}; send the body as it is.`)
  return undefined
}

function check(
  schema: z.ZodMiniType | undefined,
  input: unknown,
  where: 'body' | 'query',
): Decision<unknown> {
  if (!schema) return accept(undefined)
  const parsed = schema.safeParse(input)
  return parsed.success
    ? accept(parsed.data)
    : { ok: false, refusal: refusalOfIssues(parsed.error.issues, input, where) }
}
