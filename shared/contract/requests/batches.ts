import * as z from 'zod'
import { STATUSES } from '../../domain/state/batch.ts'
import { STAGES } from '../../domain/material/stages.ts'
import { siteId } from './fields.ts'

export const MAX_PAGE = 100

/** Digits and nothing else: what JavaScript would also take for a number, such as 1e1 or 0x10, is refused. */
const limitTo = (most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `A limit is a whole number from 1 to ${most}`)
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .default(usual)

export const limit = limitTo(MAX_PAGE, 25)
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
  limit: limitTo(1000, 200),
  cursor,
})
