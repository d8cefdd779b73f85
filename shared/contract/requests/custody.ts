import * as z from 'zod/mini'
import { distanceKm, MAX_CHARGES, MAX_RUN_KG, transportMode } from './charges.ts'
import { batchId, massKg, occurredAt, organisationId, siteId, text } from './fields.ts'
import { described, noted, optional, withDefault } from './schema.ts'

/** A load may have as many lines as a run's call has charges; a larger one is several shipments under one manifest. */
export const MAX_LINES = MAX_CHARGES

export const shipmentBody = z.strictObject({
  siteId: described(siteId, 'Where it leaves from'),
  to: z.strictObject({ organisationId, siteId }),
  occurredAt: optional(occurredAt),
  batches: noted(
    z.array(batchId).check(z.minLength(1), z.maxLength(MAX_LINES)),
    'Each goes with all that remains of it',
  ),
  manifest: z.strictObject({
    number: noted(text(40), 'Public, as it stands in the event; of no person'),
    massKg: optional(massKg(MAX_RUN_KG)),
  }),
  vehicle: noted(
    text(40),
    'Plate of the truck or name of the ship. Sealed: shown to sender and receiver, never public',
  ),
  seal: optional(text(40), 'Number of the container seal; public'),
  driver: optional(text(80), 'Sealed: never public'),
  transport: withDefault(
    z.strictObject({ mode: withDefault(transportMode, 'road'), distanceKm: optional(distanceKm) }),
    { mode: 'road' },
    'Without a distance it is estimated from the two sites. One that is shorter than the way between them can be is refused',
  ),
})

export const receiptBody = z.strictObject({
  siteId: optional(
    siteId,
    'Where it was received, if not where it was sent to. The distance is then estimated to there; one that the sender stated is kept if it fits, and else counts as not recorded',
  ),
  occurredAt: optional(occurredAt),
  lines: z
    .array(
      z.strictObject({
        batchId,
        massKg: described(massKg(MAX_RUN_KG, 'zero'), "The receiver's own weight"),
        accepted: withDefault(z.boolean(), true),
        reason: optional(text(200), 'Sealed: shown to sender and receiver, never public'),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_LINES)),
  seen: withDefault(
    z.strictObject({
      vehicle: optional(text(40)),
      seal: optional(text(40)),
      manifestNumber: optional(text(40)),
    }),
    {},
    'What the receiver read off truck and container',
  ),
})
