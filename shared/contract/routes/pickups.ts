import { pickupBody } from '../requests/pickups.ts'
import { COLLECTING } from '../roles.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const PICKUP_ROUTES = {
  recordPickup: {
    method: 'POST',
    path: '/v1/pickups',
    serves: 'pickups',
    callers: COLLECTING,
    summary: 'Record a pickup; it makes a collected batch',
    idempotent: true,
    body: pickupBody,
    answer: { status: 201, type: JSON_TYPE, location: '/v1/batches/{id}' },
  },
} as const satisfies RoutesOf<'pickups'>
