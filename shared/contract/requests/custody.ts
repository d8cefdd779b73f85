import * as z from 'zod'
import { distanceKm, MAX_CHARGES, MAX_RUN_KG, transportMode } from './charges.ts'
import { cursor, limit } from './batches.ts'
import { SHIPMENT_STATUSES } from '../../domain/state/shipment.ts'
import { batchId, massKg, occurredAt, siteId, text } from './fields.ts'

/** A load may have as many lines as a run's call has charges; a larger one is several shipments under one manifest. */
export const MAX_LINES = MAX_CHARGES

export const organisationId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'An organisation id is lower-case letters, digits and hyphens')
  .meta({ examples: ['demo-recycler'] })

export const shipmentBody = z.strictObject({
  siteId: siteId.meta({ description: 'Where it leaves from' }),
  to: z.strictObject({ organisationId, siteId }),
  occurredAt: occurredAt.optional(),
  batches: z
    .array(batchId)
    .min(1)
    .max(MAX_LINES)
    .meta({ description: 'Each goes with all that remains of it' }),
  manifest: z.strictObject({
    number: text(40).meta({ description: 'Public, as it stands in the event; of no person' }),
    massKg: massKg(MAX_RUN_KG).optional(),
  }),
  vehicle: text(40).meta({
    description: 'Plate of the truck or name of the ship. Sealed: shown to sender and receiver, never public',
  }),
  seal: text(40).optional().meta({ description: 'Number of the container seal; public' }),
  driver: text(80).optional().meta({ description: 'Sealed: never public' }),
  transport: z
    .strictObject({
      mode: transportMode.default('road'),
      distanceKm: distanceKm.optional(),
    })
    .default({ mode: 'road' })
    .meta({
      description:
        'Without a distance it is estimated from the two sites. One that is shorter than the way between them can be is refused',
    }),
})

export const receiptBody = z.strictObject({
  siteId: siteId.optional().meta({
    description:
      'Where it was received, if not where it was sent to. The distance is then estimated to there; one that the sender stated is kept if it fits, and else counts as not recorded',
  }),
  occurredAt: occurredAt.optional(),
  lines: z
    .array(
      z.strictObject({
        batchId,
        massKg: massKg(MAX_RUN_KG, 'zero').meta({ description: "The receiver's own weight" }),
        accepted: z.boolean().default(true),
        reason: text(200)
          .optional()
          .meta({ description: 'Sealed: shown to sender and receiver, never public' }),
      }),
    )
    .min(1)
    .max(MAX_LINES),
  seen: z
    .strictObject({
      vehicle: text(40).optional(),
      seal: text(40).optional(),
      manifestNumber: text(40).optional(),
    })
    .default({})
    .meta({ description: 'What the receiver read off truck and container' }),
})

export const shipmentsQuery = z.strictObject({
  direction: z.enum(['incoming', 'outgoing']).default('incoming'),
  status: z.enum(SHIPMENT_STATUSES).optional(),
  limit,
  cursor,
})
