import { receiptBody, shipmentBody } from '../requests/custody.ts'
import { HANDLING } from '../roles.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const CUSTODY_ROUTES = {
  shipBatches: {
    method: 'POST',
    path: '/v1/shipments',
    serves: 'custody',
    callers: HANDLING,
    summary: 'Ship batches to another organisation; nothing can be done with them until they are received',
    idempotent: true,
    body: shipmentBody,
    answer: { status: 201, type: JSON_TYPE, location: '/v1/shipments/{id}' },
  },
  receiveShipment: {
    method: 'POST',
    path: '/v1/shipments/{id}/receipt',
    serves: 'custody',
    callers: HANDLING,
    summary: 'Weigh in what was shipped to you, line by line, and accept or reject it',
    idempotent: true,
    body: receiptBody,
    answer: { status: 201, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'custody'>
