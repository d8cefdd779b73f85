import * as z from 'zod/mini'
import { STATUSES } from '../../domain/state/batch.ts'
import { STAGES } from '../../domain/material/stages.ts'
import { siteId } from './fields.ts'
import { cursor, limit, limitTo } from './pages.ts'
import { described, optional, withDefault } from './schema.ts'

export const batchesQuery = z.strictObject({
  stage: optional(z.enum(STAGES)),
  site: optional(siteId),
  status: optional(z.enum(STATUSES)),
  limit,
  cursor,
})

export const checksQuery = z.strictObject({
  verdict: optional(z.enum(['pass', 'review'])),
  limit: described(limit, 'How many events are looked at; each has any number of checks'),
  cursor,
})

export const traceQuery = z.strictObject({
  direction: withDefault(z.enum(['backward', 'forward']), 'backward'),
  limit: limitTo(1000, 200),
  cursor,
})
