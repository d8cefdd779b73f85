import * as z from 'zod'
import { STEPS } from '../../domain/journey.ts'
import { batchView } from './batches.ts'

export const runView = z
  .object({
    id: z.string(),
    step: z.enum(STEPS),
    siteId: z.string(),
    inputKg: z.number(),
    outputs: z.array(batchView),
    losses: z.record(z.string(), z.number()),
    unaccountedKg: z.number(),
    checks: z.array(
      z.object({
        rule: z.string(),
        verdict: z.enum(['pass', 'review', 'fail']),
        sentence: z.object({ en: z.string(), zh: z.string() }),
      }),
    ),
  })
  .meta({ id: 'Run' })
