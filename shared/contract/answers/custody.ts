import * as z from 'zod'
import { TRANSPORT_MODES } from '../../domain/events/custody.ts'
import { SHIPMENT_STATUSES } from '../../domain/state/shipment.ts'
import { checkView, partyView } from './batches.ts'

export const shipmentView = z
  .object({
    id: z.string(),
    status: z.enum(SHIPMENT_STATUSES),
    from: partyView,
    to: partyView,
    occurredAt: z.string(),
    manifest: z.object({ number: z.string(), massKg: z.number().optional() }),
    vehicle: z
      .string()
      .optional()
      .meta({ description: 'Sealed, and shown to sender and receiver; absent once it was erased' }),
    seal: z.string().optional(),
    transport: z.object({
      mode: z.enum(TRANSPORT_MODES),
      distanceKm: z.int(),
      basis: z.enum(['measured', 'estimated']),
    }),
    lines: z.array(
      z.object({
        batchId: z.string(),
        massKg: z.number(),
        status: z.enum(['in-transit', 'accepted', 'rejected']),
        receivedKg: z.number().optional(),
      }),
    ),
    checks: z.array(checkView).optional(),
  })
  .meta({ id: 'Shipment' })

export const shipmentPage = z
  .object({ items: z.array(shipmentView), next: z.string().optional() })
  .meta({ id: 'ShipmentPage' })
