import * as z from 'zod/mini'
import { RUN_STATUSES } from '../../domain/state/run.ts'
import { SHIPMENT_STATUSES } from '../../domain/state/shipment.ts'
import { siteId } from './fields.ts'
import { cursor, limit } from './pages.ts'
import { optional, withDefault } from './schema.ts'

export const runsQuery = z.strictObject({
  site: optional(siteId),
  status: optional(z.enum(RUN_STATUSES)),
  limit,
  cursor,
})

export const shipmentsQuery = z.strictObject({
  direction: withDefault(z.enum(['incoming', 'outgoing']), 'incoming'),
  status: optional(z.enum(SHIPMENT_STATUSES)),
  limit,
  cursor,
})
