import * as z from 'zod'
import { FORMS, POLYMERS } from '../../domain/material.ts'
import { RUN_STEPS } from '../../domain/processing.ts'
import { charges, losses, MAX_RUN_KG } from './charges.ts'
import { massKg, occurredAt, siteId } from './fields.ts'

export const MAX_OUTPUTS = 5

export const runBody = z.strictObject({
  step: z.enum(RUN_STEPS),
  siteId,
  occurredAt: occurredAt.optional(),
  charges,
  outputs: z
    .array(
      z.strictObject({
        massKg: massKg(MAX_RUN_KG),
        form: z.enum(FORMS).optional(),
        polymer: z.enum(POLYMERS).optional(),
      }),
    )
    .min(1)
    .max(MAX_OUTPUTS),
  losses,
})
