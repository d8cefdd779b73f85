import * as z from 'zod/mini'
import { jws, occurredAt } from './fields.ts'
import { pickupBody } from './pickups.ts'
import { described } from './schema.ts'

export const signedPickupBody = z.strictObject({
  entry: described(
    jws,
    'Compact JWS by the key of a device: ES256, typ tidemark-pickup+jws, kid the id of the device; payload {v: 1, aud: this origin, id: the Idempotency-Key, capturedAt: when it was signed, pickup: the body of POST /v1/pickups}. What is wrong inside it is named by pointers into the payload.',
  ),
})

/** What is signed. */
export const signedPickup = z.strictObject({
  v: z.literal(1),
  aud: z.string().check(z.maxLength(300)),
  id: z.uuid(),
  capturedAt: occurredAt,
  pickup: pickupBody,
})
