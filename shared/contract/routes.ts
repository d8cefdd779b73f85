import { PUBLIC_ROUTES } from './public-routes.ts'
import type { Route } from './route.ts'
import * as s from './schemas.ts'

export { routeKey, type Route } from './route.ts'

const ANY_ROLE = ['operator', 'collector', 'station', 'recycler', 'brand', 'auditor'] as const
const COLLECTING = ['operator', 'collector', 'station'] as const
const JSON_TYPE = 'application/json'

/**
 * The route table. CDK makes the API's routes and each function's grants from it, the local gateway serves from it,
 * OpenAPI is printed from it, and tests walk it. A route exists here and nowhere else.
 */
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
  ...PUBLIC_ROUTES,
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof ROUTES
