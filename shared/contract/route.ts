import type * as z from 'zod'
import type { Role } from '../domain/organisation.ts'
import type { FunctionName } from './functions.ts'

/** What a row of the route table says. The rows themselves are in routes/. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** As API Gateway's HTTP API writes it: `{id}` is one segment, `{rest+}` all that follow. */
  readonly path: string
  /** The function behind it, or the static site in web/. */
  readonly serves: FunctionName | 'site'
  /** Who may call it: a key of one of these roles, or anyone without a key. */
  readonly callers: 'anyone' | readonly Role[]
  readonly summary: string
  /** A POST that changes something carries an Idempotency-Key; its answer can be had again by resending it. */
  readonly idempotent?: boolean
  /** Changes something that may have changed since it was read: takes If-Match with the ETag that was read. */
  readonly conditional?: boolean
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  /** What it looks like, if it is JSON, is in answers.ts. */
  readonly answer: { readonly status: number; readonly type: string }
}

/** The rows of one function. */
export type RoutesOf<Serves extends Route['serves']> = Readonly<
  Record<string, Route & { readonly serves: Serves }>
>

export const COLLECTING = ['operator', 'collector', 'station'] as const
export const JSON_TYPE = 'application/json'

/** How API Gateway names a route in its events: `POST /v1/pickups`. */
export function routeKey(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`
}
