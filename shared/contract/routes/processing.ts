import { productBody } from '../requests/products.ts'
import { chargesBody, closeBody, runBody, givingUpBody } from '../requests/runs.ts'
import { HANDLING, MAKING, PROCESSING } from '../roles.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

/** The step of a run decides which of these may do it: see STEP_ROLES. */
const GIVING_UP = HANDLING

export const PROCESSING_ROUTES = {
  processBatches: {
    method: 'POST',
    path: '/v1/runs',
    serves: 'processing',
    callers: PROCESSING,
    summary: 'Open a run, or record a whole one: what went in, what came out, what was lost',
    idempotent: true,
    body: runBody,
    answer: { status: 201, type: JSON_TYPE, location: '/v1/runs/{id}' },
  },
  chargeRun: {
    method: 'POST',
    path: '/v1/runs/{id}/charges',
    serves: 'processing',
    callers: PROCESSING,
    summary: 'Charge an open run, in as many calls as it takes',
    idempotent: true,
    conditional: true,
    body: chargesBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  closeRun: {
    method: 'POST',
    path: '/v1/runs/{id}/close',
    serves: 'processing',
    callers: PROCESSING,
    summary: 'Close a run with its outputs and losses',
    idempotent: true,
    conditional: true,
    body: closeBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  voidRun: {
    method: 'POST',
    path: '/v1/runs/{id}/void',
    serves: 'processing',
    callers: GIVING_UP,
    summary: 'Give up an open run; all that it was charged with goes back',
    idempotent: true,
    conditional: true,
    body: givingUpBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  reopenRun: {
    method: 'POST',
    path: '/v1/runs/{id}/reopen',
    serves: 'processing',
    callers: GIVING_UP,
    summary: 'Open a closed run again, unless what came out of it was used since',
    idempotent: true,
    conditional: true,
    body: givingUpBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  makeProduct: {
    method: 'POST',
    path: '/v1/products',
    serves: 'processing',
    callers: MAKING,
    summary: 'Make a product lot from pellets; the answer links to its QR code',
    idempotent: true,
    body: productBody,
    answer: { status: 201, type: JSON_TYPE, location: '/v1/batches/{id}' },
  },
} as const satisfies RoutesOf<'processing'>
