import * as z from 'zod'
import { occurredAt, text } from './fields.ts'
import {
  hasContainersToWeigh,
  hasWholeScale,
  isWeighed,
  pickupFields,
  WEIGHED,
  WITH_GROSS,
} from './pickups.ts'
import { gtin, lot } from './products.ts'
import { inspectionFields } from './quality.ts'

const POSITION_KEPT =
  'Left out, it stays as it is, since nobody can read it back to repeat it; null says that none is known. All other fields are said anew as a whole: without a polymer or a moisture these are unknown from then on'

/** What is right instead, for events that say something of one thing. Anything else is recorded anew afterwards. */
const instead = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('PickupRecorded'),
      ...pickupFields,
      position: pickupFields.position.unwrap().nullable().optional().meta({ description: POSITION_KEPT }),
    })
    .refine(isWeighed, { path: ['massKg'], message: WEIGHED })
    .refine(hasWholeScale, { path: ['tareKg'], message: 'grossKg and tareKg are given together' })
    .refine(hasContainersToWeigh, { path: ['containers'], message: WITH_GROSS }),
  z.strictObject({
    type: z.literal('ProductMade'),
    name: text(120),
    gtin: gtin.optional(),
    lot: lot.optional(),
  }),
  z.strictObject({ type: z.literal('BatchInspected'), ...inspectionFields }),
])

export const correctionBody = z.strictObject({
  reason: text(300).meta({
    description: 'Why it is wrong. Sealed: shown to who is shown the correction, never public',
  }),
  occurredAt: occurredAt.optional(),
  instead: instead.optional(),
})
