import { pickupBody } from '../requests/pickups.ts'
import { signedPickupBody } from '../requests/signed.ts'
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
  recordSignedPickup: {
    method: 'POST',
    path: '/v1/signed-pickups',
    serves: 'pickups',
    callers: 'holder',
    summary:
      "Record a pickup that a collector's device signed when it was made; the signature is the credential, whoever sends it",
    idempotent: true,
    body: signedPickupBody,
    answer: { status: 201, type: JSON_TYPE, location: '/v1/batches/{id}' },
    refuses: ['malformed-signature', 'organisation-suspended'],
  },
} as const satisfies RoutesOf<'pickups'>
