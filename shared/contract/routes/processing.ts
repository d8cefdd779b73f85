import { productBody } from '../requests/products.ts'
import { runBody } from '../requests/runs.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const PROCESSING_ROUTES = {
  processBatches: {
    method: 'POST',
    path: '/v1/runs',
    serves: 'processing',
    callers: ['operator', 'recycler'],
    summary: 'Record a whole run: what went in, what came out, what was lost',
    idempotent: true,
    body: runBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  makeProduct: {
    method: 'POST',
    path: '/v1/products',
    serves: 'processing',
    callers: ['operator', 'brand'],
    summary: 'Make a product lot from pellets; the answer links to its QR code',
    idempotent: true,
    body: productBody,
    answer: { status: 201, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'processing'>
