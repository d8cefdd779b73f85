import * as z from 'zod'
import { STATUSES } from '../../domain/batch.ts'
import { STAGES } from '../../domain/stages.ts'
import { siteId } from './fields.ts'

export const MAX_PAGE = 100
export const limit = z.coerce.number().int().min(1).max(MAX_PAGE).default(25)
export const cursor = z.string().max(500).optional()

export const batchesQuery = z.strictObject({
  stage: z.enum(STAGES).optional(),
  site: siteId.optional(),
  status: z.enum(STATUSES).optional(),
  limit,
  cursor,
})

export const eventsQuery = z.strictObject({ limit, cursor })

export const checksQuery = z.strictObject({
  verdict: z.enum(['pass', 'review']).optional(),
  limit: limit.meta({ description: 'How many events are looked at; each has any number of checks' }),
  cursor,
})

export const traceQuery = z.strictObject({
  direction: z.enum(['backward', 'forward']).default('backward'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor,
})
