import type * as z from 'zod/mini'
import type { Role } from '../domain/organisation.ts'
import { SCOPES, type Scope } from '../domain/identity/scope.ts'
import type { RefusalCode } from '../domain/refusal.ts'
import type { FunctionName } from './functions.ts'

/** What a row of the route table says. The rows themselves are in routes/. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** As API Gateway's HTTP API writes it: `{id}` is one segment, `{rest+}` all that follow. */
  readonly path: string
  /** Of a path that takes several segments, each form that is answered, by its operationId: OpenAPI has one segment a name. */
  readonly forms?: Readonly<Record<string, string>>
  /** The function behind it, or the static site in web/. */
  readonly serves: FunctionName | 'site'
  /**
   * Who may call it: who has one of these roles, by a key or as a person; or anyone; or any `person` who has signed in,
   * whether or not they belong to an organisation; or `holder`, where the body itself is the credential, such as a code or
   * what a device has signed, and the function sees to it. Nobody else is asked who calls then.
   */
  readonly callers: 'anyone' | 'holder' | 'person' | readonly Role[]
  /** Collectors' devices may call it too, with a token of their own making. Their role does not let them in elsewhere. */
  readonly devices?: true
  /** Pages of other sites may read it (CORS). These rows are the whole list; no other answer can be read by them. */
  readonly crossOrigin?: true
  /** Auditors may ask for it in the place of an organisation that granted them that, by {@link ORGANISATION_HEADER}. */
  readonly audited?: true
  readonly summary: string
  /** A POST that changes something carries an Idempotency-Key; its answer can be had again by resending it. */
  readonly idempotent?: boolean
  /** Changes something that may have changed since it was read: takes If-Match with the ETag that was read. */
  readonly conditional?: boolean
  readonly body?: z.ZodMiniType
  readonly query?: z.ZodMiniType
  /**
   * Query parameters that count where they have one of these values and are passed over otherwise, as whatever else
   * messengers add to a link, unless the function says that it has nothing of the kind. Plain data: the public page's function loads no schemas.
   */
  readonly options?: Readonly<Record<string, readonly string[]>>
  readonly answer: RouteAnswer
  /** Refusals that cannot be told from the rest of the row; see statuses.ts. */
  readonly refuses?: readonly RefusalCode[]
}

interface RouteAnswer {
  readonly status: number
  /** What it looks like, if it is JSON, is in answers.ts. */
  readonly type: string
  /** Types that it also comes in, for those who ask. */
  readonly also?: readonly string[]
  /** Where what was made can be read: the Location header. `{id}` stands for its id. */
  readonly location?: string
  /** Statuses that lead elsewhere instead: to one place (Location), or to several that the answer lists. */
  readonly leadsOn?: readonly (300 | 307)[]
  /** Comes with an ETag, and as 304 to whoever has it already (If-None-Match). */
  readonly tagged?: true
  /** A page of a list that is no JSON: the Link header says where it goes on (RFC 8288, `rel="next"`). */
  readonly linked?: true
}

/** The rows of one function. */
export type RoutesOf<Serves extends Route['serves']> = Readonly<
  Record<string, Route & { readonly serves: Serves }>
>

/** Names the organisation in whose place an auditor reads, by its id. Lower case, as API Gateway writes headers. */
export const ORGANISATION_HEADER = 'tidemark-organisation'

export const JSON_TYPE = 'application/json'
/** RFC 9264. */
export const LINKSET_TYPE = 'application/linkset+json'
/** Linked data (JSON-LD 1.1). */
export const LINKED_DATA_TYPE = 'application/ld+json'

/** The page where people sign in, and to which they come back from having signed in. */
export const CONSOLE_PATH = '/console/'

/** Where one can read what a route has made. */
export function locationOf(
  { answer }: { readonly answer: { readonly location: string } },
  id: string,
): string {
  return answer.location.replace('{id}', id)
}

/** Whether the authorizer is asked who calls, before the function is. */
export const asksWhoCalls = ({ callers }: Pick<Route, 'callers'>): boolean =>
  callers !== 'anyone' && callers !== 'holder'

/** How API Gateway names a route in its events: `POST /v1/pickups`. */
export function routeKey(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`
}

/**
 * What a key that is limited to scopes must have for a route: reading is one scope, each kind of change another, and
 * whatever has to do with what is sealed one more.
 */
export function scopeOf({ method, serves }: Pick<Route, 'method' | 'serves'>): Scope {
  if (method === 'GET' && serves !== 'privacy') return 'read'
  if (serves === 'photos') return 'pickups'
  if (serves === 'devices' || serves === 'people') return 'identity'
  const scope = SCOPES.find((candidate) => candidate === serves)
  if (scope === undefined) throw new Error(`no scope is for ${serves}`)
  return scope
}
