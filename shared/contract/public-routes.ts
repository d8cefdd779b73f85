import type { Route } from './route.ts'

/**
 * The rows of the route table that need no key and no schema, apart from the others so that the functions behind them
 * start without loading a schema library.
 */
const JSON_TYPE = 'application/json'

export const PUBLIC_ROUTES = {
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
