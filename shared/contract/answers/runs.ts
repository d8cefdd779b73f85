import * as z from 'zod'
import { STEPS } from '../../domain/lineage/journey.ts'
import { RUN_STATUSES } from '../../domain/state/run.ts'
import { batchView, checkView } from './batches.ts'
import { recordFields } from './documents.ts'

export const runView = z
  .object({
    id: z.string(),
    step: z.enum(STEPS),
    siteId: z.string(),
    status: z.enum(RUN_STATUSES),
    held: z.boolean(),
    version: z.int().meta({
      description:
        'How many events its history has; the last is `<id>-<version>`, and corrections name it so',
    }),
    occurredAt: z.string(),
    closedAt: z.string().optional(),
    charges: z.int().meta({ description: 'How many charges, over all calls' }),
    inputKg: z.number(),
    addedKg: z.number(),
    claimsKg: z.record(z.string(), z.number()),
    outputIds: z
      .array(z.string())
      .meta({ description: 'What it made; of another organisation, as far as that is open to you' }),
    outputs: z.array(batchView),
    losses: z.record(z.string(), z.number()),
    unaccountedKg: z.number(),
    wasteDocument: z.string().optional(),
    ...recordFields,
    energyKWh: z.number().optional(),
    waterM3: z.number().optional(),
    checks: z.array(checkView),
  })
  .meta({ id: 'Run' })

export const runPage = z
  .object({ items: z.array(runView), next: z.string().optional() })
  .meta({ id: 'RunPage' })
