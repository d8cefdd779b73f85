import * as z from 'zod'
import type { LossKind } from '../../domain/material.ts'
import { batchId, massKg } from './fields.ts'

/** What goes into a run and what is lost in it, alike for runs and for product lots. */
export const MAX_RUN_KG = 1_000_000
export const MAX_CHARGES = 40

export const charges = z
  .array(z.strictObject({ batchId, massKg: massKg(MAX_RUN_KG) }))
  .min(1)
  .max(MAX_CHARGES)

const loss = massKg(MAX_RUN_KG, 'zero').exactOptional()

/** An object and not a record, because zod's records pass over a key that is called `__proto__`. */
export const losses = z
  .strictObject({
    reject: loss,
    'wash-loss': loss,
    purge: loss,
    moisture: loss,
    other: loss,
  } satisfies Record<LossKind, typeof loss>)
  .default({})
