import * as z from 'zod/mini'
import { occurredAt, text } from './fields.ts'
import { pickupFields, position, WEIGHING } from './pickups.ts'
import { gtin, lot } from './gs1.ts'
import { inspectionFields } from './inspections.ts'
import { described, optional } from './schema.ts'

const POSITION_KEPT =
  'Left out, it stays as it is, since nobody can read it back to repeat it; null says that none is known. All other fields are said anew as a whole: without a polymer or a moisture these are unknown from then on'

/** What is right instead, for events that say something of one thing. Anything else is recorded anew afterwards. */
const instead = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('PickupRecorded'),
      ...pickupFields,
      position: optional(z.nullable(position), POSITION_KEPT),
    })
    .check(...WEIGHING),
  z.strictObject({
    type: z.literal('ProductMade'),
    name: text(120),
    gtin: optional(gtin),
    lot: optional(lot),
  }),
  z.strictObject({ type: z.literal('BatchInspected'), ...inspectionFields }),
])

export const correctionBody = z.strictObject({
  reason: described(text(300), 'Why it is wrong. Sealed: shown to who is shown the correction, never public'),
  occurredAt: optional(occurredAt),
  instead: optional(instead),
})
