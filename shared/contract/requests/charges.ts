import * as z from 'zod/mini'
import { TRANSPORT_MODES } from '../../domain/events/custody.ts'
import { ADDED_KINDS, POLYMERS, type RUN_LOSS_KINDS } from '../../domain/material/material.ts'
import { isWholeGrams } from '../../domain/material/mass.ts'
import { CLAIM_MODELS } from '../../domain/lineage/claims.ts'
import { batchId, massKg, percent, scheme, text } from './fields.ts'
import { exactOptional, must, noted, optional, wholeBetween, withDefault } from './schema.ts'

/** What goes into a run and what is lost in it, alike for runs and for product lots. */
export const MAX_RUN_KG = 1_000_000
export const MAX_CHARGES = 40

export const transportMode = z.enum(TRANSPORT_MODES)
/** To halfway around the world and back. */
export const distanceKm = wholeBetween(0, 40_000)

export const charges = z
  .array(
    z.strictObject({
      batchId,
      massKg: massKg(MAX_RUN_KG),
      transport: exactOptional(
        z.strictObject({ mode: withDefault(transportMode, 'road'), distanceKm }),
        'How it came here from another of your sites. Without it the carbon account says that transport is not fully recorded; with a distance shorter than the way between the two sites can be, the charge is refused',
      ),
    }),
  )
  .check(z.minLength(1), z.maxLength(MAX_CHARGES))

const loss = exactOptional(massKg(MAX_RUN_KG, 'zero'))

/** An object and not a record, because zod's records pass over a key that is called `__proto__`. */
export const losses = withDefault(
  z.strictObject({
    reject: loss,
    'wash-loss': loss,
    purge: loss,
    moisture: loss,
    other: loss,
  } satisfies Record<(typeof RUN_LOSS_KINDS)[number], typeof loss>),
  {},
)

export const wasteDocument = optional(
  text(60),
  'Document that says where rejects and other waste went, where each kind has none of its own',
)

/** Material without a traced origin. */
export const added = withDefault(
  z
    .array(
      z.strictObject({
        kind: noted(z.enum(ADDED_KINDS), 'virgin: new polymer; other: recycled, of unknown origin'),
        massKg: massKg(MAX_RUN_KG),
        polymer: withDefault(z.enum(POLYMERS), 'unknown'),
      }),
    )
    .check(z.maxLength(10)),
  [],
)

/** What is to be claimed of the outputs; without it, all that inputs and certificates allow is carried on. */
export const claim = optional(
  z.strictObject({
    scheme,
    model: optional(z.enum(CLAIM_MODELS), 'Chain-of-custody model of ISO 22095'),
    percent: optional(percent, 'At least this share of each output is to be claimable'),
  }),
)

const inThousandths = (most: number, message: string) =>
  optional(z.number().check(z.gte(0), z.lte(most), must(isWholeGrams, message)))

/** Energy and water that a run took, for its carbon account. */
export const energyKWh = inThousandths(10_000_000, 'Kilowatt-hours have at most three decimals')
export const waterM3 = inThousandths(1_000_000, 'Cubic metres have at most three decimals (litres)')
