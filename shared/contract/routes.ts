import type * as z from 'zod'
import type { Role } from '../domain/organisation.ts'
import type { FunctionName } from './functions.ts'
import * as s from './schemas.ts'

/**
 * The route table. CDK makes the API's routes and each function's grants from it, the local gateway serves from it,
 * OpenAPI is printed from it, and tests walk it. A route exists here and nowhere else.
 */
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
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  readonly answer: { readonly status: number; readonly type: string; readonly schema?: z.ZodType }
}

const ANY_ROLE = ['operator', 'collector', 'station', 'recycler', 'brand', 'auditor'] as const
const COLLECTING = ['operator', 'collector', 'station'] as const
const JSON_TYPE = 'application/json'

export const ROUTES = {
  recordPickup: {
    method: 'POST',
    path: '/v1/pickups',
    serves: 'pickups',
    callers: COLLECTING,
    summary: 'Record a pickup; it makes a collected batch',
    idempotent: true,
    body: s.pickupBody,
    answer: { status: 201, type: JSON_TYPE, schema: s.batchView },
  },
  requestPhotoUpload: {
    method: 'POST',
    path: '/v1/photos',
    serves: 'photos',
    callers: COLLECTING,
    summary: 'Get a link to upload one photo to, by its hash',
    body: s.photoBody,
    answer: { status: 201, type: JSON_TYPE, schema: s.uploadView },
  },
  readOrganisation: {
    method: 'GET',
    path: '/v1/organisation',
    serves: 'batches',
    callers: ANY_ROLE,
    summary: 'Read who the key belongs to, and the sites of that organisation',
    answer: { status: 200, type: JSON_TYPE, schema: s.organisationView },
  },
  listBatches: {
    method: 'GET',
    path: '/v1/batches',
    serves: 'batches',
    callers: ANY_ROLE,
    summary: 'List the batches that your organisation holds, newest first',
    query: s.batchesQuery,
    answer: { status: 200, type: JSON_TYPE, schema: s.batchPage },
  },
  readBatch: {
    method: 'GET',
    path: '/v1/batches/{id}',
    serves: 'batches',
    callers: ANY_ROLE,
    summary: 'Read one batch',
    answer: { status: 200, type: JSON_TYPE, schema: s.batchView },
  },
  readEvents: {
    method: 'GET',
    path: '/v1/batches/{id}/events',
    serves: 'batches',
    callers: ANY_ROLE,
    summary: 'Read the history of a batch, oldest event first',
    query: s.eventsQuery,
    answer: { status: 200, type: JSON_TYPE, schema: s.eventPage },
  },
  traceBatch: {
    method: 'GET',
    path: '/v1/batches/{id}/trace',
    serves: 'batches',
    callers: ANY_ROLE,
    summary: 'Read what a batch was made of, down to the pickups, nearest first',
    query: s.traceQuery,
    answer: { status: 200, type: JSON_TYPE, schema: s.tracePage },
  },
  processBatches: {
    method: 'POST',
    path: '/v1/runs',
    serves: 'processing',
    callers: ['operator', 'recycler'],
    summary: 'Record a whole run: what went in, what came out, what was lost',
    idempotent: true,
    body: s.runBody,
    answer: { status: 201, type: JSON_TYPE, schema: s.runView },
  },
  makeProduct: {
    method: 'POST',
    path: '/v1/products',
    serves: 'processing',
    callers: ['operator', 'brand'],
    summary: 'Make a product lot from pellets; the answer links to its QR code',
    idempotent: true,
    body: s.productBody,
    answer: { status: 201, type: JSON_TYPE, schema: s.batchView },
  },
  qrSvg: {
    method: 'GET',
    path: '/v1/batches/{id}/qr.svg',
    serves: 'codes',
    callers: 'anyone',
    summary: 'The QR code of a batch as SVG',
    answer: { status: 200, type: 'image/svg+xml' },
  },
  qrPng: {
    method: 'GET',
    path: '/v1/batches/{id}/qr.png',
    serves: 'codes',
    callers: 'anyone',
    summary: 'The QR code of a batch as PNG',
    answer: { status: 200, type: 'image/png' },
  },
  scan: {
    method: 'GET',
    path: '/b/{id}',
    serves: 'scan',
    callers: 'anyone',
    summary: 'The public passport of a batch, as a page or, on request, as JSON',
    answer: { status: 200, type: 'text/html' },
  },
  openapi: {
    method: 'GET',
    path: '/v1/openapi.json',
    serves: 'contract',
    callers: 'anyone',
    summary: 'This contract as OpenAPI 3.1',
    answer: { status: 200, type: JSON_TYPE },
  },
  health: {
    method: 'GET',
    path: '/healthz',
    serves: 'contract',
    callers: 'anyone',
    summary: 'Whether the service answers',
    answer: { status: 200, type: JSON_TYPE },
  },
  collect: {
    method: 'GET',
    path: '/collect/{rest+}',
    serves: 'site',
    callers: 'anyone',
    summary: "The collector's form",
    answer: { status: 200, type: 'text/html' },
  },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof ROUTES

/** How API Gateway names a route in its events: `POST /v1/pickups`. */
export function routeKey(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`
}
