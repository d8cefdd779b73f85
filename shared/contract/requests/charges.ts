import * as z from 'zod'
import { TRANSPORT_MODES } from '../../domain/events/custody.ts'
import { ADDED_KINDS, POLYMERS, type RUN_LOSS_KINDS } from '../../domain/material/material.ts'
import { isWholeGrams } from '../../domain/material/mass.ts'
import { CLAIM_MODELS } from '../../domain/lineage/claims.ts'
import { batchId, massKg, percent, scheme, text } from './fields.ts'

/** What goes into a run and what is lost in it, alike for runs and for product lots. */
export const MAX_RUN_KG = 1_000_000
export const MAX_CHARGES = 40

export const transportMode = z.enum(TRANSPORT_MODES)
/** To halfway around the world and back. */
export const distanceKm = z.int().min(0).max(40_000)

export const charges = z
  .array(
    z.strictObject({
      batchId,
      massKg: massKg(MAX_RUN_KG),
      transport: z
        .strictObject({ mode: transportMode.default('road'), distanceKm })
        .exactOptional()
        .meta({
          description:
            'How it came here from another of your sites. Without it the carbon account says that transport is not fully recorded; with a distance shorter than the way between the two sites can be, the charge is refused',
        }),
    }),
  )
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
  } satisfies Record<(typeof RUN_LOSS_KINDS)[number], typeof loss>)
  .default({})

export const wasteDocument = text(60).optional().meta({
  description: 'Document that says where rejects and other waste went, where each kind has none of its own',
})

/** Material without a traced origin. */
export const added = z
  .array(
    z.strictObject({
      kind: z
        .enum(ADDED_KINDS)
        .meta({ description: 'virgin: new polymer; other: recycled, of unknown origin' }),
      massKg: massKg(MAX_RUN_KG),
      polymer: z.enum(POLYMERS).default('unknown'),
    }),
  )
  .max(10)
  .default([])

/** What is to be claimed of the outputs; without it, all that inputs and certificates allow is carried on. */
export const claim = z
  .strictObject({
    scheme,
    model: z.enum(CLAIM_MODELS).optional().meta({ description: 'Chain-of-custody model of ISO 22095' }),
    percent: percent
      .optional()
      .meta({ description: 'At least this share of each output is to be claimable' }),
  })
  .optional()

/** Energy and water that a run took, for its carbon account. */
export const energyKWh = z
  .number()
  .min(0)
  .max(10_000_000)
  .refine(isWholeGrams, 'Kilowatt-hours have at most three decimals')
  .optional()
export const waterM3 = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((value) => isWholeGrams(value), 'Cubic metres have at most three decimals (litres)')
  .optional()
